import {fieldAt, textAt} from '../field.ts';
import {named, type RefReader, related} from './related-ref.ts';

const storageClass = {group: 'storage.k8s.io', kind: 'StorageClass'} as const;

/** Of a PersistentVolumeClaim: its volume and class, the pods that mount it. */
export const claimRefs: RefReader = object => [
	...named('volume', {group: '', kind: 'PersistentVolume'}, textAt(object, 'spec', 'volumeName')),
	...named('storage class', storageClass, textAt(object, 'spec', 'storageClassName')),
	related('used by', {group: '', kind: 'Pod', namespace: object.metadata.namespace}, {by: 'naming'}),
];

/** Of a PersistentVolume: the claim it is bound to, its class, where it is attached. */
export const volumeRefs: RefReader = object => {
	const claim = fieldAt(object, 'spec', 'claimRef');
	return [
		...named('claim', {group: '', kind: 'PersistentVolumeClaim', namespace: textAt(claim, 'namespace')}, textAt(claim, 'name')),
		...named('storage class', storageClass, textAt(object, 'spec', 'storageClassName')),
		related('attached by', {group: 'storage.k8s.io', kind: 'VolumeAttachment'}, {by: 'naming'}),
	];
};

/** Of a VolumeAttachment: the volume and the node. */
export const attachmentRefs: RefReader = object => [
	...named('volume', {group: '', kind: 'PersistentVolume'}, textAt(object, 'spec', 'source', 'persistentVolumeName')),
	...named('node', {group: '', kind: 'Node'}, textAt(object, 'spec', 'nodeName')),
];

/** Of a ConfigMap, Secret or ServiceAccount: the pods that name it. */
export const podMaterialRefs: RefReader = object => [related('used by', {group: '', kind: 'Pod', namespace: object.metadata.namespace}, {by: 'naming'})];

/** Of a Secret, beside its pods: the Ingresses that serve with it. */
export const secretRefs: RefReader = object => [
	...podMaterialRefs(object),
	related('tls of', {group: 'networking.k8s.io', kind: 'Ingress', namespace: object.metadata.namespace}, {by: 'naming'}),
];
