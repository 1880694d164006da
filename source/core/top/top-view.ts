export const topLevels = ['nodes', 'pods', 'containers', 'workloads', 'namespaces'] as const;
export type TopLevel = (typeof topLevels)[number];

/** What the Top screen shows. */
export type TopView = Readonly<{
	level: TopLevel;
	/** undefined: all. */
	namespace?: string;
	/** Only pods of this node. */
	node?: string;
	/** Only containers of this pod, `namespace/name`. */
	pod?: string;
	/** Only pods of this workload, `Deployment namespace/name`. */
	workload?: string;
	labelSelector?: string;
	sort: 'cpu' | 'memory' | 'name' | 'namespace';
	descending: boolean;
	/** Only pods without requests. */
	bestEffort: boolean;
	units: 'quantity' | 'percent';
}>;

/** How the ids of the rows begin: with it the cursor is on the first row, whichever that is. */
export const topRowPrefix = 'row:';

/** What the rows are narrowed to, for crumb and page: `node-b2`, `shop/web-0`. */
export function topSubject({pod, workload, node, namespace}: TopView): string | undefined {
	return pod ?? workload?.slice(workload.indexOf(' ') + 1) ?? node ?? namespace;
}
