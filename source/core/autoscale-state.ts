import {type Condition, conditionOf} from './conditions.ts';
import {type Judgement, leaving} from './judgement.ts';
import type {Item, KubeObject} from './kubernetes.ts';
import {parseQuantity} from './quantity.ts';

/** What k8tui reads of a HorizontalPodAutoscaler (autoscaling/v2). */
export type HorizontalPodAutoscaler = KubeObject &
	Readonly<{
		spec?: Readonly<{minReplicas?: number; maxReplicas?: number}>;
		status?: Readonly<{currentReplicas?: number; desiredReplicas?: number; lastScaleTime?: string; conditions?: readonly Condition[] | null}>;
	}>;
/** What k8tui reads of a PodDisruptionBudget. */
export type PodDisruptionBudget = KubeObject &
	Readonly<{
		status?: Readonly<{
			disruptionsAllowed?: number;
			currentHealthy?: number;
			desiredHealthy?: number;
			expectedPods?: number;
			conditions?: readonly Condition[];
		}>;
	}>;
/** What k8tui reads of a ResourceQuota. */
export type ResourceQuota = KubeObject & Readonly<{status?: Readonly<{hard?: Readonly<Record<string, string>>; used?: Readonly<Record<string, string>>}>}>;

/** The state of an autoscaler. Rules: screens.md 7. One whose minimum is its maximum cannot be "at max". */
export function judgeAutoscaler(item: Item<HorizontalPodAutoscaler>): Judgement {
	const gone = leaving(item);
	if (gone) return gone;
	const {spec, status} = item.object ?? {};
	const active = conditionOf(status?.conditions ?? [], 'ScalingActive');
	const able = conditionOf(status?.conditions ?? [], 'AbleToScale');
	if (active?.status === 'False' && active.reason === 'ScalingDisabled') return {tone: 'muted', word: 'Disabled'};
	if (able?.status === 'False') return {tone: 'error', word: able.reason || 'Cannot scale', why: able.message || 'cannot scale its target'};
	if (active?.status === 'False') return {tone: 'error', word: 'No metrics', why: active.message || active.reason || 'cannot read its metrics'};
	const current = status?.currentReplicas ?? 0;
	const desired = status?.desiredReplicas ?? current;
	const most = spec?.maxReplicas ?? Number.POSITIVE_INFINITY;
	if (current >= most && most > (spec?.minReplicas ?? 1)) return {tone: 'warning', word: 'At max', why: `at max ${current}/${most}`};
	if (current !== desired) return {tone: 'progressing', word: `Scaling ${current} -> ${desired}`};
	return active ? {tone: 'ok', word: 'Active'} : {tone: 'progressing', word: 'Not active yet'};
}

/** The state of a disruption budget. Rules: screens.md 7. One that allows none while all are healthy holds evictions up, by design. */
export function judgeBudget(item: Item<PodDisruptionBudget>): Judgement {
	const gone = leaving(item);
	if (gone) return gone;
	const status = item.object?.status;
	const {disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0, expectedPods = 0} = status ?? {};
	if (!status) return {tone: 'text', word: ''};
	const unready = Math.max(desiredHealthy, expectedPods) - currentHealthy;
	if (disruptionsAllowed === 0 && unready > 0) {
		return {tone: 'error', word: 'Blocked', why: `allows 0, healthy ${currentHealthy} of ${Math.max(desiredHealthy, expectedPods)}`};
	}
	if (expectedPods === 0) return {tone: 'muted', word: 'No pods'};
	return disruptionsAllowed === 0 ? {tone: 'ok', word: 'Allows none'} : {tone: 'ok', word: `Allows ${disruptionsAllowed}`};
}

/** The resource of a quota that is used up the most: 0..1 and beyond. undefined: it limits nothing. */
export function fullestOf(quota: ResourceQuota | undefined): Readonly<{resource: string; used: string; hard: string; share: number}> | undefined {
	const {hard = {}, used = {}} = quota?.status ?? {};
	return Object.entries(hard)
		.map(([resource, limit]) => ({resource, used: used[resource] ?? '0', hard: limit, share: shareOf(used[resource] ?? '0', limit)}))
		.toSorted((a, b) => b.share - a.share)[0];
}

/** A limit of 0 forbids: nothing is used of it, and nothing can be. */
function shareOf(used: string, hard: string): number {
	const limit = parseQuantity(hard) ?? 0;
	return limit === 0 ? 0 : (parseQuantity(used) ?? 0) / limit;
}

/** From here a quota is about to refuse (screens.md 7). */
const nearlyFull = 0.9;

/** The state of a quota. Rules: screens.md 7. */
export function judgeQuota(item: Item<ResourceQuota>): Judgement {
	const gone = leaving(item);
	if (gone) return gone;
	const fullest = fullestOf(item.object);
	if (!fullest) return {tone: 'text', word: ''};
	const word = `${fullest.resource} ${fullest.used}/${fullest.hard}`;
	return fullest.share > nearlyFull ? {tone: 'warning', word, why: `${word} (${Math.round(fullest.share * 100)}%)`} : {tone: 'ok', word};
}
