import {type MetricsReading, type UsageKind, usageKinds} from '../../core/top/metrics-reading.ts';
import type {MissingStep} from '../../core/top/missing-step.ts';
import type {NodeSummary} from '../../core/top/node-summary.ts';
import type {PodUsage, Usage, UsageSource} from '../../core/top/usage.ts';

export type MergeOptions = Readonly<{
	/** The last samples of the metrics API. */
	api: Readonly<{nodes: ReadonlyMap<string, Usage>; pods: ReadonlyMap<string, PodUsage>}>;
	/** What was known before; its reasons and marks stay. */
	reading: MetricsReading;
	summaries: ReadonlyMap<string, NodeSummary>;
	/** Why the kubelets give nothing. */
	kubelet: MissingStep | undefined;
	/** Samples before that are forgotten; ms since the epoch. */
	oldest: number;
}>;

/** The samples of the metrics API and, where it gives none now, those of the kubelets that are newer; beside it the kubelets' alone. */
export function mergedReading(
	options: MergeOptions,
): Readonly<{reading: MetricsReading; nodes: ReadonlyMap<string, Usage>; pods: ReadonlyMap<string, PodUsage>}> {
	const {api, summaries, kubelet, oldest} = options;
	const {kubelet: _kubelet, ...before} = options.reading;
	const {missing, asked} = before;
	const listed = [...summaries.values()];
	const own = {
		nodes:
			missing.nodes === undefined
				? new Map<string, Usage>()
				: newer(
						api.nodes,
						listed.flatMap(({node, usage}) => (usage ? [[node, usage] as const] : [])),
						oldest,
					),
		pods:
			missing.pods === undefined
				? new Map<string, PodUsage>()
				: newer(
						api.pods,
						listed.flatMap(({pods}) => [...pods].flatMap(([key, {usage}]) => (usage ? [[key, usage] as const] : []))),
						oldest,
					),
	};
	const source: Partial<Record<UsageKind, UsageSource>> = {};
	for (const kind of usageKinds) {
		const answers = api[kind].size > 0 || (asked[kind] && missing[kind] === undefined);
		if (own[kind].size > 0) source[kind] = 'kubelet';
		else if (answers) source[kind] = 'metrics.k8s.io';
	}
	return {
		...own,
		reading: {
			...before,
			nodes: together(api.nodes, own.nodes, oldest),
			pods: together(api.pods, own.pods, oldest),
			summaries: new Map(summaries),
			source,
			...(kubelet === undefined ? {} : {kubelet}),
		},
	};
}

/** Those that are newer than what is known. */
function newer<U extends Usage>(known: ReadonlyMap<string, U>, found: ReadonlyArray<readonly [string, U]>, oldest: number): Map<string, U> {
	return new Map(found.filter(([key, usage]) => usage.at > Math.max(oldest, known.get(key)?.at ?? 0)));
}

/** Without what is too old; the same map where nothing differs from it. */
function together<U extends Usage>(api: ReadonlyMap<string, U>, own: ReadonlyMap<string, U>, oldest: number): ReadonlyMap<string, U> {
	const isAllNew = own.size === 0 && api.values().every(usage => usage.at >= oldest);
	return isAllNew ? api : new Map([...[...api].filter(([, usage]) => usage.at >= oldest), ...own]);
}
