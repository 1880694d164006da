import {ProblemError} from '../core/problem.ts';
import type {Credential} from './auth.ts';
import type {ByteStream} from './byte-stream.ts';
import {codingOf, inflateStream} from './gzip.ts';
import type {Job} from './job.ts';
import type {KubeHeaders, KubeStreamRequest} from './kube-transport.ts';
import {type OpenStream, openStream} from './open-stream.ts';
import {createRenewal, type RequestParts} from './requesting.ts';
import {pause} from './wake.ts';
import {failedProblem, isWelcome, prepare, refusedProblem} from './sender.ts';

/** `destroy` closes the connection; so does leaving the iteration early. Iterating rejects with a ProblemError. */
export type StreamBody = AsyncIterable<Buffer> & Readonly<{destroy(): void}>;
export type StreamAnswer = Readonly<{status: number; headers: KubeHeaders; body: StreamBody}>;

/** What its caller wants to be told, and how. */
export type StreamWish = Pick<KubeStreamRequest, 'queued' | 'gatherMs'>;

/** A refusal is short; one that does not end is cut off. */
const refusalLimitMs = 5_000;
const refusalLimitBytes = 65_536;

/** Opens a stream; after a 401 once more with newer credentials. Everything else is for the reader to repeat. Rejects with a ProblemError. */
export async function openAnswer(parts: RequestParts, job: Job, wish: StreamWish, signal: AbortSignal): Promise<StreamAnswer> {
	const renewal = createRenewal(parts.credentials, signal);
	for (let tries = 1; ; tries++) {
		const credential = await parts.credentials.current(signal);
		const attempt = await openOnce(parts, {wish, job, credential, retries: tries - 1}, signal);
		if ('problem' in attempt) {
			const {problem} = attempt.problem;
			const why = problem.code === 'unauthorized' || problem.code === 'tls' ? problem.code : undefined;
			if (why !== undefined && (await renewal.after(credential, why))) continue;
			throw attempt.problem;
		}
		const {status, headers, body} = attempt;
		const decoded = codingOf(headers, job.what) === 'gzip' ? inflateStream(body) : body;
		return {
			status,
			headers,
			body: withProblems(decoded, body, error => failedProblem(parts, job, {error, startedAt: attempt.openedAt, answered: true, signal})),
		};
	}
}

type Opening = Readonly<{wish: StreamWish; job: Job; credential: Credential; retries: number}>;
type Opened = OpenStream & Readonly<{openedAt: number}>;

async function openOnce(
	parts: RequestParts,
	{wish: {queued, gatherMs}, job, credential, retries}: Opening,
	signal: AbortSignal,
): Promise<Opened | {problem: ProblemError}> {
	const {clock, connections} = parts;
	const turn = await connections.turn({pool: 'stream', what: job.what, ...(queued === undefined ? {} : {queued})}, signal);
	const {wire, answered} = prepare(parts, job, credential, {pool: 'stream', retries});
	const startedAt = clock.now();
	const problemOfFailure = (error: unknown) => failedProblem(parts, job, {error, startedAt, answered: answered(), signal});
	let known: {gone(): void} | undefined;
	let isOver = false;
	const closed = (error?: unknown) => {
		isOver = true;
		known?.gone();
		turn[Symbol.dispose]();
		wire.call.end(error === undefined || (error instanceof Error && 'code' in error && error.code === 'ABORT_ERR') ? undefined : problemOfFailure(error));
	};
	try {
		const gather = gatherMs === undefined ? {} : {gather: () => pause({clock}, gatherMs, signal)};
		const stream = await openStream(wire, {closed, ...gather}, signal);
		if (!isOver) known = connections.streamOpened(wire.dispatchers, stream.body);
		if (isWelcome(job, stream.status)) return {...stream, openedAt: startedAt};
		const body = await collect(stream.body, parts);
		return {problem: new ProblemError(refusedProblem(parts, job, {status: stream.status, headers: stream.headers, body}, credential))};
	} catch (error) {
		return {problem: new ProblemError(problemOfFailure(error), {cause: error})};
	}
}

/** The beginning of a refusal's body; whatever breaks while reading it, the status is what counts. */
async function collect(body: ByteStream, {clock}: RequestParts): Promise<Buffer> {
	using _limit = clock.after(refusalLimitMs, () => body.destroy());
	const pieces: Buffer[] = [];
	let bytes = 0;
	try {
		for await (const piece of body) {
			pieces.push(piece);
			bytes += piece.length;
			if (bytes > refusalLimitBytes) break;
		}
	} catch {
		// The refusal is told with the words that arrived.
	}
	return Buffer.concat(pieces);
}

function withProblems(decoded: AsyncIterable<Buffer>, raw: ByteStream, problemOfFailure: (error: unknown) => ProblemError['problem']): StreamBody {
	return {
		destroy: raw.destroy,
		async *[Symbol.asyncIterator]() {
			try {
				yield* decoded;
			} catch (error) {
				throw new ProblemError(problemOfFailure(error), {cause: error});
			}
		},
	};
}
