import type {DemoCluster} from '../cluster.ts';
import type {JsonObject} from '../json.ts';
import {type StoredObject, timestamp} from '../stored-object.ts';
import {managedEntry} from './managed-fields.ts';

export type NodeOptions = Readonly<{
	name: string;
	/** Counted from 1: its address and pod range. */
	number: number;
	createdAt: number;
	isControlPlane?: boolean;
	zone?: string;
	cpu?: string;
	memoryKi?: number;
	/** A condition that is not as it should be. */
	pressure?: Readonly<{type: 'MemoryPressure' | 'DiskPressure' | 'PIDPressure'; since: number; message: string}>;
}>;

type ConditionText = Readonly<{type: string; good: 'True' | 'False'; reason: string; message: string}>;

const conditionTexts: readonly ConditionText[] = [
	{type: 'MemoryPressure', good: 'False', reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available'},
	{type: 'DiskPressure', good: 'False', reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure'},
	{type: 'PIDPressure', good: 'False', reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available'},
	{type: 'Ready', good: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status'},
];

/** `10.0.1.21` for node 1 and so on, also beyond 255. */
export function nodeAddress(number: number): string {
	return `10.0.${1 + Math.floor((number + 19) / 250)}.${1 + ((number + 19) % 250)}`;
}

function conditions(options: NodeOptions, now: number): readonly JsonObject[] {
	return conditionTexts.map(({type, good, reason, message}) => {
		const own = options.pressure?.type === type ? options.pressure : undefined;
		return {
			type,
			status: own === undefined ? good : 'True',
			lastHeartbeatTime: timestamp(now),
			lastTransitionTime: timestamp(own?.since ?? options.createdAt + 30_000),
			reason: own === undefined ? reason : `KubeletHas${type === 'MemoryPressure' ? 'InsufficientMemory' : type}`,
			message: own?.message ?? message,
		};
	});
}

const nodeInfo = {
	architecture: 'amd64',
	containerRuntimeVersion: 'containerd://2.1.4',
	kernelVersion: '6.12.48-cloud-amd64',
	kubeletVersion: 'v1.34.2',
	kubeProxyVersion: '',
	operatingSystem: 'linux',
	osImage: 'Debian GNU/Linux 13 (trixie)',
};

function labelsOf(options: NodeOptions): Readonly<Record<string, string>> {
	return {
		'beta.kubernetes.io/arch': 'amd64',
		'beta.kubernetes.io/os': 'linux',
		'kubernetes.io/arch': 'amd64',
		'kubernetes.io/hostname': options.name,
		'kubernetes.io/os': 'linux',
		'node.kubernetes.io/instance-type': 'm7.xlarge',
		...(options.isControlPlane === true ? {'node-role.kubernetes.io/control-plane': ''} : {'node-role.kubernetes.io/worker': ''}),
		'topology.kubernetes.io/region': 'eu-central-1',
		'topology.kubernetes.io/zone': options.zone ?? 'eu-central-1a',
	};
}

function taintsOf(options: NodeOptions): JsonObject {
	if (options.isControlPlane === true) return {taints: [{key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule'}]};
	if (options.pressure === undefined) return {};
	const key = options.pressure.type.replace(/Pressure$/u, '').toLowerCase();
	return {taints: [{key: `node.kubernetes.io/${key}-pressure`, effect: 'NoSchedule', timeAdded: timestamp(options.pressure.since)}]};
}

/** A node with its lease and CSINode, all of them as after a heartbeat just now. */
export function addNode(cluster: DemoCluster, options: NodeOptions): StoredObject {
	const {name, number, createdAt} = options;
	const cpu = options.cpu ?? '4';
	const memoryKi = options.memoryKi ?? 16 * 1024 * 1024;
	const now = cluster.now();
	const podCIDR = `10.${244 + Math.floor(number / 256)}.${number % 256}.0/24`;
	const resources = {cpu, 'ephemeral-storage': '101430960Ki', 'hugepages-2Mi': '0', memory: `${memoryKi}Ki`, pods: '110'};
	const status = {
		capacity: resources,
		allocatable: {...resources, memory: `${memoryKi - 102_400}Ki`, 'ephemeral-storage': '93478772582'},
		conditions: conditions(options, now),
		addresses: [
			{type: 'InternalIP', address: nodeAddress(number)},
			{type: 'Hostname', address: name},
		],
		daemonEndpoints: {kubeletEndpoint: {Port: 10250}},
		nodeInfo: {...nodeInfo, machineID: cluster.random.hex(32), systemUUID: cluster.random.uuid(), bootID: cluster.random.uuid()},
		images: [{names: ['registry.k8s.io/pause:3.10'], sizeBytes: 320_368}],
	};
	const spec = {podCIDR, podCIDRs: [podCIDR], providerID: `demo:///${name}`, ...taintsOf(options)};
	const node = cluster.create({
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name,
			creationTimestamp: timestamp(createdAt),
			labels: labelsOf(options),
			annotations: {'node.alpha.kubernetes.io/ttl': '0', 'volumes.kubernetes.io/controller-managed-attach-detach': 'true'},
			managedFields: [managedEntry('kubelet', 'v1', {status}, {at: now, subresource: 'status'})],
		},
		spec,
		status,
	});
	addLease(cluster, node);
	const drivers = [{name: 'csi.example.test', nodeID: name, topologyKeys: ['topology.kubernetes.io/zone']}];
	cluster.create({apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', metadata: {name, creationTimestamp: timestamp(createdAt)}, spec: {drivers}});
	return node;
}

function addLease(cluster: DemoCluster, node: StoredObject): void {
	const {name, uid, creationTimestamp} = node.metadata;
	cluster.create({
		apiVersion: 'coordination.k8s.io/v1',
		kind: 'Lease',
		metadata: {name, namespace: 'kube-node-lease', creationTimestamp, ownerReferences: [{apiVersion: 'v1', kind: 'Node', name, uid}]},
		spec: {holderIdentity: name, leaseDurationSeconds: 40, renewTime: new Date(cluster.now()).toISOString().replace('Z', '000Z')},
	});
}
