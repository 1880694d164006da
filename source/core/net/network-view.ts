export const networkTabs = ['dns', 'path', 'policy', 'probes', 'routes'] as const;
export type NetworkTab = (typeof networkTabs)[number];

/** What the Network screen looks at. Pods and destinations are written as the command line has them: `shop/cart`, `web.shop:80`. */
export type NetworkView = Readonly<{
	tab: NetworkTab;
	/** The client pod, `namespace/name`; undefined: one is chosen and named. */
	from?: string;
	/** `[kind/]NAME[.NAMESPACE][:PORT]` or a URL. */
	target?: string;
	/** A name to be looked up on the DNS tab. */
	name?: string;
	/** The cell of the policy grid. */
	row?: string;
	column?: string;
	port?: string;
	/** What the policy grid and the routes are narrowed to. */
	namespace?: string;
	faultsOnly: boolean;
}>;
