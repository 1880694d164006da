import type {DemoCluster} from '../cluster.ts';
import {type Json, type JsonObject, numberAt, recordAt, textsAt} from '../json.ts';
import {ownedBy, type StoredObject, timestamp} from '../stored-object.ts';
import {managedEntry} from './managed-fields.ts';

export type WorkloadOptions = Readonly<{
	namespace: string;
	name: string;
	labels: Readonly<Record<string, string>>;
	/** A pod spec, as build/containers.ts makes it. */
	spec: JsonObject;
	createdAt: number;
	replicas?: number;
	/** Annotations of the pods: their fate, among others. */
	podAnnotations?: Readonly<Record<string, string>>;
	annotations?: Readonly<Record<string, string>>;
	/** More labels of the pods, which no selector asks for. */
	podLabels?: Readonly<Record<string, string>>;
	revision?: number;
	/** Of a StatefulSet: the size of the volume `data` that each pod claims. */
	claimSize?: string;
}>;

type PodTemplate = Readonly<{metadata: JsonObject; spec: JsonObject}>;

export function templateOf(options: WorkloadOptions): PodTemplate {
	const annotations = options.podAnnotations === undefined ? {} : {annotations: options.podAnnotations};
	return {metadata: {labels: {...options.labels, ...options.podLabels}, ...annotations}, spec: options.spec};
}

type WorkloadKind = Readonly<{apiVersion: string; kind: string; spec: JsonObject}>;

/** Stores a workload of any kind with what all of them have. */
export function addWorkload(cluster: DemoCluster, options: WorkloadOptions, {apiVersion, kind, spec}: WorkloadKind): StoredObject {
	const {namespace, name, labels, createdAt, annotations} = options;
	return cluster.create({
		apiVersion,
		kind,
		metadata: {
			name,
			namespace,
			creationTimestamp: timestamp(createdAt),
			labels,
			...(annotations === undefined ? {} : {annotations}),
			managedFields: [managedEntry('kubectl-client-side-apply', apiVersion, {metadata: {labels}, spec}, {at: createdAt})],
		},
		spec,
		status: {observedGeneration: 1},
	});
}

/** A Deployment without its ReplicaSet and pods: the control plane, or settle(), makes them. */
export function addDeployment(cluster: DemoCluster, options: WorkloadOptions): StoredObject {
	const spec = {
		replicas: options.replicas ?? 1,
		selector: {matchLabels: options.labels},
		template: templateOf(options),
		strategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: '25%', maxSurge: '25%'}},
		revisionHistoryLimit: 10,
		progressDeadlineSeconds: 600,
	};
	const annotations = {'deployment.kubernetes.io/revision': String(options.revision ?? 1), ...options.annotations};
	return addWorkload(cluster, {...options, annotations}, {apiVersion: 'apps/v1', kind: 'Deployment', spec});
}

function claimTemplate(size: string): JsonObject {
	const spec = {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: size}}, storageClassName: 'ssd', volumeMode: 'Filesystem'};
	return {apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: {name: 'data'}, spec, status: {phase: 'Pending'}};
}

export function addStatefulSet(cluster: DemoCluster, options: WorkloadOptions): StoredObject {
	const spec = {
		replicas: options.replicas ?? 1,
		selector: {matchLabels: options.labels},
		template: templateOf(options),
		...(options.claimSize === undefined ? {} : {volumeClaimTemplates: [claimTemplate(options.claimSize)]}),
		serviceName: options.name,
		podManagementPolicy: 'OrderedReady',
		updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 0}},
		revisionHistoryLimit: 10,
	};
	return addWorkload(cluster, options, {apiVersion: 'apps/v1', kind: 'StatefulSet', spec});
}

export function addDaemonSet(cluster: DemoCluster, options: WorkloadOptions): StoredObject {
	const spec = {
		selector: {matchLabels: options.labels},
		template: templateOf(options),
		updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 1, maxSurge: 0}},
		revisionHistoryLimit: 10,
	};
	return addWorkload(cluster, options, {apiVersion: 'apps/v1', kind: 'DaemonSet', spec});
}

/** The spec of a job, also inside a cron job. */
export function jobSpec(options: Pick<WorkloadOptions, 'labels' | 'spec' | 'podAnnotations'>): JsonObject {
	const annotations = options.podAnnotations === undefined ? {} : {annotations: options.podAnnotations};
	return {
		parallelism: 1,
		completions: 1,
		backoffLimit: 3,
		template: {metadata: {labels: options.labels, ...annotations}, spec: options.spec},
		completionMode: 'NonIndexed',
		suspend: false,
	};
}

export function addCronJob(cluster: DemoCluster, options: WorkloadOptions & Readonly<{schedule: string; isSuspended?: boolean}>): StoredObject {
	const spec = {
		schedule: options.schedule,
		concurrencyPolicy: 'Forbid',
		suspend: options.isSuspended === true,
		jobTemplate: {metadata: {labels: options.labels}, spec: jobSpec(options)},
		successfulJobsHistoryLimit: 3,
		failedJobsHistoryLimit: 1,
	};
	return addWorkload(cluster, options, {apiVersion: 'batch/v1', kind: 'CronJob', spec});
}

/** A name part that is the same for the same template, in the alphabet the controllers use. */
export function templateHash(template: Json | undefined): string {
	let hash = 2166136261;
	const text = JSON.stringify(template ?? null);
	for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619) >>> 0;
	const alphabet = 'bcdf456789';
	return [...String(hash)].map(digit => alphabet.charAt(Number(digit))).join('');
}

export type PodSeed = Readonly<{name: string; createdAt: number; labels?: Readonly<Record<string, string>>; hostname?: string; node?: string}>;

/** A pod of an owner's template as the controllers create it: pending, on no node. */
export function podOf(owner: StoredObject, template: Json | undefined, seed: PodSeed): Parameters<DemoCluster['create']>[0] {
	const spec = recordAt(template, 'spec');
	const annotations = textsAt(template, 'metadata', 'annotations');
	const labels = {...textsAt(template, 'metadata', 'labels'), ...seed.labels};
	const owners = [ownedBy(owner)];
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name: seed.name,
			...(seed.hostname === undefined ? {generateName: `${owner.metadata.name}-`} : {}),
			...(owner.metadata.namespace === undefined ? {} : {namespace: owner.metadata.namespace}),
			generation: 1,
			creationTimestamp: timestamp(seed.createdAt),
			labels,
			...(Object.keys(annotations).length === 0 ? {} : {annotations}),
			ownerReferences: owners,
			managedFields: [
				managedEntry('kube-controller-manager', 'v1', {metadata: {generateName: '', labels, ownerReferences: owners}, spec}, {at: seed.createdAt}),
				managedEntry('kubelet', 'v1', kubeletFields, {at: seed.createdAt + 3000, subresource: 'status'}),
			],
		},
		spec: {...spec, ...(seed.hostname === undefined ? {} : {hostname: seed.hostname}), ...(seed.node === undefined ? {} : {nodeName: seed.node})},
		status: {phase: 'Pending', qosClass: 'Burstable'},
	};
}

const conditionFields = ['Initialized', 'Ready', 'ContainersReady', 'PodReadyToStartContainers'].map(type => ({
	type,
	status: 'True',
	lastProbeTime: null,
	lastTransitionTime: '',
	observedGeneration: 1,
}));

/** The fields of a pod that the kubelet owns: the same for every pod. */
const kubeletFields: JsonObject = {
	status: {conditions: conditionFields, containerStatuses: 0, hostIP: '', hostIPs: 0, observedGeneration: 1, phase: '', podIP: '', podIPs: 0, startTime: ''},
};

/** The wanted number of pods of a workload. */
export function replicasOf(workload: StoredObject): number {
	return recordAt(workload, 'spec')['replicas'] === undefined ? 1 : numberAt(workload, 'spec', 'replicas');
}
