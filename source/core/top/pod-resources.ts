import type {ContainerSpec, ContainerStatus, Pod} from '../pod.ts';
import {addAmounts, type Amounts, amountsBy, amountsOf, maxAmounts, noAmounts} from './amounts.ts';

/** What the scheduler counts for a pod. */
export type PodResources = Readonly<{
	requests: Amounts;
	/** Summed over the containers that have one: what `kubectl describe node` adds up. */
	limits: Amounts;
	/** A container has no limit of it, so the pod as a whole has none. */
	unlimited: Readonly<{cpu: boolean; memory: boolean}>;
}>;

type Kind = 'requests' | 'limits';

/**
 * Requests and limits of a whole pod: the rules of `PodRequests` and `PodLimits` in k8s.io/component-helpers/resource (KEP 753 sidecars,
 * KEP 2837 pod-level resources, KEP 1287 resize in place).
 */
export function podResources(pod: Pod): PodResources {
	const {requests, limits} = {requests: total(pod, 'requests'), limits: total(pod, 'limits')};
	const own = amountsOf(pod.spec?.resources?.limits);
	const runs = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? []).filter(isSidecar)];
	const lacks = (name: 'cpu' | 'memory'): boolean =>
		own[name] === undefined && runs.some(container => (amountsOf(container.resources?.limits)[name] ?? 0n) === 0n);
	return {requests, limits, unlimited: {cpu: lacks('cpu'), memory: lacks('memory')}};
}

/** What one container asks for or may use now, a resize under way included. */
export function containerAmounts(pod: Pod, container: ContainerSpec, kind: Kind): Amounts {
	const specified = amountsOf(container.resources?.[kind]);
	const status = isInit(pod, container) && !isSidecar(container) ? undefined : statusOf(pod, container.name);
	if (status?.resources === undefined && status?.allocatedResources === undefined) return specified;
	const actual = amountsOf(status.resources?.[kind]);
	const known = kind === 'requests' ? maxAmounts(actual, amountsOf(status.allocatedResources)) : actual;
	return isInfeasible(pod) ? known : maxAmounts(specified, known);
}

function total(pod: Pod, kind: Kind): Amounts {
	const {spec} = pod;
	const own = amountsOf(spec?.resources?.[kind]);
	const sum = {...ofContainers(pod, kind), ...own};
	const overhead = amountsOf(spec?.overhead);
	if (kind === 'requests') return addAmounts(sum, overhead);
	// The overhead belongs to a limit only where there is one.
	return amountsBy(name => (sum[name] === undefined || sum[name] === 0n ? sum[name] : sum[name] + (overhead[name] ?? 0n)));
}

/** The containers together, or the most that any step of the start needs: an init container runs beside the sidecars before it. */
function ofContainers(pod: Pod, kind: Kind): Amounts {
	let running = addAmounts(...(pod.spec?.containers ?? []).map(container => containerAmounts(pod, container, kind)));
	let sidecars = noAmounts;
	let starting = noAmounts;
	for (const container of pod.spec?.initContainers ?? []) {
		const amounts = containerAmounts(pod, container, kind);
		if (isSidecar(container)) {
			running = addAmounts(running, amounts);
			sidecars = addAmounts(sidecars, amounts);
			starting = maxAmounts(starting, sidecars);
		} else starting = maxAmounts(starting, addAmounts(amounts, sidecars));
	}
	return maxAmounts(running, starting);
}

/** An init container that goes on running (KEP 753). */
export function isSidecar(container: ContainerSpec): boolean {
	return container.restartPolicy === 'Always';
}

function isInit(pod: Pod, container: ContainerSpec): boolean {
	return pod.spec?.initContainers?.includes(container) ?? false;
}

function statusOf({status}: Pod, name: string): ContainerStatus | undefined {
	return status?.containerStatuses?.find(one => one.name === name) ?? status?.initContainerStatuses?.find(one => one.name === name);
}

/** A resize that the node will never grant: what the pod has counts, not what was asked for. */
function isInfeasible({status}: Pod): boolean {
	return status?.resize === 'Infeasible' || (status?.conditions?.some(({type, reason}) => type === 'PodResizePending' && reason === 'Infeasible') ?? false);
}
