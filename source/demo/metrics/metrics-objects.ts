import {recordsAt, textAt} from '../json.ts';
import {type StoredObject, timestamp} from '../stored-object.ts';
import {cpuQuantity, memoryQuantity} from './quantities.ts';
import {isWarm, lastSample, windowText} from './samples.ts';
import {containerUsage, nodeUsage, runningSince} from './usage.ts';

const apiVersion = 'metrics.k8s.io/v1beta1';

/** What metrics-server knows of a node: nothing until it has looked twice. */
export function nodeMetricsOf(node: StoredObject, pods: readonly StoredObject[], now: number): StoredObject | undefined {
	const sample = lastSample(node.metadata.name, now);
	if (!isWarm(Date.parse(node.metadata.creationTimestamp), sample)) return undefined;
	const {nanoCores, memoryBytes} = nodeUsage(node, pods, sample.at, sample.windowMs);
	return {
		kind: 'NodeMetrics',
		apiVersion,
		metadata: metadataOf(node, now),
		timestamp: timestamp(sample.at),
		window: windowText(sample),
		usage: {cpu: cpuQuantity(nanoCores), memory: memoryQuantity(memoryBytes)},
	};
}

/** What metrics-server knows of a pod: its running containers that it has looked at twice; undefined without any. */
export function podMetricsOf(pod: StoredObject, now: number): StoredObject | undefined {
	if (textAt(pod, 'status', 'phase') !== 'Running') return undefined;
	const sample = lastSample(textAt(pod, 'spec', 'nodeName'), now);
	const containers = recordsAt(pod, 'spec', 'containers').flatMap(container => {
		const name = textAt(container, 'name');
		const usage = containerUsage(pod, container, sample.at, sample.windowMs);
		if (usage === undefined || !isWarm(runningSince(pod, name) ?? now, sample)) return [];
		return [{name, usage: {cpu: cpuQuantity(usage.nanoCores), memory: memoryQuantity(usage.memoryBytes)}}];
	});
	if (containers.length === 0) return undefined;
	return {kind: 'PodMetrics', apiVersion, metadata: metadataOf(pod, now), timestamp: timestamp(sample.at), window: windowText(sample), containers};
}

/** Name and labels of what is measured, created just now: nothing of it is stored anywhere. */
function metadataOf({metadata}: StoredObject, now: number): StoredObject['metadata'] {
	const {name, namespace, labels} = metadata;
	return {
		name,
		...(namespace === undefined ? {} : {namespace}),
		uid: '',
		resourceVersion: '',
		creationTimestamp: timestamp(now),
		...(labels === undefined ? {} : {labels}),
	};
}
