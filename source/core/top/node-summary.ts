import {fieldAt, listAt, numberAt, textAt, timeAt} from '../field.ts';
import type {Amounts} from './amounts.ts';
import {nanoOf} from './nano.ts';
import {podKey, type PodUsage, type Usage, wholeSum} from './usage.ts';

/** Bytes of a file system; a part that the kubelet leaves out is missing. */
export type FileSystemUse = Readonly<{used?: number; capacity?: number; available?: number}>;

/** A volume of a pod with what is stored in it; `claim` is its PersistentVolumeClaim. */
export type VolumeUse = FileSystemUse & Readonly<{name: string; claim?: string}>;

export type PodSummary = Readonly<{
	key: string;
	usage?: PodUsage;
	/** Bytes of container layers, logs and local volumes. */
	ephemeral?: number;
	volumes: readonly VolumeUse[];
}>;

/** What a kubelet says of its node (`/stats/summary`, k8s.io/kubelet/pkg/apis/stats/v1alpha1). */
export type NodeSummary = Readonly<{
	node: string;
	usage?: Usage;
	/** What the eviction of pods goes by, bytes. */
	memoryAvailable?: number;
	fileSystem?: FileSystemUse;
	imageFileSystem?: FileSystemUse;
	/** By `namespace/name`. */
	pods: ReadonlyMap<string, PodSummary>;
}>;

/** The summary as a value; every field is read as optional, so that an answer nobody expected costs what it lacks. */
export function nodeSummary(name: string, summary: unknown): NodeSummary {
	const node = fieldAt(summary, 'node');
	const usage = usageOf(node);
	const memoryAvailable = numberAt(node, 'memory', 'availableBytes');
	const fileSystem = fileSystemOf(fieldAt(node, 'fs'));
	const imageFileSystem = fileSystemOf(fieldAt(node, 'runtime', 'imageFs'));
	const pods = listAt(summary, 'pods').map(podSummary);
	return {
		node: name,
		...(usage === undefined ? {} : {usage}),
		...(memoryAvailable === undefined ? {} : {memoryAvailable}),
		...(fileSystem === undefined ? {} : {fileSystem}),
		...(imageFileSystem === undefined ? {} : {imageFileSystem}),
		pods: new Map(pods.map(pod => [pod.key, pod])),
	};
}

function podSummary(pod: unknown): PodSummary {
	const usage = podUsageOf(pod);
	const ephemeral = numberAt(pod, 'ephemeral-storage', 'usedBytes');
	return {
		key: podKey(textAt(pod, 'podRef', 'namespace'), textAt(pod, 'podRef', 'name') ?? ''),
		...(usage === undefined ? {} : {usage}),
		...(ephemeral === undefined ? {} : {ephemeral}),
		volumes: listAt(pod, 'volume').map(volume => {
			const claim = textAt(volume, 'pvcRef', 'name');
			return {name: textAt(volume, 'name') ?? '', ...fileSystemOf(volume), ...(claim === undefined ? {} : {claim})};
		}),
	};
}

/** From the containers, as metrics-server sums them. A container that has just begun has no CPU figure yet. */
function podUsageOf(pod: unknown): PodUsage | undefined {
	const listed = listAt(pod, 'containers').map(container => ({
		name: textAt(container, 'name') ?? '',
		amounts: amountsOf(container),
		at: sampleTime(container),
	}));
	const at = Math.max(...listed.map(container => container.at ?? Number.NEGATIVE_INFINITY));
	if (!Number.isFinite(at)) return undefined;
	return {...wholeSum(listed.map(({amounts}) => amounts)), at, source: 'kubelet', containers: new Map(listed.map(({name, amounts}) => [name, amounts]))};
}

function usageOf(stats: unknown): Usage | undefined {
	const at = sampleTime(stats);
	return at === undefined ? undefined : {...amountsOf(stats), at, source: 'kubelet'};
}

function sampleTime(stats: unknown): number | undefined {
	return timeAt(stats, 'cpu', 'time') ?? timeAt(stats, 'memory', 'time');
}

function amountsOf(stats: unknown): Amounts {
	const nanoCores = numberAt(stats, 'cpu', 'usageNanoCores');
	const memory = nanoOf(numberAt(stats, 'memory', 'workingSetBytes'));
	return {...(nanoCores === undefined ? {} : {cpu: BigInt(Math.ceil(nanoCores))}), ...(memory === undefined ? {} : {memory})};
}

function fileSystemOf(stats: unknown): FileSystemUse | undefined {
	const used = numberAt(stats, 'usedBytes');
	const capacity = numberAt(stats, 'capacityBytes');
	const available = numberAt(stats, 'availableBytes');
	if (used === undefined && capacity === undefined && available === undefined) return undefined;
	return {...(used === undefined ? {} : {used}), ...(capacity === undefined ? {} : {capacity}), ...(available === undefined ? {} : {available})};
}
