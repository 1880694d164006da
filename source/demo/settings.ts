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
		gitVersion: 'v1.34.2',
	};
}
