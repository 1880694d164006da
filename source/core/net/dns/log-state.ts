import type {ClusterView} from '../../check.ts';
import type {LogKind, LogMatch} from './coredns-log.ts';
import {type DnsPod, nameOf} from './dns-cluster.ts';
import type {CorednsLogFacts} from './dns-observations.ts';

/** In a one-shot run an older line of a container that runs is history (diagnosis.md 0). */
const oneShotMs = 30_000;
/** While the panel is open logs are read every 15 s: a line of this age still speaks of now. */
const liveMs = 120_000;

/** What the log of a CoreDNS pod says about now. */
export type PodLog = Readonly<{
	pod: DnsPod;
	/** Its container runs; else what its last run said is why it does not. */
	running: boolean;
	/** Newest last. */
	matches: readonly LogMatch[];
}>;

/** The logs of the CoreDNS pods as far as they were read. Of a container that is down, the end of its last run; of one that runs, its own lines. */
export function podLogs(view: ClusterView, pods: readonly DnsPod[]): readonly PodLog[] {
	return pods.flatMap(pod => {
		const read = view.observed<CorednsLogFacts>('coredns-log').find(({target}) => target === nameOf(pod));
		if (read?.outcome !== 'ok') return [];
		const running = isRunning(pod);
		const {current, previous} = read.facts;
		return [{pod, running, matches: running || current.length > 0 ? current : previous}];
	});
}

/** Its container runs at this moment. */
export function isRunning({status}: DnsPod): boolean {
	return status?.containerStatuses?.some(({state}) => state?.running !== undefined) === true;
}

/** The lines of these kinds that still hold: all of a run that ended and is not followed by another, else the fresh ones. */
export function holding(view: ClusterView, {running, matches}: PodLog, ...kinds: readonly LogKind[]): readonly LogMatch[] {
	const freshMs = view.oneShot ? oneShotMs : liveMs;
	return matches.filter(({kind, at}) => kinds.includes(kind) && (!running || view.now - at <= freshMs));
}
