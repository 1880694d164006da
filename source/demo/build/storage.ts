import type {DemoCluster} from '../cluster.ts';
import {timestamp} from '../stored-object.ts';
import {add} from './foundation.ts';

const driver = 'csi.example.test';
const apiVersion = 'storage.k8s.io/v1';

/** The storage classes and their driver. */
export function addStorageClasses(cluster: DemoCluster, createdAt: number): void {
	const common = {provisioner: driver, reclaimPolicy: 'Delete', volumeBindingMode: 'WaitForFirstConsumer', allowVolumeExpansion: true};
	const annotations = {'storageclass.kubernetes.io/is-default-class': 'true'};
	add(cluster, {apiVersion, kind: 'StorageClass', metadata: {name: 'ssd', annotations}, ...common}, createdAt);
	add(cluster, {apiVersion, kind: 'StorageClass', metadata: {name: 'archive'}, ...common, reclaimPolicy: 'Retain'}, createdAt);
	const spec = {attachRequired: true, podInfoOnMount: false, storageCapacity: true, requiresRepublish: false, volumeLifecycleModes: ['Persistent']};
	add(cluster, {apiVersion, kind: 'CSIDriver', metadata: {name: driver}, spec}, createdAt);
	const capacity = {storageClassName: 'ssd', capacity: '512Gi', nodeTopology: {matchLabels: {'topology.kubernetes.io/zone': 'eu-central-1a'}}};
	add(cluster, {apiVersion, kind: 'CSIStorageCapacity', metadata: {name: 'csisc-ssd-a', namespace: 'kube-system'}, ...capacity}, createdAt);
	add(cluster, {apiVersion, kind: 'VolumeAttributesClass', metadata: {name: 'fast'}, driverName: driver, parameters: {iops: '8000'}}, createdAt);
}

export type ClaimOptions = Readonly<{namespace: string; name: string; size: string; createdAt: number; node: string; storageClass?: string}>;

/** A bound claim with its volume and the attachment of that to a node. */
export function addClaim(cluster: DemoCluster, options: ClaimOptions): void {
	const {namespace, name, size, createdAt, node, storageClass = 'ssd'} = options;
	const volumeName = `pvc-${cluster.random.uuid()}`;
	const shared = {accessModes: ['ReadWriteOnce'], storageClassName: storageClass, volumeMode: 'Filesystem'};
	const claim = {...shared, resources: {requests: {storage: size}}, volumeName};
	const claimStatus = {phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: {storage: size}};
	const finalizers = ['kubernetes.io/pvc-protection'];
	add(cluster, {apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: {name, namespace, finalizers}, spec: claim, status: claimStatus}, createdAt);
	const stored = cluster.get('persistentvolumeclaims', namespace, name);
	const claimRef = {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid: stored?.metadata.uid ?? ''};
	const csi = {driver, volumeHandle: `vol-${cluster.random.hex(17)}`, fsType: 'ext4'};
	const volume = {...shared, capacity: {storage: size}, persistentVolumeReclaimPolicy: 'Delete', claimRef, csi};
	const status = {phase: 'Bound', lastPhaseTransitionTime: timestamp(createdAt)};
	add(cluster, {apiVersion: 'v1', kind: 'PersistentVolume', metadata: {name: volumeName}, spec: volume, status}, createdAt);
	const attachment = {attacher: driver, nodeName: node, source: {persistentVolumeName: volumeName}};
	const metadata = {name: `csi-${cluster.random.hex(64)}`};
	add(cluster, {apiVersion, kind: 'VolumeAttachment', metadata, spec: attachment, status: {attached: true}}, createdAt);
}
