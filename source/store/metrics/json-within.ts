import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import {ProblemError} from '../../core/problem.ts';

type Options = Readonly<{client: Pick<ClusterClient, 'text'>; clock: Clock}>;
type Question = Readonly<{path: string; what: string; withinMs: number}>;

/** A JSON answer of something behind the API server, which may hang without the API server hanging. Rejects with a ProblemError. */
export async function jsonWithin({client, clock}: Options, {path, what, withinMs}: Question, signal: AbortSignal): Promise<unknown> {
	const answer = await within(clock, {what, withinMs}, signal, limit => client.text(path, limit));
	const {status, body} = answer;
	const said = body.slice(0, 200).trim();
	if (status !== 200)
		throw new ProblemError({code: 'server', what, cause: `the server answered ${status}`, status, ...(said === '' ? {} : {serverMessage: said})});
	try {
		return JSON.parse(body);
	} catch (error) {
		throw new ProblemError({code: 'protocol', what, cause: 'the answer is no JSON', serverMessage: said}, {cause: error});
	}
}

/** Gives up what takes longer, with a ProblemError `timeout`. */
export async function within<T>(
	clock: Clock,
	{what, withinMs}: Omit<Question, 'path'>,
	signal: AbortSignal,
	run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const own = new AbortController();
	const late = Promise.withResolvers<never>();
	using _timer = clock.after(withinMs, () => {
		late.reject(new ProblemError({code: 'timeout', what, cause: `no answer within ${withinMs / 1000} s`}));
		own.abort();
	});
	const running = run(AbortSignal.any([signal, own.signal]));
	// Whoever loses the race ends on its own, and its end is of no matter.
	running.catch(() => undefined);
	return await Promise.race([running, late.promise]);
}
