import type {PolicyLevel} from '../core/policy-level.ts';
import {type Problem, ProblemError} from '../core/problem.ts';
import {describeRequest, pathWithQuery, type Query} from './api-path.ts';
import type {KubeRequest} from './kube-transport.ts';
import {decide, type ProbeVoucher} from './policy.ts';

export type TransportRequest = Omit<KubeRequest, 'query'> &
	Readonly<{
		query?: Query;
		/** Ask for a compressed answer where that is worth it (default): not on loopback. */
		gzip?: boolean;
		/** First part of the Problem, `Could not list pods in shop`; made from the path where absent. */
		what?: string;
		probe?: ProbeVoucher;
		confirmedPath?: string;
		/** A protocol upgrade is asked for. */
		upgrade?: boolean;
	}>;

/** A request that may be sent, through all its tries. */
export type Job = Readonly<{
	request: TransportRequest;
	method: string;
	/** With the query, without the server's own prefix. */
	path: string;
	what: string;
	/** JSON. */
	body: string | undefined;
	/** Sending it twice changes nothing. */
	isRead: boolean;
}>;

/** Asks the policy before anything else happens. Throws a policy ProblemError: a request that our own code must not make at this level. */
export function admit(request: TransportRequest, level: PolicyLevel): Job {
	const method = request.method ?? 'GET';
	const query = request.query === undefined ? undefined : presentOnly(request.query);
	const verdict = decide(level, {...request, method, ...(query === undefined ? {} : {query})});
	const what = request.what ?? describeRequest(method, request.path, query);
	if (!verdict.allowed)
		throw new ProblemError({code: 'policy', what, cause: verdict.reason, remedy: 'Nothing was sent. :mode shows and changes what may be sent.'});
	const isRead =
		(request.upgrade !== true && (method === 'GET' || method === 'HEAD')) ||
		decide('read', {...request, method, ...(query === undefined ? {} : {query})}).allowed;
	return {request, method, path: pathWithQuery(request.path, query), what, body: request.body === undefined ? undefined : JSON.stringify(request.body), isRead};
}

/** The Problem of whatever was given up by its caller. */
export function cancelledProblem(what: string): Problem {
	return {code: 'cancelled', what, cause: 'it was given up before the answer was complete'};
}

function presentOnly(query: Query): Query | undefined {
	const entries = Object.entries(query).filter(([, value]) => value !== undefined);
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
