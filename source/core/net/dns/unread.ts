import type {ClusterView} from '../../check.ts';
import type {NotChecked} from '../net-report.ts';

const titles: Readonly<Record<string, string>> = {
	'coredns-log': 'the log of',
	'coredns-metrics': 'the metrics of',
	'node-local-metrics': 'the metrics of',
	'kubelet-configz': 'the kubelet configuration of',
};

/** Readings beside the objects that could not be made, with the reason; the same reason for several is told once. */
export function unreadObservations(view: ClusterView): readonly NotChecked[] {
	return Object.entries(titles).flatMap(([probe, title]) => {
		const seen = new Set<string>();
		const failed = view.observed(probe).flatMap(one => {
			// Newest first: what could be read since is no gap.
			if (seen.has(one.target)) return [];
			seen.add(one.target);
			if (one.outcome === 'ok') return [];
			return [{target: one.target, why: one.outcome === 'failed' ? one.problem.cause : 'no answer in time'}];
		});
		return [...Map.groupBy(failed, ({why}) => why)].map(([why, group]) => ({what: `${title} ${group.map(({target}) => target).join(', ')}`, why}));
	});
}
