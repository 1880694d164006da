import {conditionOf} from '../conditions.ts';
import {timestamp} from '../timestamp.ts';
import type {NetPod} from './net-objects.ts';

/**
 * Since when a pod is not there for others, ms since the epoch: it lost its readiness, or was told to go (a pod that is leaving stays
 * Ready until it is gone). undefined while neither is so, or the pod does not say.
 */
export function unreadySince({metadata, status}: NetPod): number | undefined {
	const ready = conditionOf(status?.conditions, 'Ready');
	const lost = ready === undefined || ready.status === 'True' ? undefined : timestamp(ready.lastTransitionTime);
	const gone = timestamp(metadata.deletionTimestamp);
	const told = gone === undefined ? undefined : gone - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
	return lost === undefined || told === undefined ? (lost ?? told) : Math.min(lost, told);
}

/** Since when none of these pods is there, ms since the epoch, never later than `now`; undefined where there are none, or one does not say. */
export function allUnreadySince(pods: readonly NetPod[], now: number): number | undefined {
	const moments = pods.flatMap(pod => unreadySince(pod) ?? []);
	return moments.length === 0 || moments.length < pods.length ? undefined : Math.min(now, Math.max(...moments));
}
