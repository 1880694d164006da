import type {TopScreen} from '../screen.ts';

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

/** A Top screen as it is first seen. */
export function topScreenOf(view: Partial<TopView> = {}): TopScreen {
	return {type: 'top', top: 0, level: 'nodes', sort: 'cpu', descending: true, bestEffort: false, units: 'quantity', cursor: topRowPrefix, ...view};
}

/** The same at another level: what narrows pods holds at the levels that are made of pods. */
export function atLevel(screen: TopScreen, level: TopLevel): TopScreen {
	const {cursor: _cursor, pod, search: _search, ...rest} = screen;
	return {...rest, level, top: 0, cursor: topRowPrefix, ...(pod !== undefined && level === 'containers' ? {pod} : {})};
}

/** What the rows are narrowed to, for crumb and page: `node-b2`, `shop/web-0`. */
export function topSubject({pod, workload, node, namespace}: TopView): string | undefined {
	return pod ?? workload?.slice(workload.indexOf(' ') + 1) ?? node ?? namespace;
}
