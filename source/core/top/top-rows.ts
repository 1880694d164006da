import type {Item} from '../kubernetes.ts';
import {judgeNode, type Node} from '../node-state.ts';
import {compareNatural} from '../order.ts';
import {conditionIs} from '../conditions.ts';
import {type Tone, worse} from '../tone.ts';
import {addAmounts, type Amounts, amountsOf, noAmounts} from './amounts.ts';
import {containerHistoryKey, nodeHistoryKey, podHistoryKey} from './history-key.ts';
import {type MetricsReading, sampledNode, sampledPod} from './metrics-reading.ts';
import {milliOf, unitsOf} from './nano.ts';
import type {ContainerNumbers, PodNumbers} from './pod-numbers.ts';
import {limitRisk, oomRisk, podRisk, shareOf} from './risk.ts';
import type {Measure, TopRow} from './top-model.ts';
import {type TopView, topRowPrefix} from './top-view.ts';
import {type PodUsage, warmingMs} from './usage.ts';

export type TopInput = Readonly<{
	view: TopView;
	reading: MetricsReading;
	/** By `namespace/name`; undefined: they could not be read, and rows are made of the samples alone. */
	numbers: ReadonlyMap<string, PodNumbers> | undefined;
	nodes: readonly Item<Node>[];
	/** Server time. */
	now: number;
	serverVersion?: string;
}>;

/** A node whose memory is used up to here is short of it. */
const pressedShare = 90;

type Parts = Readonly<{used: Amounts; requests: Amounts; limits: Amounts; unlimited: Readonly<{cpu: boolean; memory: boolean}>}>;

/** The rows of a level, in the order of the view. */
export function topRows(input: TopInput): readonly TopRow[] {
	return sorted(rowsOf(input), input.view);
}

function rowsOf(input: TopInput): readonly TopRow[] {
	switch (input.view.level) {
		case 'nodes':
			return nodeRows(input);
		case 'pods':
			return podRows(input);
		case 'containers':
			return pods(input).flatMap(pod => containerRows(input, pod));
		case 'workloads':
			return groups(input, ({namespace, workload}) => ({
				key: `${workload.kind} ${namespace}/${workload.name}`,
				namespace,
				name: workload.name,
				of: workload.kind,
			}));
		case 'namespaces':
			return groups(input, ({namespace}) => ({key: namespace, name: namespace}));
	}
}

/** The pods that the view looks at, those that have ended left out. */
export function pods({view, numbers, reading}: TopInput): readonly PodNumbers[] {
	const all = numbers === undefined ? [...reading.pods].map(([key, usage]) => unknownPod(key, usage)) : [...numbers.values()];
	return all.filter(
		pod =>
			!pod.ended &&
			(view.namespace === undefined || pod.namespace === view.namespace) &&
			(view.node === undefined || pod.node === view.node) &&
			(view.pod === undefined || pod.key === view.pod) &&
			(view.workload === undefined || `${pod.workload.kind} ${pod.namespace}/${pod.workload.name}` === view.workload) &&
			(!view.bestEffort || pod.bestEffort),
	);
}

/** A pod of which nothing but its use may be read. */
function unknownPod(key: string, usage: PodUsage): PodNumbers {
	const [namespace = '', name = ''] = key.split('/');
	return {
		key,
		uid: '',
		namespace,
		name,
		ended: false,
		running: true,
		bestEffort: false,
		workload: {kind: 'Pod', name},
		requests: noAmounts,
		limits: noAmounts,
		unlimited: {cpu: true, memory: true},
		containers: [...usage.containers.keys()].map(container => ({
			name: container,
			role: 'app',
			requests: noAmounts,
			limits: noAmounts,
			running: true,
			restarts: 0,
		})),
		labels: {},
	};
}

/** What a view of pods shows; also the pods of the node under the cursor. */
export function podRows(input: TopInput): readonly TopRow[] {
	const pressed = new Set(input.nodes.filter(node => isPressed(node, input)).map(({meta}) => meta.name));
	return pods(input).map(pod => {
		const {usage, state} = samplePod(input, pod);
		const risk = podRisk(pod, usage, {now: input.now, pressed: pod.node !== undefined && pressed.has(pod.node)});
		const parts = {...pod, used: usage ?? noAmounts};
		const ooms = pod.containers.filter(({oomAt}) => oomAt !== undefined).length;
		const failing = pod.containers.find(({trouble}) => trouble !== undefined);
		return {
			id: `${topRowPrefix}pod|${pod.key}`,
			level: 'pods',
			name: pod.name,
			namespace: pod.namespace,
			...(pod.node === undefined ? {} : {node: pod.node}),
			tone: worse(risk?.tone ?? 'ok', podTone(pod)),
			state,
			cpu: measure('cpu', parts),
			memory: measure('memory', parts),
			...(risk === undefined ? {} : {risk}),
			...(pod.bestEffort ? {bestEffort: true} : {}),
			...(failing === undefined ? {} : {trouble: `${failing.name} ${failing.trouble}`}),
			...(ooms === 0 ? {} : {ooms}),
			history: podHistoryKey(pod.key),
		};
	});
}

function samplePod({reading, now}: TopInput, pod: PodNumbers) {
	return sampledPod(reading, pod.namespace, pod.name, {now, young: pod.createdAt !== undefined && now - pod.createdAt < warmingMs});
}

function podTone({running, containers}: PodNumbers): Tone {
	if (containers.some(({trouble}) => trouble !== undefined)) return 'error';
	return running ? 'ok' : 'progressing';
}

function containerRows(input: TopInput, pod: PodNumbers): readonly TopRow[] {
	const {usage, state} = samplePod(input, pod);
	// An init container that is done uses nothing and is not measured.
	const shown = pod.containers.filter(({role, name, running}) => role !== 'init' || running || usage?.containers.has(name));
	const known = new Set(shown.map(({name}) => name));
	const others = [...(usage?.containers.keys() ?? [])].filter(name => !known.has(name));
	const found = others.map((name): ContainerNumbers => ({name, role: 'app', requests: noAmounts, limits: noAmounts, running: true, restarts: 0}));
	return [...shown, ...found].map(container => {
		const used = usage?.containers.get(container.name);
		const risk = limitRisk(used, container.limits) ?? oomRisk({containers: [container]}, input.now);
		const parts = {
			used: used ?? noAmounts,
			requests: container.requests,
			limits: container.limits,
			unlimited: {cpu: container.limits.cpu === undefined, memory: container.limits.memory === undefined},
		};
		const measured = usage === undefined || used !== undefined ? state : 'none';
		return {
			id: `${topRowPrefix}container|${pod.key}|${container.name}`,
			level: 'containers',
			name: container.name,
			namespace: pod.namespace,
			of: pod.name,
			...(pod.node === undefined ? {} : {node: pod.node}),
			tone: worse(risk?.tone ?? 'ok', container.trouble !== undefined ? 'error' : container.running ? 'ok' : 'progressing'),
			state: measured,
			cpu: measure('cpu', parts),
			memory: measure('memory', parts),
			...(risk === undefined ? {} : {risk}),
			...(container.oomAt === undefined ? {} : {ooms: 1}),
			...(container.trouble === undefined ? {} : {trouble: container.trouble}),
			history: containerHistoryKey(pod.key, container.name),
		};
	});
}

type Group = Readonly<{key: string; name: string; namespace?: string; of?: string}>;

function groups(input: TopInput, groupOf: (pod: PodNumbers) => Group): readonly TopRow[] {
	const byKey = Map.groupBy(pods(input), pod => groupOf(pod).key);
	return [...byKey.values()].flatMap(members => {
		const [first] = members;
		if (first === undefined) return [];
		const {key, name, namespace, of} = groupOf(first);
		const samples = members.map(pod => samplePod(input, pod));
		const usages = samples.flatMap(({usage}) => (usage === undefined ? [] : [usage]));
		const unmeasured = members.filter((pod, index) => pod.running && samples[index]?.usage === undefined).length;
		const parts: Parts = {
			used: addAmounts(...usages),
			requests: addAmounts(...members.map(({requests}) => requests)),
			limits: addAmounts(...members.map(({limits}) => limits)),
			unlimited: {cpu: members.some(({unlimited}) => unlimited.cpu), memory: members.some(({unlimited}) => unlimited.memory)},
		};
		const risks = members.flatMap((pod, index) => podRisk(pod, samples[index]?.usage, {now: input.now, pressed: false}) ?? []);
		const risk = risks.find(({tone}) => tone === 'error') ?? risks[0];
		return [
			{
				id: `${topRowPrefix}${input.view.level}|${key}`,
				level: input.view.level,
				name,
				...(namespace === undefined ? {} : {namespace}),
				...(of === undefined ? {} : {of}),
				tone: members.map(podTone).reduce(worse, risk?.tone ?? 'ok'),
				state: groupState(samples.map(({state}) => state)),
				cpu: measure('cpu', parts),
				memory: measure('memory', parts),
				pods: members.length,
				...(unmeasured === 0 ? {} : {unmeasured}),
				...(risk === undefined ? {} : {risk}),
			} satisfies TopRow,
		];
	});
}

/** As old as its newest sample. */
function groupState(states: readonly TopRow['state'][]): TopRow['state'] {
	return (['fresh', 'stale', 'pending'] as const).find(state => states.includes(state)) ?? 'none';
}

function nodeRows(input: TopInput): readonly TopRow[] {
	const byNode = Map.groupBy(
		[...(input.numbers?.values() ?? [])].filter(({ended, node}) => !ended && node !== undefined),
		({node}) => node ?? '',
	);
	const names = new Set(input.nodes.map(({meta}) => meta.name));
	const unknown = input.nodes.length > 0 ? [] : [...input.reading.nodes.keys()].filter(name => !names.has(name));
	return [...input.nodes.map(item => nodeRow(input, item.meta.name, item, byNode)), ...unknown.map(name => nodeRow(input, name, undefined, byNode))].filter(
		({name}) => input.view.node === undefined || name === input.view.node,
	);
}

function nodeRow(input: TopInput, name: string, item: Item<Node> | undefined, byNode: ReadonlyMap<string, readonly PodNumbers[]>): TopRow {
	const own = byNode.get(name) ?? [];
	const {usage, state} = sampledNode(input.reading, name, input.now);
	const known = input.numbers !== undefined;
	const requests = known ? {cpu: 0n, memory: 0n, ...addAmounts(...own.map(pod => pod.requests))} : noAmounts;
	const limits = known ? addAmounts(...own.map(pod => pod.limits)) : noAmounts;
	const allocatable = amountsOf(item?.object?.status?.allocatable);
	const capacity = amountsOf(item?.object?.status?.capacity);
	const parts = {used: usage ?? noAmounts, requests, limits, unlimited: {cpu: false, memory: false}};
	const whole = (of: 'cpu' | 'memory') => ({
		...measure(of, parts),
		...optional('allocatable', numberOf(of, allocatable)),
		...optional('capacity', numberOf(of, capacity)),
	});
	const memory = whole('memory');
	const pressed = (shareOf(memory.used, memory.allocatable) ?? 0) >= pressedShare;
	return {
		id: `${topRowPrefix}node|${name}`,
		level: 'nodes',
		name,
		tone: pressed ? worse(nodeTone(input, item), 'warning') : nodeTone(input, item),
		state,
		cpu: whole('cpu'),
		memory,
		...(known ? {pods: own.length} : {}),
		history: nodeHistoryKey(name),
	};
}

function nodeTone({now, serverVersion}: TopInput, item: Item<Node> | undefined): Tone {
	const nothing = {ready: () => false, find: () => undefined, list: () => []};
	return item === undefined ? 'text' : judgeNode(item, {now, beside: nothing, ...(serverVersion === undefined ? {} : {serverVersion})}).tone;
}

function isPressed(item: Item<Node>, {reading}: TopInput): boolean {
	const {status} = item.object ?? {};
	if (conditionIs(status?.conditions, 'MemoryPressure', 'True')) return true;
	const used = reading.nodes.get(item.meta.name)?.memory;
	const allocatable = amountsOf(status?.allocatable).memory;
	return used !== undefined && allocatable !== undefined && used * 100n >= allocatable * BigInt(pressedShare);
}

function measure(of: 'cpu' | 'memory', {used, requests, limits, unlimited}: Parts): Measure {
	return {
		...optional('used', numberOf(of, used)),
		...optional('requested', numberOf(of, requests)),
		...optional('limit', unlimited[of] ? undefined : numberOf(of, limits)),
	};
}

/** Millicores rounded up, as `kubectl top` prints them, or bytes. */
function numberOf(of: 'cpu' | 'memory', amounts: Amounts): number | undefined {
	const amount = amounts[of];
	return amount === undefined ? undefined : of === 'cpu' ? milliOf(amount) : unitsOf(amount);
}

function optional<K extends string>(key: K, value: number | undefined): Partial<Record<K, number>> {
	// One known key: the compiler does not see that a computed one is it.
	return (value === undefined ? {} : {[key]: value}) as Partial<Record<K, number>>;
}

function sorted(rows: readonly TopRow[], {sort, descending}: TopView): readonly TopRow[] {
	const sign = descending ? -1 : 1;
	const byName = (a: TopRow, b: TopRow): number =>
		compareNatural(a.namespace ?? '', b.namespace ?? '') || compareNatural(a.of ?? '', b.of ?? '') || compareNatural(a.name, b.name);
	if (sort === 'namespace') return rows.toSorted((a, b) => sign * compareNatural(a.namespace ?? '', b.namespace ?? '') || byName(a, b));
	if (sort === 'name') return rows.toSorted((a, b) => sign * compareNatural(a.of ?? a.name, b.of ?? b.name) || byName(a, b));
	return rows.toSorted((a, b) => {
		const [left, right] = [a[sort].used, b[sort].used];
		if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined) || byName(a, b);
		return sign * (left - right) || byName(a, b);
	});
}
