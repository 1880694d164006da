import type {Intern} from './intern.ts';
import type {Meta} from './kubernetes.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * ObjectMeta without what only weighs: managedFields are four fifths of it and no request option removes them
 * (kube-api.md 3.2), the last-applied annotation repeats the object. Built anew, because deleting from a parsed
 * object makes it a dictionary of twice the size.
 */
export function compactMeta(served: Meta, intern: Intern): Meta {
	const meta: {-readonly [Key in keyof Meta]: Meta[Key]} = {name: served.name};
	if (served.namespace !== undefined) meta.namespace = intern.text(served.namespace);
	if (served.uid !== undefined) meta.uid = served.uid;
	if (served.resourceVersion !== undefined) meta.resourceVersion = served.resourceVersion;
	if (served.creationTimestamp != null) meta.creationTimestamp = intern.text(served.creationTimestamp);
	if (served.labels !== undefined) meta.labels = intern.value(served.labels);
	const annotations = keptAnnotations(served.annotations);
	if (annotations !== undefined) meta.annotations = intern.value(annotations);
	if (served.ownerReferences !== undefined) meta.ownerReferences = intern.value(served.ownerReferences);
	if (served.generation !== undefined) meta.generation = served.generation;
	if (served.deletionTimestamp != null) meta.deletionTimestamp = served.deletionTimestamp;
	if (served.deletionGracePeriodSeconds !== undefined) meta.deletionGracePeriodSeconds = served.deletionGracePeriodSeconds;
	if (served.finalizers !== undefined) meta.finalizers = intern.value(served.finalizers);
	return meta;
}

function keptAnnotations(annotations: Meta['annotations']): Meta['annotations'] {
	if (annotations === undefined || annotations[lastApplied] === undefined) return annotations;
	const kept = Object.entries(annotations).filter(([name]) => name !== lastApplied);
	return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
