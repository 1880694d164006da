import {conditionOf} from './conditions.ts';
import type {Pod} from './pod.ts';
import {timestamp} from './timestamp.ts';

/**
 * Since when a pod is not well, ms since the epoch, by its own times: the kubelet's decision to evict it (condition DisruptionTarget),
 * the end of its last container, the loss of its readiness. undefined where it says none of them: its start is none,
 * but for a pod that the kubelet refused and that never ran (pkg/kubelet `rejectPod` sets it then).
 */
export function podTroubleSince({status}: Pod): number | undefined {
	const disrupted = conditionOf(status?.conditions, 'DisruptionTarget');
	if (disrupted?.status === 'True') return timestamp(disrupted.lastTransitionTime);
	if (status?.phase !== 'Failed') {
		const ready = conditionOf(status?.conditions, 'Ready');
		return ready === undefined || ready.status === 'True' ? undefined : timestamp(ready.lastTransitionTime);
	}
	const ends = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])].flatMap(
		({state}) => timestamp(state?.terminated?.finishedAt) ?? [],
	);
	if (ends.length > 0) return Math.max(...ends);
	return status.reason === 'Evicted' || status.containerStatuses !== undefined ? undefined : timestamp(status.startTime);
}
