import type {PodNumbers} from './pod-numbers.ts';
import type {Risk} from './top-model.ts';
import type {Amounts} from './amounts.ts';
import type {PodUsage} from './usage.ts';

const errorShare = 95;
const warningShare = 90;
/** A container killed for want of memory is news for this long. */
const recentOomMs = 60 * 60_000;

/** Used as a percentage of what it is part of, exact to the percent below; undefined where either is unknown or nothing. */
export function shareOf(used: number | undefined, whole: number | undefined): number | undefined {
	return used === undefined || whole === undefined || whole <= 0 ? undefined : (used / whole) * 100;
}

/** The gravest that threatens a pod: memory near a container's limit, a recent kill, more than requested on a node short of memory, CPU at its limit. */
export function podRisk(pod: PodNumbers, usage: PodUsage | undefined, at: Readonly<{now: number; pressed: boolean}>): Risk | undefined {
	const risks = pod.containers.map(({name, limits}) => limitRisk(usage?.containers.get(name), limits));
	const kill = oomRisk(pod, at.now);
	const above = at.pressed && usage?.memory !== undefined && usage.memory > (pod.requests.memory ?? 0n);
	// One that asked for nothing uses more than that whatever it does: what threatens it is that it is evicted first.
	const evicted = pod.bestEffort ? ({tone: 'warning', text: 'no req'} as const) : ({tone: 'error', text: '>req'} as const);
	const found = [...risks, kill, above ? evicted : undefined].filter(risk => risk !== undefined);
	return found.find(({tone}) => tone === 'error') ?? found[0];
}

/** A container's use against its own limit: the limit of memory is where it is killed, that of CPU where it is slowed down. */
export function limitRisk(used: Amounts | undefined, limits: Amounts): Risk | undefined {
	const memory = percent(used?.memory, limits.memory);
	if (memory !== undefined && memory >= warningShare) return {tone: memory >= errorShare ? 'error' : 'warning', text: `${Math.floor(memory)}%`};
	const cpu = percent(used?.cpu, limits.cpu);
	return cpu !== undefined && cpu >= errorShare ? {tone: 'warning', text: `cpu ${Math.floor(cpu)}%`} : undefined;
}

/** A recent kill for want of memory. */
export function oomRisk(pod: Pick<PodNumbers, 'containers'>, now: number): Risk | undefined {
	const last = Math.max(...pod.containers.map(({oomAt}) => oomAt ?? Number.NEGATIVE_INFINITY));
	return now - last < recentOomMs ? {tone: 'warning', text: 'OOM', since: last} : undefined;
}

function percent(used: bigint | undefined, limit: bigint | undefined): number | undefined {
	return used === undefined || limit === undefined || limit <= 0n ? undefined : Number((used * 1000n) / limit) / 10;
}
