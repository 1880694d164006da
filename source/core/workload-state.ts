import {type Condition, conditionIs, conditionOf} from './conditions.ts';
import {type Judgement, leaving} from './judgement.ts';
import type {Item, KubeObject} from './kubernetes.ts';
import {printedNumber, printedRatio} from './printed.ts';
import type {CellContext} from './table.ts';
import {ageMs} from './timestamp.ts';

/** What k8tui reads of a Deployment, ReplicaSet, StatefulSet or DaemonSet: each has a part of it. */
export type Workload = KubeObject &
	Readonly<{
		spec?: Readonly<{paused?: boolean; replicas?: number}>;
		status?: Readonly<{
			observedGeneration?: number;
			replicas?: number;
			updatedReplicas?: number;
			currentRevision?: string;
			updateRevision?: string;
			numberMisscheduled?: number;
			conditions?: readonly Condition[];
		}>;
	}>;

/** How many are ready, wanted and of the newest template (where the server says). */
export type Replicas = Readonly<{ready: number; wanted: number; updated?: number}>;

/** A workload made a moment ago has nothing ready yet; its pods are given the same time (screens.md 7, Pod). */
const newMs = 60_000;

/** The replicas as the server printed them, for any of the four kinds; undefined before the first Table. */
export function replicasOf(item: Item): Replicas | undefined {
	const ratio = printedRatio(item, 'Ready');
	const ready = ratio?.have ?? printedNumber(item, 'Ready');
	const wanted = ratio?.want ?? printedNumber(item, 'Desired');
	const updated = printedNumber(item, 'Up-to-date');
	if (ready === undefined || wanted === undefined) return undefined;
	return updated === undefined ? {ready, wanted} : {ready, wanted, updated};
}

/**
 * The state of a workload. Rules: screens.md 7, the gravest first; a workload less than a minute old is still coming up.
 * Without the whole object (a very long list) conditions, pauses and misscheduled pods are not seen.
 */
export function judgeWorkload(item: Item<Workload>, {now}: CellContext): Judgement {
	const gone = leaving(item);
	const replicas = replicasOf(item);
	if (gone) return gone;
	if (!replicas) return {tone: 'unknown', word: 'Unknown'};
	const {ready, wanted} = replicas;
	const failed = failureOf(item.object?.status?.conditions);
	if (failed) return {tone: 'error', word: failed.reason ?? failed.type, why: `${ready}/${wanted} ready, ${failed.message ?? failed.type}`};
	const paused = item.object?.spec?.paused === true;
	const late = ageMs(item, now) > newMs;
	if (ready < wanted && late) return judgeShortfall(replicas, paused);
	const misscheduled = item.object?.status?.numberMisscheduled ?? 0;
	if (misscheduled > 0) return {tone: 'warning', word: 'Misscheduled', why: `${misscheduled} on nodes it should not run on`};
	if (paused) return {tone: 'muted', word: 'Paused'};
	if (wanted === 0) return {tone: 'muted', word: 'Scaled to 0'};
	if (ready < wanted) return {tone: 'progressing', word: 'Starting'};
	return isRollingOut(item, replicas) ? {tone: 'progressing', word: 'Rolling out'} : {tone: 'ok', word: 'Ready'};
}

function judgeShortfall({ready, wanted}: Replicas, paused: boolean): Judgement {
	const word = ready === 0 ? 'None ready' : `${wanted - ready} unready`;
	return {tone: ready === 0 ? 'error' : 'warning', word: paused ? `Paused, ${word.toLowerCase()}` : word, why: `${ready}/${wanted} ready`};
}

/** ReplicaFailure: pods cannot be made (quota, admission). ProgressDeadlineExceeded: a rollout got stuck (Deployment). */
function failureOf(conditions: readonly Condition[] | undefined): Condition | undefined {
	if (conditionIs(conditions, 'ReplicaFailure', 'True')) return conditionOf(conditions, 'ReplicaFailure');
	const progressing = conditionOf(conditions, 'Progressing');
	return progressing?.reason === 'ProgressDeadlineExceeded' ? progressing : undefined;
}

/** Not seen by its controller yet, pods of the newest template missing, or old ones left over (kubectl rollout status). */
function isRollingOut(item: Item<Workload>, {wanted, updated}: Replicas): boolean {
	const status = item.object?.status;
	if (status?.observedGeneration !== undefined && status.observedGeneration < (item.meta.generation ?? 0)) return true;
	if (updated !== undefined) return updated < wanted || (status?.replicas ?? 0) > updated;
	return status?.updateRevision !== undefined && status.currentRevision !== status.updateRevision && (status.updatedReplicas ?? 0) < wanted;
}
