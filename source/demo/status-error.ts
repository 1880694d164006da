import type {JsonObject} from './json.ts';
import type {DemoKind} from './kind.ts';

type StatusParts = Readonly<{code: number; reason?: string; message: string; details?: JsonObject; metadata?: JsonObject; retryAfterSeconds?: number}>;

/** A refused request: the `Status` object that the API server would send. */
export class StatusError extends Error {
	readonly code: number;
	readonly status: JsonObject;
	readonly retryAfterSeconds: number | undefined;

	constructor(parts: StatusParts) {
		super(parts.message);
		this.name = 'StatusError';
		this.code = parts.code;
		this.retryAfterSeconds = parts.retryAfterSeconds;
		this.status = {
			kind: 'Status',
			apiVersion: 'v1',
			metadata: parts.metadata ?? {},
			status: 'Failure',
			message: parts.message,
			...(parts.reason === undefined ? {} : {reason: parts.reason}),
			...(parts.details === undefined ? {} : {details: parts.details}),
			code: parts.code,
		};
	}
}

function detailsOf(kind: Pick<DemoKind, 'group' | 'plural'>, name: string): JsonObject {
	return {...(name === '' ? {} : {name}), ...(kind.group === '' ? {} : {group: kind.group}), kind: kind.plural};
}

/** `deployments.apps`: how messages name a resource. */
export function qualified(kind: Pick<DemoKind, 'group' | 'plural'>): string {
	return kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
}

export function notFound(kind: DemoKind, name: string): StatusError {
	return new StatusError({code: 404, reason: 'NotFound', message: `${qualified(kind)} "${name}" not found`, details: detailsOf(kind, name)});
}

export function alreadyExists(kind: DemoKind, name: string): StatusError {
	return new StatusError({code: 409, reason: 'AlreadyExists', message: `${qualified(kind)} "${name}" already exists`, details: detailsOf(kind, name)});
}

export function conflict(kind: DemoKind, name: string, why: string): StatusError {
	const message = `Operation cannot be fulfilled on ${qualified(kind)} "${name}": ${why}`;
	return new StatusError({code: 409, reason: 'Conflict', message, details: detailsOf(kind, name)});
}

export function modifiedMeanwhile(kind: DemoKind, name: string): StatusError {
	return conflict(kind, name, 'the object has been modified; please apply your changes to the latest version and try again');
}

export function badRequest(message: string): StatusError {
	return new StatusError({code: 400, reason: 'BadRequest', message});
}

export function noSuchResource(): StatusError {
	return new StatusError({code: 404, reason: 'NotFound', message: 'the server could not find the requested resource', details: {}});
}

export function methodNotAllowed(): StatusError {
	const message = 'the server does not allow this method on the requested resource';
	return new StatusError({code: 405, reason: 'MethodNotAllowed', message, details: {}});
}

export function unauthorized(): StatusError {
	return new StatusError({code: 401, reason: 'Unauthorized', message: 'Unauthorized'});
}

/** A refusal by validation with one cause, as field.Error prints it. */
export function invalid(kind: Pick<DemoKind, 'group' | 'kind'>, name: string, cause: Readonly<{reason: string; message: string; field: string}>): StatusError {
	const full = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
	const message = `${full} "${name}" is invalid: ${cause.field}: ${cause.message}`;
	const details = {...(name === '' ? {} : {name}), ...(kind.group === '' ? {} : {group: kind.group}), kind: kind.kind, causes: [cause]};
	return new StatusError({code: 422, reason: 'Invalid', message, details});
}

/** 410 as the watch cache and etcd say it. `continueToken` goes on with what is left, inconsistently. */
export function expired(message: string, continueToken?: string): StatusError {
	return new StatusError({code: 410, reason: 'Expired', message, ...(continueToken === undefined ? {} : {metadata: {continue: continueToken}})});
}

/** The client knows a resourceVersion that this server has not reached. */
export function tooLargeResourceVersion(wanted: number, current: number): StatusError {
	const causes = [{reason: 'ResourceVersionTooLarge', message: 'Too large resource version'}];
	const message = `Timeout: Too large resource version: ${wanted}, current: ${current}`;
	return new StatusError({code: 504, reason: 'Timeout', message, details: {causes, retryAfterSeconds: 1}, retryAfterSeconds: 1});
}
