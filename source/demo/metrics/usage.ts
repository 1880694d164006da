import type {DemoCluster} from '../cluster.ts';
import {fateOf} from '../control-plane/fate.ts';
import {at, recordsAt, textAt, type JsonObject} from '../json.ts';
import {seededRandom, seedOf} from '../random.ts';
import type {StoredObject} from '../stored-object.ts';
import {quantityValue} from './quantities.ts';

/** What a container uses at a moment. */
export type Usage = Readonly<{
	/** Over the window before the moment. */
	nanoCores: number;
	/** Since its start; grows for ever, so that rates can be made of it. */
	coreNanoSeconds: number;
	/** The working set. */
	memoryBytes: number;
}>;

/** How much of what they request the applications use; others some share of it. */
const loads: Readonly<Record<string, Readonly<{cpu: number; memory: number}>>> = {
	search: {cpu: 1.1, memory: 0.82},
	pg: {cpu: 0.9, memory: 1.2},
	web: {cpu: 0.9, memory: 1.5},
	prometheus: {cpu: 0.4, memory: 0.7},
	payments: {cpu: 0.5, memory: 1},
};

/** More or less load than usual for a pod: a factor of its CPU. */
export const loadAnnotation = 'demo.k8tui.io/load';

const mebibyte = 2 ** 20;
const leastCores = 0.004;
const leastMemory = 24 * mebibyte;
/** Two waves make a line that lives but can be summed up exactly. */
const waves = [
	{periodMs: 431_000, share: 0.22},
	{periodMs: 53_000, share: 0.12},
] as const;

type Base = Readonly<{cores: number; memory: number; phase: number; memoryLimit: number}>;

function baseOf(pod: StoredObject, container: JsonObject): Base {
	const name = textAt(container, 'name');
	const app = pod.metadata.labels?.['app'] ?? '';
	const random = seededRandom(seedOf(`${pod.metadata.uid} ${name} ${pod.metadata.name}`));
	const own = name === 'envoy' ? undefined : loads[app];
	const load = own ?? {cpu: 0.2 + random.next() * 0.5, memory: 0.45 + random.next() * 0.4};
	const requested = (field: string): number => quantityValue(textAt(container, 'resources', 'requests', field));
	const factor = Number(pod.metadata.annotations?.[loadAnnotation] ?? 1);
	const memoryLimit = quantityValue(textAt(container, 'resources', 'limits', 'memory'));
	const memory = Math.max(requested('memory') * load.memory, leastMemory) * (0.96 + random.next() * 0.08);
	return {
		cores: Math.max(requested('cpu') * load.cpu, leastCores) * (0.85 + random.next() * 0.3) * factor,
		memory: memoryLimit === 0 ? memory : Math.min(memory, memoryLimit * 0.95),
		phase: random.next() * 2 * Math.PI,
		memoryLimit,
	};
}

/** Core milliseconds from the epoch to a moment: the integral of a rate that swings about its base. */
function coreMilliseconds({cores, phase}: Base, moment: number): number {
	const swings = waves.map(({periodMs, share}) => {
		const speed = (2 * Math.PI) / periodMs;
		return (-share / speed) * Math.cos(speed * moment + phase);
	});
	return cores * (moment + swings.reduce((sum, swing) => sum + swing, 0));
}

function memoryAt(base: Base, pod: StoredObject, isFirst: boolean, moment: number, startedAt: number): number {
	const fate = fateOf(pod);
	if (isFirst && fate.is === 'crash' && fate.reason === 'OOMKilled' && base.memoryLimit > 0) {
		const grown = Math.min(1, Math.max(0, (moment - startedAt) / fate.afterMs));
		return base.memoryLimit * (0.58 + 0.41 * grown);
	}
	const swing = 1 + 0.03 * Math.sin((2 * Math.PI * moment) / 271_000 + base.phase);
	// A young process has not filled its caches yet.
	const filled = Math.min(1, 0.6 + (moment - startedAt) / 600_000);
	return base.memory * swing * filled;
}

/** When a container began to run; undefined while it does not. */
export function runningSince(pod: StoredObject, name: string): number | undefined {
	const status = recordsAt(pod, 'status', 'containerStatuses').find(candidate => textAt(candidate, 'name') === name);
	const started = at(status, 'state', 'running', 'startedAt');
	return typeof started === 'string' ? Date.parse(started) : undefined;
}

/** What one container of a pod uses at a moment, over the window before it; undefined while it does not run. */
export function containerUsage(pod: StoredObject, container: JsonObject, moment: number, windowMs: number): Usage | undefined {
	const name = textAt(container, 'name');
	const startedAt = runningSince(pod, name);
	if (startedAt === undefined || startedAt > moment) return undefined;
	const base = baseOf(pod, container);
	const from = Math.max(startedAt, moment - windowMs);
	const now = coreMilliseconds(base, moment);
	const isFirst = textAt(recordsAt(pod, 'spec', 'containers')[0], 'name') === name;
	return {
		nanoCores: moment === from ? 0 : ((now - coreMilliseconds(base, from)) / (moment - from)) * 1e9,
		coreNanoSeconds: Math.round((now - coreMilliseconds(base, startedAt)) * 1e6),
		memoryBytes: Math.round(memoryAt(base, pod, isFirst, moment, startedAt)),
	};
}

/** The pods that run, by the name of their node. */
export function runningPodsByNode(cluster: DemoCluster): ReadonlyMap<string, readonly StoredObject[]> {
	return Map.groupBy(
		cluster.list('pods').filter(pod => textAt(pod, 'status', 'phase') === 'Running'),
		pod => textAt(pod, 'spec', 'nodeName'),
	);
}

/** What kubelet, runtime and kernel need beside the pods. */
const system = {cores: 0.14, memory: 760 * mebibyte};
/** How much memory is left on a node that says it is under pressure. */
const leftUnderPressure = 92 * mebibyte;

/** What a whole node uses: its pods, the system's own, and all of its memory where it says that it is under pressure. */
export function nodeUsage(node: StoredObject, pods: readonly StoredObject[], moment: number, windowMs: number): Usage {
	const usages = pods.flatMap(pod => recordsAt(pod, 'spec', 'containers').flatMap(container => containerUsage(pod, container, moment, windowMs) ?? []));
	const startedAt = Date.parse(node.metadata.creationTimestamp);
	const used = usages.reduce((sum, usage) => sum + usage.memoryBytes, system.memory);
	const isPressed = recordsAt(node, 'status', 'conditions').some(({type, status}) => type === 'MemoryPressure' && status === 'True');
	const capacity = quantityValue(textAt(node, 'status', 'capacity', 'memory'));
	return {
		nanoCores: usages.reduce((sum, usage) => sum + usage.nanoCores, system.cores * 1e9),
		coreNanoSeconds: usages.reduce((sum, usage) => sum + usage.coreNanoSeconds, Math.round(system.cores * 1e6 * (moment - startedAt))),
		memoryBytes: isPressed ? capacity - leftUnderPressure : Math.min(used, Math.round(capacity * 0.98)),
	};
}
