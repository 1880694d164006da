import type {DemoCluster} from '../cluster.ts';
import {type JsonObject, numberAt, recordsAt, textAt} from '../json.ts';
import {seededRandom, seedOf} from '../random.ts';
import {type StoredObject, timestamp} from '../stored-object.ts';
import {quantityValue} from './quantities.ts';
import {containerUsage, nodeUsage, runningPodsByNode, runningSince, type Usage} from './usage.ts';

/** The kubelet's own window for rates. */
const windowMs = 10_000;
const gibibyte = 2 ** 30;

/** A file system of so many bytes with so many of them used. */
function fileSystem(time: string, capacityBytes: number, usedBytes: number): JsonObject {
	const inodes = Math.round(capacityBytes / 16_384);
	const inodesUsed = Math.round(usedBytes / 65_536);
	return {time, availableBytes: Math.round(capacityBytes - usedBytes), capacityBytes, usedBytes, inodesFree: inodes - inodesUsed, inodes, inodesUsed};
}

function cpu(time: string, usage: Usage): JsonObject {
	return {time, usageNanoCores: Math.round(usage.nanoCores), usageCoreNanoSeconds: usage.coreNanoSeconds};
}

function memory(time: string, usage: Usage, limitBytes: number): JsonObject {
	const workingSetBytes = usage.memoryBytes;
	const available = limitBytes > 0 ? {availableBytes: Math.max(0, limitBytes - workingSetBytes)} : {};
	return {
		time,
		...available,
		usageBytes: Math.round(workingSetBytes * 1.06),
		workingSetBytes,
		rssBytes: Math.round(workingSetBytes * 0.85),
		pageFaults: 4188,
		majorPageFaults: 0,
	};
}

function network(time: string, seed: string, moment: number): JsonObject {
	const random = seededRandom(seedOf(seed));
	const rxBytes = Math.round((moment / 1000) * random.integer(200, 9000));
	const eth0 = {name: 'eth0', rxBytes, rxErrors: 0, txBytes: Math.round(rxBytes * 0.7), txErrors: 0};
	return {time, ...eth0, interfaces: [eth0]};
}

/** How full a claim is: the same share for the same claim, growing slowly. */
function claimUsage(claim: StoredObject, moment: number): Readonly<{capacity: number; used: number}> {
	const capacity = quantityValue(textAt(claim, 'status', 'capacity', 'storage'));
	const share = 0.35 + (seedOf(`${claim.metadata.namespace ?? ''}/${claim.metadata.name}`) % 400) / 1000;
	const grown = ((moment / 3_600_000) % 24) / 1000;
	return {capacity, used: Math.round(capacity * (share + grown))};
}

function volumesOf(cluster: DemoCluster, pod: StoredObject, time: string, moment: number): readonly JsonObject[] {
	return recordsAt(pod, 'spec', 'volumes').flatMap((volume): readonly JsonObject[] => {
		const name = textAt(volume, 'name');
		const claimName = textAt(volume, 'persistentVolumeClaim', 'claimName');
		if (claimName === '') return [{...fileSystem(time, 178_257_920, 12_288), name}];
		const claim = cluster.get('persistentvolumeclaims', pod.metadata.namespace, claimName);
		if (claim === undefined) return [];
		const {capacity, used} = claimUsage(claim, moment);
		return [{...fileSystem(time, capacity, used), name, pvcRef: {name: claimName, namespace: pod.metadata.namespace ?? ''}}];
	});
}

function sum(usages: readonly Usage[]): Usage {
	return usages.reduce(
		(total, usage) => ({
			nanoCores: total.nanoCores + usage.nanoCores,
			coreNanoSeconds: total.coreNanoSeconds + usage.coreNanoSeconds,
			memoryBytes: total.memoryBytes + usage.memoryBytes,
		}),
		{nanoCores: 0, coreNanoSeconds: 0, memoryBytes: 0},
	);
}

type View = Readonly<{cluster: DemoCluster; moment: number; time: string; disk: number}>;

function podStats({cluster, moment, time, disk}: View, pod: StoredObject): JsonObject {
	const usages: Usage[] = [];
	const containers = recordsAt(pod, 'spec', 'containers').flatMap((container): readonly JsonObject[] => {
		const name = textAt(container, 'name');
		const usage = containerUsage(pod, container, moment, windowMs);
		if (usage === undefined) return [];
		usages.push(usage);
		const limit = quantityValue(textAt(container, 'resources', 'limits', 'memory'));
		const logBytes = 8192 * (1 + (seedOf(`${pod.metadata.uid} ${name}`) % 900));
		return [
			{
				name,
				startTime: timestamp(runningSince(pod, name) ?? moment),
				cpu: cpu(time, usage),
				memory: memory(time, usage, limit),
				rootfs: fileSystem(time, disk, 32_768),
				logs: fileSystem(time, disk, logBytes),
				swap: {time, swapUsageBytes: 0},
			},
		];
	});
	const logs = containers.reduce((bytes, container) => bytes + numberAt(container, 'logs', 'usedBytes') + numberAt(container, 'rootfs', 'usedBytes'), 0);
	return {
		podRef: {name: pod.metadata.name, namespace: pod.metadata.namespace ?? '', uid: pod.metadata.uid},
		startTime: textAt(pod, 'status', 'startTime'),
		containers,
		cpu: cpu(time, sum(usages)),
		memory: memory(time, sum(usages), 0),
		network: network(time, pod.metadata.uid, moment - Date.parse(pod.metadata.creationTimestamp)),
		volume: volumesOf(cluster, pod, time, moment),
		'ephemeral-storage': fileSystem(time, disk, logs + 12_288),
		process_stats: {process_count: containers.length},
		swap: {time, swapUsageBytes: 0},
	};
}

/** The kubelet's `/stats/summary` of a node: the node, each pod that runs on it, its containers, volumes and ephemeral storage. */
export function statsSummary(cluster: DemoCluster, node: StoredObject, now: number): JsonObject {
	const moment = now - 3000;
	const time = timestamp(moment);
	const disk = quantityValue(textAt(node, 'status', 'capacity', 'ephemeral-storage'));
	const pods = runningPodsByNode(cluster).get(node.metadata.name) ?? [];
	const usage = nodeUsage(node, pods, moment, windowMs);
	const used = Math.round(disk * 0.31) + pods.length * gibibyte * 0.1;
	return {
		node: {
			nodeName: node.metadata.name,
			systemContainers: ['kubelet', 'pods'].map(name => ({
				name,
				startTime: node.metadata.creationTimestamp,
				cpu: cpu(time, usage),
				memory: memory(time, usage, 0),
			})),
			startTime: node.metadata.creationTimestamp,
			cpu: cpu(time, usage),
			memory: memory(time, usage, quantityValue(textAt(node, 'status', 'capacity', 'memory'))),
			network: network(time, node.metadata.name, moment - Date.parse(node.metadata.creationTimestamp)),
			fs: fileSystem(time, disk, used),
			runtime: {imageFs: fileSystem(time, disk, Math.round(disk * 0.12)), containerFs: fileSystem(time, disk, Math.round(disk * 0.02))},
			rlimit: {time, maxpid: 192_730, curproc: 300 + pods.length * 6},
		},
		pods: pods.map(pod => podStats({cluster, moment, time, disk}, pod)),
	};
}
