import {fieldAt, textAt} from '../field.ts';
import {labelSelectorText} from '../label-selector.ts';
import {podSpecRefs} from './pod-refs.ts';
import {groupOf, named, type RefReader, type RelatedRef, related} from './related-ref.ts';

/** Of a Deployment: its ReplicaSets and pods, its autoscaler, what its pod template names. */
export const deploymentRefs: RefReader = object => [...ownedBy(object, 'apps', 'ReplicaSet'), ...templateRefs(object)];

/** Of a StatefulSet, beside what its pods have: the Service that names them. */
export const statefulSetRefs: RefReader = object => [
	...templateRefs(object),
	...named('service', {group: '', kind: 'Service', namespace: object.metadata.namespace}, textAt(object, 'spec', 'serviceName')),
];

/** Of a ReplicaSet, DaemonSet, Job or ReplicationController: its pods, and what their template names. */
export const templateRefs: RefReader = object => {
	const {namespace} = object.metadata;
	const labelSelector = selectorOf(object);
	return [
		...(labelSelector ? [related('selects', {group: '', kind: 'Pod', namespace}, {by: 'labels', labelSelector})] : []),
		...podSpecRefs(fieldAt(object, 'spec', 'template', 'spec'), namespace),
		...(isScalable(object.kind) ? [related('scaled by', {group: 'autoscaling', kind: 'HorizontalPodAutoscaler', namespace}, {by: 'naming'})] : []),
	];
};

/** Of a CronJob: its Jobs, and what their pods will name. */
export const cronJobRefs: RefReader = object => [
	...ownedBy(object, 'batch', 'Job'),
	...podSpecRefs(fieldAt(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec'), object.metadata.namespace),
];

/** Of a HorizontalPodAutoscaler: what it scales. */
export const autoscalerRefs: RefReader = object => {
	const target = fieldAt(object, 'spec', 'scaleTargetRef');
	const of = {group: groupOf(textAt(target, 'apiVersion') ?? ''), kind: textAt(target, 'kind') ?? '', namespace: object.metadata.namespace};
	return named('scales', of, textAt(target, 'name'));
};

/** Of a PodDisruptionBudget: the pods it protects. An empty selector means every pod of the namespace (policy/v1). */
export const budgetRefs: RefReader = object => selectsPods(object, 'protects', 'selector');

/** Of a NetworkPolicy: the pods it isolates. */
export const networkPolicyRefs: RefReader = object => selectsPods(object, 'selects', 'podSelector');

function selectsPods(object: Parameters<RefReader>[0], relation: string, field: string): readonly RelatedRef[] {
	const labelSelector = labelSelectorText(fieldAt(object, 'spec', field));
	return labelSelector === undefined ? [] : [related(relation, {group: '', kind: 'Pod', namespace: object.metadata.namespace}, {by: 'labels', labelSelector})];
}

function ownedBy(object: Parameters<RefReader>[0], group: string, kind: string): readonly RelatedRef[] {
	const {uid, namespace} = object.metadata;
	if (uid === undefined) return [];
	const labelSelector = selectorOf(object);
	return [related('owned', {group, kind, namespace}, labelSelector ? {by: 'owner', uid, labelSelector} : {by: 'owner', uid})];
}

function selectorOf(object: Parameters<RefReader>[0]): string | undefined {
	const selector = fieldAt(object, 'spec', 'selector');
	if (object.kind !== 'ReplicationController') return labelSelectorText(selector);
	return labelSelectorText({matchLabels: selector});
}

function isScalable(kind: string): boolean {
	return kind === 'Deployment' || kind === 'StatefulSet' || kind === 'ReplicaSet';
}
