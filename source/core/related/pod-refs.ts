import {fieldAt, listAt, textAt} from '../field.ts';
import {named, type RefReader, type RelatedRef, related} from './related-ref.ts';

const services = {group: '', kind: 'Service'} as const;

/** Of a pod: its node, and everything its spec names; which Services, budgets and policies select it. */
export const podRefs: RefReader = object => {
	const {namespace, labels = {}} = object.metadata;
	const selecting = [services, {group: 'policy', kind: 'PodDisruptionBudget'}, {group: 'networking.k8s.io', kind: 'NetworkPolicy'}];
	return [
		...named('node', {group: '', kind: 'Node'}, textAt(object, 'spec', 'nodeName')),
		...podSpecRefs(fieldAt(object, 'spec'), namespace),
		...(Object.keys(labels).length > 0 ? selecting.map(of => related('selected by', {...of, namespace}, {by: 'selecting', labels})) : []),
	];
};

/** Everything that the spec of a pod, or of a workload's pod template, names. */
export function podSpecRefs(spec: unknown, namespace: string | undefined): readonly RelatedRef[] {
	const containers = [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')];
	return [
		...named('service account', {group: '', kind: 'ServiceAccount', namespace}, textAt(spec, 'serviceAccountName')),
		...listAt(spec, 'volumes').flatMap(volume => volumeRefs(volume, namespace)),
		...containers.flatMap(container => environmentRefs(container, namespace)),
		...listAt(spec, 'imagePullSecrets').flatMap(secret => named('pull secret', {group: '', kind: 'Secret', namespace}, textAt(secret, 'name'))),
		...named('priority class', {group: 'scheduling.k8s.io', kind: 'PriorityClass'}, textAt(spec, 'priorityClassName')),
		...named('runtime class', {group: 'node.k8s.io', kind: 'RuntimeClass'}, textAt(spec, 'runtimeClassName')),
	];
}

function volumeRefs(volume: unknown, namespace: string | undefined): readonly RelatedRef[] {
	const projected = listAt(volume, 'projected', 'sources');
	return [
		...sourceRefs('mounts', volume, namespace),
		...named('mounts', {group: '', kind: 'Secret', namespace}, textAt(volume, 'secret', 'secretName'), isOptional(fieldAt(volume, 'secret'))),
		...named('claims', {group: '', kind: 'PersistentVolumeClaim', namespace}, textAt(volume, 'persistentVolumeClaim', 'claimName')),
		...named('mounts', {group: '', kind: 'Secret', namespace}, textAt(volume, 'csi', 'nodePublishSecretRef', 'name')),
		...projected.flatMap(source => sourceRefs('mounts', source, namespace)),
	];
}

/** `configMap: {name}` and `secret: {name}`, as volumes and projected sources have them. */
function sourceRefs(relation: string, source: unknown, namespace: string | undefined): readonly RelatedRef[] {
	return [
		...named(relation, {group: '', kind: 'ConfigMap', namespace}, textAt(source, 'configMap', 'name'), isOptional(fieldAt(source, 'configMap'))),
		...named(relation, {group: '', kind: 'Secret', namespace}, textAt(source, 'secret', 'name'), isOptional(fieldAt(source, 'secret'))),
	];
}

function environmentRefs(container: unknown, namespace: string | undefined): readonly RelatedRef[] {
	const from = [
		...listAt(container, 'envFrom').flatMap(source => [
			{kind: 'ConfigMap', reference: fieldAt(source, 'configMapRef')},
			{kind: 'Secret', reference: fieldAt(source, 'secretRef')},
		]),
		...listAt(container, 'env').flatMap(variable => [
			{kind: 'ConfigMap', reference: fieldAt(variable, 'valueFrom', 'configMapKeyRef')},
			{kind: 'Secret', reference: fieldAt(variable, 'valueFrom', 'secretKeyRef')},
		]),
	];
	return from.flatMap(({kind, reference}) => named('env from', {group: '', kind, namespace}, textAt(reference, 'name'), isOptional(reference)));
}

function isOptional(reference: unknown): boolean {
	return fieldAt(reference, 'optional') === true;
}
