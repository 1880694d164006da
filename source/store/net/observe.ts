import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {Observation} from '../../core/observation.ts';
import {problemOf} from '../../core/problem.ts';

/** One read may take this long: a passive verdict is there within 3 s. */
const readMs = 2500;

export type ObservingTools = Readonly<{client: Pick<ClusterClient, 'skewMs'>; clock: Clock; signal: AbortSignal}>;
/** `what`: what could not be done where it fails. */
export type About = Readonly<{probe: string; target: string; what: string}>;

/** One read as an observation, whatever becomes of it; never rejects. */
export async function observe<T>(
	{client, clock, signal}: ObservingTools,
	{probe, target, what}: About,
	read: (signal: AbortSignal) => Promise<T>,
): Promise<Observation<T>> {
	const startedAt = clock.now();
	const limit = new AbortController();
	using _timer = clock.after(readMs, () => limit.abort());
	const measured = () => ({probe, target, at: Math.round(clock.now() + client.skewMs()), tookMs: Math.round(clock.now() - startedAt)});
	try {
		const facts = await read(AbortSignal.any([signal, limit.signal]));
		return {...measured(), outcome: 'ok', facts};
	} catch (error) {
		if (limit.signal.aborted && !signal.aborted) return {...measured(), outcome: 'timed-out'};
		return {...measured(), outcome: 'failed', problem: problemOf(error, what)};
	}
}
