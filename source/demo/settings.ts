/** Faults of the simulated network, by name of node or by address. */
export type NetworkTrouble = {
	/** Nodes whose bridge passes iptables by (bridge-nf-call-iptables 0): answers of a Service's pod beside the caller come from the wrong address. */
	plainBridges: Set<string>;
	/** Nodes that no packet of the overlay reaches or leaves. */
	cutNodes: Set<string>;
	/** Pairs of nodes without a route to each other's pods. */
	cutPairs: Array<readonly [string, string]>;
	/** Name servers outside that never answer. */
	silentUpstreams: Set<string>;
};

/** How the server behaves; tests change it while it runs. */
export type DemoSettings = {
	/** What `GET /api` and `/apis` can answer with. */
	discovery: 'v2' | 'v2beta1' | 'legacy';
	/** API groups whose API service does not answer: stale in aggregated discovery, 503 everywhere else. */
	staleGroups: Set<string>;
	/** Whether sendInitialEvents is taken (WatchList, on by default in 1.34). */
	watchList: boolean;
	/** false: no watch ever gets a bookmark, as with `--watch-cache=false`. */
	bookmarks: boolean;
	/** true: a watch from a too old resourceVersion is HTTP 410, not 200 with an ERROR event. */
	expiredAsHttp: boolean;
	/** Plural names that know no Table: a plain list where that is accepted too, else 406. */
	withoutTables: Set<string>;
	/** Checks of `/readyz` and `/livez` that fail. */
	failingChecks: Set<string>;
	/** Whether SelfSubjectRulesReview says that it does not know everything. */
	incompleteRules: boolean;
	/** How long after its CustomResourceDefinition a kind is served. */
	customKindLagMs: number;
	/** Nodes whose kubelet the API server does not reach: proxied reads and exec are refused. */
	unreachableNodes: Set<string>;
	/** false: exec speaks v4.channel.k8s.io only, as before 1.30. */
	execV5: boolean;
	/** What is wrong with the network between pods, nodes and upstreams. */
	network: NetworkTrouble;
	gitVersion: string;
};

export function defaultSettings(): DemoSettings {
	return {
		discovery: 'v2',
		staleGroups: new Set(),
		watchList: true,
		bookmarks: true,
		expiredAsHttp: false,
		withoutTables: new Set(),
		failingChecks: new Set(),
		incompleteRules: false,
		customKindLagMs: 0,
		unreachableNodes: new Set(),
		execV5: true,
		network: {plainBridges: new Set(), cutNodes: new Set(), cutPairs: [], silentUpstreams: new Set()},
		gitVersion: 'v1.34.2',
	};
}
