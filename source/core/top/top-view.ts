export const topLevels = ['nodes', 'pods', 'containers', 'workloads', 'namespaces'] as const;
export type TopLevel = (typeof topLevels)[number];

/** What the Top screen shows. */
export type TopView = Readonly<{
	level: TopLevel;
	/** undefined: all. */
	namespace?: string;
	/** Only pods of this node. */
	node?: string;
	sort: 'cpu' | 'memory' | 'name' | 'namespace';
	descending: boolean;
	/** Only pods without requests. */
	bestEffort: boolean;
	units: 'quantity' | 'percent';
}>;
