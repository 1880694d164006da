import type {KubeObject} from '../kubernetes.ts';

/** Which objects are meant: one by name, or all that fit. */
export type RelatedTarget = Readonly<
	/** `optional`: the referring field says that it may be missing. */
	| {by: 'name'; name: string; optional?: boolean}
	/** Objects with these labels. */
	| {by: 'labels'; labelSelector: string}
	/** Objects that the server finds by a field. */
	| {by: 'fields'; fieldSelector: string}
	/** Objects whose owner has this uid, looked for among those with these labels. */
	| {by: 'owner'; uid: string; labelSelector?: string}
	/** Objects whose own selector takes these labels. */
	| {by: 'selecting'; labels: Readonly<Record<string, string>>}
	/** Objects that name this one in one of their fields. */
	| {by: 'naming'}
>;

/** A reference read from an object's fields. Without a namespace its kind is cluster-scoped, or it is meant in all. */
export type RelatedRef = Readonly<{
	/** How the two belong together: `owner`, `mounts`, `selects`. */
	relation: string;
	/** API group, '' for core; the version is whatever the server prefers. */
	group: string;
	kind: string;
	namespace?: string;
	target: RelatedTarget;
}>;

/** Reads the references of one kind of object. */
export type RefReader = (object: KubeObject) => readonly RelatedRef[];

/** A reference by name; nothing where the name is missing. */
export function named(
	relation: string,
	of: Readonly<{group: string; kind: string; namespace?: string | undefined}>,
	name: string | undefined,
	optional = false,
): readonly RelatedRef[] {
	if (name === undefined) return [];
	const target: RelatedTarget = optional ? {by: 'name', name, optional} : {by: 'name', name};
	return [related(relation, of, target)];
}

export function related(relation: string, of: Readonly<{group: string; kind: string; namespace?: string | undefined}>, target: RelatedTarget): RelatedRef {
	const {group, kind, namespace} = of;
	return namespace === undefined ? {relation, group, kind, target} : {relation, group, kind, namespace, target};
}

/** The group in an apiVersion: `apps` of `apps/v1`, '' of `v1`. */
export function groupOf(apiVersion: string): string {
	const slash = apiVersion.indexOf('/');
	return slash === -1 ? '' : apiVersion.slice(0, slash);
}
