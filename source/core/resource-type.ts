/** A kind of resource as the server's discovery describes it: what can be listed, under which path and names. */
export type ResourceType = Readonly<{
	/** '' for the core group. */
	group: string;
	version: string;
	/** The plural name, as in the path: `pods`. */
	plural: string;
	kind: string;
	singular: string;
	namespaced: boolean;
	verbs: readonly string[];
	shortNames: readonly string[];
	categories: readonly string[];
	subresources: readonly string[];
	/** The version the server prefers for this group and resource. */
	preferred: boolean;
	/** stale: the group's API service does not answer, this is its last known shape. gone: it was removed. */
	state: 'current' | 'stale' | 'gone';
}>;

/** `v1`, `apps/v1`: what stands in `apiVersion` of its objects. */
export function apiVersionOf(type: Pick<ResourceType, 'group' | 'version'>): string {
	return type.group === '' ? type.version : `${type.group}/${type.version}`;
}

/** `pods`, `deployments.apps`: the name that is unique in a cluster (kubectl's `resource.group`). */
export function qualifiedName(type: Pick<ResourceType, 'group' | 'plural'>): string {
	return type.group === '' ? type.plural : `${type.plural}.${type.group}`;
}

/** `/api/v1/namespaces/shop/pods`: the path of the collection; without a namespace that of the whole cluster. */
export function collectionPath(type: ResourceType, namespace?: string): string {
	const root = type.group === '' ? `/api/${type.version}` : `/apis/${type.group}/${type.version}`;
	return namespace !== undefined && type.namespaced ? `${root}/namespaces/${encodeURIComponent(namespace)}/${type.plural}` : `${root}/${type.plural}`;
}
