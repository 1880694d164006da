import type {MissingStep} from './missing-step.ts';
import type {NodeSummary} from './node-summary.ts';
import {podKey, type PodUsage, staleAfterMs, type Usage, type UsageSource} from './usage.ts';

export const usageKinds = ['nodes', 'pods'] as const;
export type UsageKind = (typeof usageKinds)[number];

/** All that is known of what a cluster uses, at one moment; replaced whenever an answer came. */
export type MetricsReading = Readonly<{
	/** By name. */
	nodes: ReadonlyMap<string, Usage>;
	/** By `namespace/name`. */
	pods: ReadonlyMap<string, PodUsage>;
	/** What kubelets said, by node. */
	summaries: ReadonlyMap<string, NodeSummary>;
	/** Where each comes from now; undefined until it was read. */
	source: Readonly<Partial<Record<UsageKind, UsageSource>>>;
	/** Has a source answered, with values or with a reason? Until then nothing is known, not even that nothing is. */
	asked: Readonly<Record<UsageKind, boolean>>;
	/** Why metrics.k8s.io gives nothing now. */
	missing: Readonly<Partial<Record<UsageKind, MissingStep>>>;
	/** Why the kubelets, asked instead, give nothing either. */
	kubelet?: MissingStep;
	/** The namespace that pods were read in, where all were asked for and only one is allowed. */
	only?: string;
}>;

export const nothingRead: MetricsReading = {
	nodes: new Map(),
	pods: new Map(),
	summaries: new Map(),
	source: {},
	asked: {nodes: false, pods: false},
	missing: {},
};

/** The time of the newest sample, ms since the epoch. */
export function newestSample({nodes, pods}: MetricsReading, of: UsageKind): Usage | undefined {
	let newest: Usage | undefined;
	for (const usage of (of === 'nodes' ? nodes : pods).values()) if (newest === undefined || usage.at > newest.at) newest = usage;
	return newest;
}

/** What a cell has to say of an object: its usage, that it is old, that it is yet to come, or nothing. */
export type Sampled<U extends Usage = Usage> = Readonly<{usage?: U; state: 'fresh' | 'stale' | 'pending' | 'none'}>;

export function sampledNode(reading: MetricsReading, name: string, now: number): Sampled {
	return sampled(reading.nodes.get(name), {reading, kind: 'nodes', now, young: false});
}

/** `young`: it runs for less than a minute, so that no sample means nothing. */
export function sampledPod(
	reading: MetricsReading,
	namespace: string | undefined,
	name: string,
	at: Readonly<{now: number; young: boolean}>,
): Sampled<PodUsage> {
	return sampled(reading.pods.get(podKey(namespace, name)), {reading, kind: 'pods', ...at});
}

type Asking = Readonly<{reading: MetricsReading; kind: UsageKind; now: number; young: boolean}>;

function sampled<U extends Usage>(usage: U | undefined, {reading, kind, now, young}: Asking): Sampled<U> {
	if (usage !== undefined) return {usage, state: now - usage.at > staleAfterMs ? 'stale' : 'fresh'};
	const comes = !reading.asked[kind] || reading.missing[kind]?.step === 'warming' || (young && reading.source[kind] !== undefined);
	return {state: comes ? 'pending' : 'none'};
}
