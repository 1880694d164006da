import {conditionOf} from '../../conditions.ts';
import type {NetPod} from '../net-objects.ts';

/** Why a pod is not sent to, in a few words: `CrashLoopBackOff, 12 restarts`, `ContainersNotReady`, `Pending: no node takes it`. */
export function podTrouble({metadata, status}: NetPod): string {
	if (metadata.deletionTimestamp !== undefined) return 'Terminating';
	const statuses = status?.containerStatuses ?? [];
	const waiting = statuses.map(({state}) => state?.waiting?.reason).find(reason => reason !== undefined);
	const restarts = statuses.reduce((sum, {restartCount = 0}) => sum + restartCount, 0);
	const counted = restarts === 0 ? '' : `, ${restarts === 1 ? '1 restart' : `${restarts} restarts`}`;
	if (waiting !== undefined) return `${waiting}${counted}`;
	const scheduled = conditionOf(status?.conditions, 'PodScheduled');
	if (scheduled?.status === 'False') return `${status?.phase ?? 'Pending'}: ${scheduled.message ?? scheduled.reason ?? 'no node takes it'}`;
	const ready = conditionOf(status?.conditions, 'Ready');
	const unready = statuses.filter(one => one.ready === false).map(({name}) => name);
	if (ready?.status === 'False') return `not ready: ${unready.length > 0 ? `container ${unready.join(', ')}` : (ready.reason ?? 'no reason given')}${counted}`;
	if (ready?.status === 'True') return `ready${counted}`;
	return `${status?.phase ?? 'Unknown'}${counted}`;
}
