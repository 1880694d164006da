import {textAt} from './field.ts';
import type {KubeObject, OwnerReference} from './kubernetes.ts';
import {apiServiceRefs, bindingRefs, definitionRefs, roleRefs, serviceAccountRefs, webhookRefs} from './related/access-refs.ts';
import {endpointSliceRefs, gatewayRefs, ingressRefs, routeRefs, serviceRefs} from './related/network-refs.ts';
import {podRefs} from './related/pod-refs.ts';
import {groupOf, named, type RefReader, type RelatedRef, related} from './related/related-ref.ts';
import {attachmentRefs, claimRefs, podMaterialRefs, secretRefs, volumeRefs} from './related/storage-refs.ts';
import {autoscalerRefs, budgetRefs, cronJobRefs, deploymentRefs, networkPolicyRefs, statefulSetRefs, templateRefs} from './related/workload-refs.ts';

/** By `group/Kind`, so that a custom kind with a built-in's name is not mistaken for it. */
const readers: Readonly<Record<string, RefReader>> = {
	'/Pod': podRefs,
	'/Service': serviceRefs,
	'/Node': object => [related('runs', {group: '', kind: 'Pod'}, {by: 'fields', fieldSelector: `spec.nodeName=${object.metadata.name}`})],
	'/ConfigMap': podMaterialRefs,
	'/Secret': secretRefs,
	'/ServiceAccount': serviceAccountRefs,
	'/PersistentVolumeClaim': claimRefs,
	'/PersistentVolume': volumeRefs,
	'/ReplicationController': templateRefs,
	'/Event': object => {
		const about = (key: string): string | undefined => textAt(object, 'involvedObject', key);
		return named('about', {group: groupOf(about('apiVersion') ?? ''), kind: about('kind') ?? '', namespace: about('namespace')}, about('name'));
	},
	'apps/Deployment': deploymentRefs,
	'apps/StatefulSet': statefulSetRefs,
	'apps/DaemonSet': templateRefs,
	'apps/ReplicaSet': templateRefs,
	'batch/Job': templateRefs,
	'batch/CronJob': cronJobRefs,
	'autoscaling/HorizontalPodAutoscaler': autoscalerRefs,
	'policy/PodDisruptionBudget': budgetRefs,
	'networking.k8s.io/Ingress': ingressRefs,
	'networking.k8s.io/NetworkPolicy': networkPolicyRefs,
	'discovery.k8s.io/EndpointSlice': endpointSliceRefs,
	'gateway.networking.k8s.io/Gateway': gatewayRefs,
	'gateway.networking.k8s.io/HTTPRoute': routeRefs,
	'gateway.networking.k8s.io/GRPCRoute': routeRefs,
	'storage.k8s.io/VolumeAttachment': attachmentRefs,
	'rbac.authorization.k8s.io/Role': roleRefs,
	'rbac.authorization.k8s.io/ClusterRole': roleRefs,
	'rbac.authorization.k8s.io/RoleBinding': bindingRefs,
	'rbac.authorization.k8s.io/ClusterRoleBinding': bindingRefs,
	'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhookRefs,
	'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhookRefs,
	'apiregistration.k8s.io/APIService': apiServiceRefs,
	'apiextensions.k8s.io/CustomResourceDefinition': definitionRefs,
};

/**
 * What an object's own fields say it has to do with, owners first, each once: names, selectors and where to look for
 * objects that point back. Whether the others exist is not known here.
 */
export function relatedRefs(object: KubeObject): readonly RelatedRef[] {
	const reader = readers[`${groupOf(object.apiVersion)}/${object.kind}`];
	const {ownerReferences = [], namespace} = object.metadata;
	const refs = [...ownerReferences.flatMap(owner => ownerRef(owner, namespace)), ...(reader?.(object) ?? [])];
	const seen = new Map(refs.map(ref => [JSON.stringify(ref), ref]));
	return [...seen.values()];
}

/**
 * The reference to an owner. It stands in the namespace of its dependent or is cluster-scoped (metav1 OwnerReference);
 * which of the two is the kind's to say.
 */
export function ownerRef(owner: OwnerReference, namespace: string | undefined): readonly RelatedRef[] {
	return named('owner', {group: groupOf(owner.apiVersion), kind: owner.kind, namespace}, owner.name);
}

/** Does the object name the other one in one of its fields? */
export function names(object: KubeObject, other: KubeObject): boolean {
	const group = groupOf(other.apiVersion);
	return relatedRefs(object).some(
		({target, ...ref}) =>
			target.by === 'name' &&
			target.name === other.metadata.name &&
			ref.kind === other.kind &&
			ref.group === group &&
			(other.metadata.namespace === undefined || ref.namespace === other.metadata.namespace),
	);
}
