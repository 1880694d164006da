import type {Item, KubeObject} from '../kubernetes.ts';
import type {Node} from '../node-state.ts';
import {printedText} from '../printed.ts';
import type {Cell, CellContext, Column} from '../table.ts';
import {ageMs} from '../timestamp.ts';
import {type Amounts, amountsOf} from './amounts.ts';
import {type Sampled, sampledNode, sampledPod} from './metrics-reading.ts';
import {milliOf, unitsOf} from './nano.ts';
import {shareOf} from './risk.ts';
import {podKey, warmingMs} from './usage.ts';

type Resource = 'cpu' | 'memory';
type NumberCell = Extract<Cell, {type: 'number'}>;

/** A pod that has come to its end uses nothing and is not measured: nothing is to be waited for. */
const ended = /^(?:Completed|Succeeded|Failed|Error|Evicted)$/;

const titles: Readonly<Record<Resource, string>> = {cpu: 'CPU', memory: 'MEM'};
const ids: Readonly<Record<Resource, string>> = {cpu: 'cpu', memory: 'mem'};

function samplePod(item: Item, {metrics, now}: CellContext): Sampled {
	if (metrics === undefined) return {state: 'none'};
	const young = ageMs(item, now) < warmingMs && !ended.test(printedText(item, 'Status'));
	return sampledPod(metrics.reading, item.meta.namespace, item.meta.name, {now, young});
}

function sampleNode(item: Item, {metrics, now}: CellContext): Sampled {
	return metrics === undefined ? {state: 'none'} : sampledNode(metrics.reading, item.meta.name, now);
}

/** `402m`, `233Mi`; `..` before the first sample, `?` behind one that is old, a missing value where nobody measures. */
function usedCell(of: Resource, {usage, state}: Sampled): NumberCell {
	const unit = of === 'cpu' ? 'millicores' : 'bytes';
	const amount = usage?.[of];
	if (amount === undefined) return state === 'pending' ? {type: 'number', unit, sample: 'pending'} : {type: 'number', unit};
	const value = numberOf(of, amount);
	return state === 'stale' ? {type: 'number', unit, value, sample: 'stale', tone: 'muted'} : {type: 'number', unit, value};
}

function shareCell(of: Resource, sampled: Sampled, whole: Amounts | undefined): NumberCell {
	const {usage, state} = sampled;
	const [used, amount] = [usage?.[of], whole?.[of]];
	if (used === undefined) return state === 'pending' ? {type: 'number', unit: 'percent', sample: 'pending'} : {type: 'number', unit: 'percent'};
	const share = amount === undefined ? undefined : shareOf(numberOf(of, used), numberOf(of, amount));
	if (share === undefined) return {type: 'number', unit: 'percent'};
	const value = Math.floor(share);
	return state === 'stale' ? {type: 'number', unit: 'percent', value, sample: 'stale', tone: 'muted'} : {type: 'number', unit: 'percent', value};
}

/** Millicores rounded up, as kubectl prints them, or bytes. */
function numberOf(of: Resource, nano: bigint): number {
	return of === 'cpu' ? milliOf(nano) : unitsOf(nano);
}

function used<O extends KubeObject>(of: Resource, sample: (item: Item, context: CellContext) => Sampled): Column<O> {
	return {
		id: ids[of],
		title: titles[of],
		align: 'end',
		priority: 3,
		sampled: 'usage',
		cell: (item, context) => usedCell(of, sample(item, context)),
	};
}

type Share<O extends KubeObject> = Readonly<{
	id: string;
	title: string;
	wide: boolean;
	needs: 'usage' | 'amounts';
	sample(item: Item, context: CellContext): Sampled;
	whole(item: Item<O>, context: CellContext): Amounts | undefined;
}>;

function share<O extends KubeObject>(of: Resource, {id, title, wide, needs, sample, whole}: Share<O>): Column<O> {
	return {
		id: `${ids[of]}${id}`,
		title: `${titles[of]}${title}`,
		align: 'end',
		priority: wide ? 7 : 4,
		...(wide ? {wide: true} : {}),
		sampled: needs,
		cell: (item, context) => shareCell(of, sample(item, context), whole(item, context)),
	};
}

const podAmounts =
	(part: 'requests' | 'limits') =>
	(item: Item, {metrics}: CellContext): Amounts | undefined => {
		const pod = metrics?.pod(podKey(item.meta.namespace, item.meta.name));
		if (part === 'requests' || pod === undefined) return pod?.requests;
		return {
			...(pod.unlimited.cpu || pod.limits.cpu === undefined ? {} : {cpu: pod.limits.cpu}),
			...(pod.unlimited.memory || pod.limits.memory === undefined ? {} : {memory: pod.limits.memory}),
		};
	};

const nodeAmounts =
	(part: 'requests' | 'limits') =>
	(item: Item, {metrics}: CellContext): Amounts | undefined =>
		metrics?.node(item.meta.name)?.[part];

const resources = ['cpu', 'memory'] as const;

/** CPU and MEM of pods. */
export const podUsageColumns: readonly Column[] = resources.map(of => used(of, samplePod));
/** CPU/R CPU/L MEM/R MEM/L: used in percent of what is requested, and of the limit. */
export const podShareColumns: readonly Column[] = resources.flatMap(of => [
	share(of, {id: '/r', title: '/R', wide: true, needs: 'amounts', sample: samplePod, whole: podAmounts('requests')}),
	share(of, {id: '/l', title: '/L', wide: true, needs: 'amounts', sample: samplePod, whole: podAmounts('limits')}),
]);

/** CPU CPU% MEM MEM% of nodes: a node's share is of what pods may use (`status.allocatable`). */
export const nodeUsageColumns: ReadonlyArray<Column<Node>> = resources.flatMap(of => [
	used<Node>(of, sampleNode),
	share<Node>(of, {id: '%', title: '%', wide: false, needs: 'usage', sample: sampleNode, whole: ({object}) => amountsOf(object?.status?.allocatable)}),
]);
/** CPU/R CPU/L MEM/R MEM/L: used in percent of what the pods of the node request, and of their limits. */
export const nodeShareColumns: ReadonlyArray<Column<Node>> = resources.flatMap(of => [
	share<Node>(of, {id: '/r', title: '/R', wide: true, needs: 'amounts', sample: sampleNode, whole: nodeAmounts('requests')}),
	share<Node>(of, {id: '/l', title: '/L', wide: true, needs: 'amounts', sample: sampleNode, whole: nodeAmounts('limits')}),
]);
