import {badRequest, StatusError} from '../status-error.ts';

/** What a request for a log asks, checked. */
export type LogOptions = Readonly<{
	container: string;
	follow: boolean;
	previous: boolean;
	timestamps: boolean;
	/** Lines before this moment are left out: milliseconds, in whole seconds. */
	since?: number;
	tailLines?: number;
	limitBytes?: number;
}>;

type Cause = Readonly<{reason: string; message: string; field: string}>;

function invalidOptions(pod: string, causes: readonly Cause[]): StatusError {
	const texts = causes.map(({field, message}) => `${field === '' ? '[]' : field}: ${message}`);
	const text = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
	const details = {name: pod, kind: 'PodLogOptions', causes: causes.map(cause => ({...cause, field: cause.field === '' ? '[]' : cause.field}))};
	return new StatusError({code: 422, reason: 'Invalid', message: `PodLogOptions ${JSON.stringify(pod)} is invalid: ${text}`, details});
}

function integerAt(query: URLSearchParams, name: string): number | undefined {
	const value = query.get(name);
	if (value === null || value === '') return undefined;
	if (!/^[+-]?\d+$/u.test(value)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
	return Number(value);
}

/** As Go reads a flag of a query: present without a value, or anything but `false` and `0`. */
function isSet(query: URLSearchParams, name: string): boolean {
	const value = query.get(name);
	return value !== null && value !== 'false' && value !== '0';
}

function momentAt(query: URLSearchParams): number | undefined {
	const value = query.get('sinceTime');
	if (value === null || value === '') return undefined;
	if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/u.test(value)) {
		const rest = /^\d{4}/u.test(value) ? value.slice(4) : value;
		const missing = /^\d{4}/u.test(value) ? '-' : '2006';
		throw badRequest(
			`parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(missing)}`,
		);
	}
	// The API server passes it on to the kubelet without its fraction.
	return Math.floor(Date.parse(value) / 1000) * 1000;
}

/** Reads the query of a log request. Throws 400 for what cannot be read, 422 for what the validation of PodLogOptions refuses. */
export function parseLogOptions(query: URLSearchParams, pod: string, now: number): LogOptions {
	const tailLines = integerAt(query, 'tailLines');
	const limitBytes = integerAt(query, 'limitBytes');
	const sinceSeconds = integerAt(query, 'sinceSeconds');
	const sinceTime = momentAt(query);
	const causes: Cause[] = [];
	const refuse = (field: string, value: number, rule: string): void => {
		causes.push({reason: 'FieldValueInvalid', message: `Invalid value: ${value}: ${rule}`, field});
	};
	if (tailLines !== undefined && tailLines < 0) refuse('tailLines', tailLines, 'must be greater than or equal to 0');
	if (limitBytes !== undefined && limitBytes < 1) refuse('limitBytes', limitBytes, 'must be greater than 0');
	if (sinceSeconds !== undefined && sinceTime !== undefined) {
		causes.push({reason: 'FieldValueForbidden', message: 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified', field: ''});
	} else if (sinceSeconds !== undefined && sinceSeconds < 1) refuse('sinceSeconds', sinceSeconds, 'must be greater than 0');
	if (query.has('stream')) causes.push({reason: 'FieldValueForbidden', message: 'Forbidden: may not be specified', field: 'stream'});
	if (causes.length > 0) throw invalidOptions(pod, causes);
	const since = sinceTime ?? (sinceSeconds === undefined ? undefined : now - sinceSeconds * 1000);
	return {
		container: query.get('container') ?? '',
		follow: isSet(query, 'follow'),
		previous: isSet(query, 'previous'),
		timestamps: isSet(query, 'timestamps'),
		...(since === undefined ? {} : {since}),
		...(tailLines === undefined ? {} : {tailLines}),
		...(limitBytes === undefined ? {} : {limitBytes}),
	};
}
