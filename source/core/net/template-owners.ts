import type {ClusterView} from '../check.ts';
import {fieldAt, numberAt, textPairsAt} from '../field.ts';
import type {KubeObject} from '../kubernetes.ts';
import {labelsMatch, selectorMatches} from '../label-selector.ts';

/** A workload with a pod template. `replicas`: how many it wants, where it says so. */
export type TemplateOwner = Readonly<{object: KubeObject; title: string; labels: Readonly<Record<string, string>>; replicas: number | undefined}>;

const kinds: ReadonlyArray<readonly [kind: string, path: readonly string[]]> = [
	['deployments.apps', ['spec', 'template']],
	['statefulsets.apps', ['spec', 'template']],
	['daemonsets.apps', ['spec', 'template']],
	['replicasets.apps', ['spec', 'template']],
	['jobs.batch', ['spec', 'template']],
	['cronjobs.batch', ['spec', 'jobTemplate', 'spec', 'template']],
];

/** The workloads of a namespace whose pods would have these labels, as far as they could be read. A ReplicaSet of a Deployment is not one of them. */
export function ownersOfLabels(view: ClusterView, namespace: string, wanted: Readonly<Record<string, string>>): readonly TemplateOwner[] {
	return templateOwners(view, namespace).filter(({labels}) => labelsMatch(wanted, labels));
}

/** As above, by a LabelSelector object. */
export function ownersOfSelector(view: ClusterView, namespace: string, selector: unknown): readonly TemplateOwner[] {
	return templateOwners(view, namespace).filter(({labels}) => selectorMatches(selector, labels));
}

function templateOwners(view: ClusterView, namespace: string): readonly TemplateOwner[] {
	return kinds.flatMap(([kind, path]) =>
		view
			.all(kind)
			.filter(object => object.metadata.namespace === namespace && !(object.metadata.ownerReferences ?? []).some(({controller}) => controller === true))
			.map(object => ({
				object,
				title: `${object.kind} ${object.metadata.name}`,
				labels: Object.fromEntries(textPairsAt(fieldAt(object, ...path), 'metadata', 'labels')),
				replicas: numberAt(object, 'spec', 'replicas'),
			})),
	);
}
