import {X509Certificate} from 'node:crypto';
import type {Clock} from '../core/clock.ts';
import {type Problem, ProblemError} from '../core/problem.ts';
import type {Credential} from './auth.ts';
import type {CallLog} from './calls.ts';
import type {ClockSkew} from './clock-skew.ts';
import type {ResolvedContext} from './config.ts';
import {connectionProblem, isReset} from './connection-problem.ts';
import type {Connections} from './connections.ts';
import {exchange, type WireRequest} from './exchange.ts';
import {codingOf, inflate} from './gzip.ts';
import {cancelledProblem, type Job} from './job.ts';
import type {KubeAnswer, KubeHeaders} from './kube-transport.ts';
import {statusProblem} from './status-problem.ts';

export type SenderParts = Readonly<{
	resolved: ResolvedContext;
	clock: Clock;
	connections: Connections;
	log: CallLog;
	skew: ClockSkew;
	userAgent: string;
}>;

/** How one try ended. `repeatable`: the connection went away before any byte of an answer. */
export type Attempt = Readonly<
	| {type: 'answered'; answer: KubeAnswer}
	/** With a status that is no success and was not allowed for. */
	| {type: 'refused'; answer: KubeAnswer; problem: Problem}
	| {type: 'failed'; problem: Problem; repeatable: boolean; error: unknown}
>;

/** Sends once, in its turn, and reads the whole answer. Never rejects but for an abort or a full queue. */
export async function sendOnce(parts: SenderParts, job: Job, credential: Credential, retries: number, signal: AbortSignal): Promise<Attempt> {
	const pool = job.request.pool ?? 'short';
	const startedAt = parts.clock.now();
	using _turn = await parts.connections.turn({pool, what: job.what}, signal);
	const sent = prepare(parts, job, credential, {pool, retries});
	try {
		const raw = await withinLimit(parts.clock, job, signal, limit => exchange(sent.wire, limit));
		const answer = codingOf(raw.headers, job.what) === 'gzip' ? {...raw, body: await inflate(raw.body)} : raw;
		if (isWelcome(job, answer.status)) {
			sent.wire.call.end();
			return {type: 'answered', answer};
		}
		const problem = refusedProblem(parts, job, answer, credential);
		sent.wire.call.end(problem);
		return {type: 'refused', answer, problem};
	} catch (error) {
		const problem = failedProblem(parts, job, {error, startedAt, answered: sent.answered(), signal});
		sent.wire.call.end(problem);
		return {type: 'failed', problem, repeatable: !sent.answered() && isReset(error), error};
	}
}

export function isWelcome(job: Job, status: number): boolean {
	return (status >= 200 && status < 300) || job.request.allowStatus?.includes(status) === true;
}

export function refusedProblem({resolved, clock}: SenderParts, {what}: Job, {status, headers, body}: KubeAnswer, {tls}: Credential): Problem {
	const problem = statusProblem({what, status, headers, body, userName: resolved.userName});
	const expiredOn = problem.code === 'unauthorized' && tls.certificate !== undefined ? expiryBefore(tls.certificate, clock.now()) : undefined;
	if (expiredOn === undefined) return problem;
	return {
		...problem,
		cause: `the client certificate of user ${resolved.userName} expired on ${expiredOn} (401)`,
		remedy: 'Have it renewed, or choose another context.',
	};
}

/** The day a certificate ended, where that has passed; the API server itself only says Unauthorized. */
function expiryBefore(pem: string, now: number): string | undefined {
	const endsAt = Date.parse(new X509Certificate(pem).validTo);
	return endsAt < now ? new Date(endsAt).toISOString().slice(0, 10) : undefined;
}

export type FailedTry = Readonly<{error: unknown; startedAt: number; answered: boolean; signal: AbortSignal}>;

export function failedProblem({resolved, clock}: SenderParts, job: Job, {error, startedAt, answered, signal}: FailedTry): Problem {
	if (signal.aborted) return cancelledProblem(job.what);
	const {server, tls} = resolved;
	const serverName = tls.serverName === undefined ? {} : {serverName: tls.serverName};
	const problem = connectionProblem(error, {what: job.what, server, answered, elapsedMs: clock.now() - startedAt, ...serverName});
	const isUnclear = !job.isRead && (answered || problem.code === 'timeout' || isReset(error));
	return isUnclear ? {...problem, remedy: 'Whether it was done is not known: look before you repeat it.'} : problem;
}

/** The request as it goes to the wire, noted in the log of calls. */
export function prepare(parts: SenderParts, job: Job, credential: Credential, how: Readonly<{pool: WireRequest['pool']; retries: number}>) {
	const {resolved, clock, connections, log, skew, userAgent} = parts;
	const {request, method, path, body} = job;
	const mayCompress = how.pool !== 'stream' && request.gzip !== false && resolved.compress;
	let answered = false;
	const wire: WireRequest = {
		dispatchers: connections.of(credential.tls),
		pool: how.pool,
		method,
		path,
		headers: {
			accept: request.accept,
			'user-agent': userAgent,
			...(mayCompress ? {'accept-encoding': 'gzip'} : {}),
			...(body === undefined ? {} : {'content-type': 'application/json'}),
			...request.headers,
			...credential.headers,
		},
		...(body === undefined ? {} : {body}),
		call: log.begin({method, path, stream: how.pool === 'stream', retries: how.retries}),
		headed(headers: KubeHeaders) {
			answered = true;
			skew.note(headers['date'], clock.now());
		},
	};
	return {wire, answered: () => answered};
}

async function withinLimit<T>(clock: Clock, job: Job, signal: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const {timeoutMs} = job.request;
	if (timeoutMs === undefined) return await run(signal);
	const own = new AbortController();
	const problem: Problem = {code: 'timeout', what: job.what, cause: `no complete answer within ${timeoutMs / 1000} s`};
	using _timer = clock.after(timeoutMs, () => own.abort(new ProblemError(problem)));
	return await run(AbortSignal.any([signal, own.signal]));
}
