/** One entry of `metadata.ownerReferences`, as served. */
export type OwnerReference = Readonly<{
	apiVersion: string;
	kind: string;
	name: string;
	uid: string;
	controller?: boolean;
}>;

/** ObjectMeta as served: timestamps are RFC 3339 strings. `managedFields` never gets this far (kube/ drops it). */
export type Meta = Readonly<{
	name: string;
	namespace?: string;
	uid?: string;
	resourceVersion?: string;
	generation?: number;
	creationTimestamp?: string;
	deletionTimestamp?: string;
	deletionGracePeriodSeconds?: number;
	labels?: Readonly<Record<string, string>>;
	annotations?: Readonly<Record<string, string>>;
	ownerReferences?: readonly OwnerReference[];
	finalizers?: readonly string[];
}>;

/** Any Kubernetes object: raw JSON as served. */
export type KubeObject = Readonly<{apiVersion: string; kind: string; metadata: Meta}>;

/** Names one object. `uid` tells a recreated object from the old one. */
export type Ref = Readonly<{apiVersion: string; kind: string; namespace?: string; name: string; uid?: string}>;

/** A value the server printed into a Table cell; arrays are joined with commas on arrival. */
export type PrintedCell = string | number | boolean | undefined;

/** What the store holds of one object. */
export type Item<O extends KubeObject = KubeObject> = Readonly<{
	ref: Ref;
	meta: Meta;
	/** In object mode only. */
	object?: O;
	/** The server's cell, by column name (case-insensitive); undefined when the server printed null or has no such column. */
	printed(column: string): PrintedCell;
	/** Server time at which the cells were printed, ms since the epoch: turns a printed `5m ago` into a time. */
	printedAt?: number;
}>;

/** The key of an item in its scope: the uid, else `namespace/name` (aggregated APIs without uid). */
export function itemKey(item: Pick<Item, 'ref' | 'meta'>): string {
	return item.meta.uid ?? `${item.meta.namespace ?? ''}/${item.meta.name}`;
}
