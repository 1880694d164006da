import type {Problem} from '../core/problem.ts';
import type {KubeHeaders} from './kube-transport.ts';

/** An answer that is not a success. */
export type RefusedAnswer = Readonly<{
	/** `Could not list pods in shop`. */
	what: string;
	status: number;
	headers: KubeHeaders;
	body: Buffer;
	userName: string;
}>;

type Served = Readonly<{message: string; reason: string; retryAfterMs?: number}>;

/** The Problem in a status that is no success: one text for each class, with the server's own words. The only place that reads these codes. */
export function statusProblem(answer: RefusedAnswer): Problem {
	const {what, status, headers} = answer;
	const served = readStatus(answer);
	const common = {
		what,
		status,
		...(served.message === '' ? {} : {serverMessage: served.message}),
		...(served.retryAfterMs === undefined ? {} : {retryAfterMs: served.retryAfterMs}),
	};
	const said = served.message === '' ? `the server answered ${status}` : served.message;
	if (status >= 300 && status < 400)
		return {
			...common,
			code: 'protocol',
			cause: `the server redirects to ${String(headers['location'])}, which is not followed: the credentials would go there too`,
			remedy: 'Use the address behind it as server in the kubeconfig.',
		};
	switch (status) {
		case 401:
			return {...common, code: 'unauthorized', cause: unauthorizedCause(answer), remedy: 'Log in again, or choose another context.'};
		case 403:
			return {...common, code: 'forbidden', ...forbiddenWords(served.message)};
		case 404:
			return {...common, code: 'not-found', cause: said};
		case 406:
			return {...common, code: 'not-acceptable', cause: `the server cannot answer in the form that was asked for (406)`};
		case 409:
			return {...common, code: 'conflict', cause: said, remedy: 'Read it again and repeat the change.'};
		case 410:
			return {...common, code: 'expired', cause: said};
		case 400:
		case 413:
		case 415:
		case 422:
			return {...common, code: 'invalid', cause: said};
		case 405:
			return {...common, code: 'invalid', cause: 'the server does not offer this for this kind (405)'};
		case 429:
			return {...common, code: 'throttled', cause: throttledCause(headers)};
		default:
			return {
				...common,
				code: status >= 500 ? 'server' : 'protocol',
				cause: served.message === '' ? `the server answered ${status}` : `the server answered ${status}: ${served.message}`,
			};
	}
}

function unauthorizedCause({userName}: RefusedAnswer): string {
	return userName === ''
		? 'the server wants credentials, and this context names no user'
		: `the server did not accept the credentials of user ${userName} (401)`;
}

/** `User "eve" cannot list resource "pods" in API group "" in the namespace "shop"` in the reader's words (authorization's own text). */
function forbiddenWords(message: string): Pick<Problem, 'cause' | 'remedy'> {
	const [, user = '', verb = '', resource = '', group = '', namespace] =
		/User "([^"]*)" cannot (\S+) resource "([^"]*)" in API group "([^"]*)"(?: in the namespace "([^"]*)")?/.exec(message) ?? [];
	const anonymous = /User "system:anonymous"/.test(message);
	if (anonymous)
		return {
			cause: 'your credentials were not sent or not accepted: the server takes you for system:anonymous',
			remedy: "Check the user of this context in the kubeconfig: it may have no credentials, or the server's authority may not know its certificate.",
		};
	if (user === '') {
		const [, pathUser, pathVerb, path] = /User "([^"]*)" cannot (\S+) path "([^"]*)"/.exec(message) ?? [];
		if (pathUser === undefined) return {cause: message === '' ? 'you may not do this (403)' : message};
		return {cause: `user ${pathUser} may not ${pathVerb} ${path}`, remedy: `Ask for a ClusterRole with the nonResourceURL ${path}, or choose another context.`};
	}
	const kind = group === '' ? resource : `${resource}.${group}`;
	const place = namespace === undefined ? 'in the whole cluster' : `in ${namespace}`;
	return {cause: `user ${user} may not ${verb} ${kind} ${place}`, remedy: `Ask for the verb ${verb} on ${kind} ${place}, or choose another context.`};
}

function throttledCause(headers: KubeHeaders): string {
	const schema = headers['x-kubernetes-pf-flowschema-uid'];
	return `the server has too many requests and asks to wait (429${typeof schema === 'string' ? `, flow schema ${schema}` : ''})`;
}

/** What the body says: a Status, or the beginning of whatever text there is. */
function readStatus({body, headers}: RefusedAnswer): Served {
	const retryAfterMs = retryAfter(headers);
	const waiting = retryAfterMs === undefined ? {} : {retryAfterMs};
	const text = body.toString('utf8', 0, 65_536);
	try {
		const status: unknown = JSON.parse(text);
		const seconds = fieldOf(fieldOf(status, 'details'), 'retryAfterSeconds');
		const asked = retryAfterMs ?? (typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : undefined);
		return {message: textOf(fieldOf(status, 'message')), reason: textOf(fieldOf(status, 'reason')), ...(asked === undefined ? {} : {retryAfterMs: asked})};
	} catch {
		if (/^\s*</.test(text)) return {message: 'an HTML page, so what answers is not an API server but something in front of it', reason: '', ...waiting};
		return {message: plain(text).slice(0, 200), reason: '', ...waiting};
	}
}

/** Milliseconds that `Retry-After` asks to wait, in seconds as Kubernetes sends it; undefined where it is absent or a date. */
export function retryAfter(headers: KubeHeaders): number | undefined {
	const value = headers['retry-after'];
	return typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) * 1000 : undefined;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? plain(value) : '';
}

/** One line without control characters: it goes to the screen. */
function plain(text: string): string {
	return text.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ').trim();
}

function fieldOf(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
