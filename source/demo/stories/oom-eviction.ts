import {addClusterServices} from '../build/cluster-services.ts';
import {buildDemoCluster, dayMs, minuteMs} from '../build/demo-cluster.ts';
import type {DemoCluster} from '../cluster.ts';
import {recordEvent} from '../control-plane/event-recorder.ts';
import {fateAnnotation} from '../control-plane/fate.ts';
import {settle} from '../control-plane/settle.ts';
import {recordAt, textAt} from '../json.ts';
import {podOf} from '../build/workloads.ts';
import {controllerOf, type StoredObject, timestamp} from '../stored-object.ts';
import type {DemoStory} from '../story.ts';

const pressedNode = 'node-b2';
const evictionMessage = 'The node was low on resource: memory. Threshold quantity: 100Mi, available: 92Mi. ';

/** A pod that the kubelet threw out, as it stays behind: failed, with the reason. */
function addEvicted(cluster: DemoCluster, deployment: string, minutesAgo: number): void {
	const replicaSet = cluster.list('replicasets.apps', 'shop').find(candidate => controllerOf(candidate)?.name === deployment);
	if (replicaSet === undefined) return;
	const evictedAt = cluster.now() - minutesAgo * minuteMs;
	const seed = {name: `${replicaSet.metadata.name}-${cluster.random.suffix(5)}`, createdAt: evictedAt - 4 * dayMs, node: pressedNode};
	const status = {phase: 'Failed', reason: 'Evicted', message: evictionMessage, startTime: timestamp(seed.createdAt), qosClass: 'Burstable'};
	const pod = cluster.create({...podOf(replicaSet, recordAt(replicaSet, 'spec')['template'], seed), status});
	const past = {first: evictedAt, last: evictedAt, count: 1};
	recordEvent(cluster, pod, {type: 'Warning', reason: 'Evicted', message: evictionMessage, component: 'kubelet', host: pressedNode, past});
}

/** One of the checkout pods cannot even get its image; the others fail at their start. */
function adjustOne(): (pod: StoredObject) => StoredObject | undefined {
	let hasChosen = false;
	return pod => {
		if (hasChosen || pod.metadata.labels?.['app'] !== 'checkout') return undefined;
		hasChosen = true;
		return {...pod, metadata: {...pod.metadata, annotations: {...pod.metadata.annotations, [fateAnnotation]: 'pull'}}};
	};
}

export const oomEviction: DemoStory = {
	name: 'oom-eviction',
	title: 'node-b2 is out of memory and evicts pods; payments is killed for its memory, checkout fails at its start.',
	namespace: 'shop',
	isLiving: true,
	build(cluster) {
		const since = cluster.now() - 4 * minuteMs;
		const pressure = {type: 'MemoryPressure', since, message: 'kubelet has insufficient memory available'} as const;
		buildDemoCluster(cluster, {
			nodes: {[pressedNode]: {pressure}},
			shop: {
				checkout: {fate: 'crash 1 2s', revision: 8, image: 'registry.example.test/shop/checkout:2.18.0', env: {DB_URL: ''}},
				payments: {fate: 'oom 90s'},
			},
		});
		settle(cluster, {adjust: adjustOne(), rolledOutAt: {'shop/checkout': cluster.now() - 9 * minuteMs}});
		for (const [index, deployment] of ['web', 'cart', 'promo'].entries()) addEvicted(cluster, deployment, index + 1);
		const node = cluster.get('nodes', undefined, pressedNode);
		if (node === undefined || textAt(node, 'metadata', 'name') === '') return;
		const past = {first: since, last: cluster.now() - minuteMs, count: 3};
		const common = {component: 'kubelet', host: pressedNode, past};
		recordEvent(cluster, node, {...common, type: 'Warning', reason: 'EvictionThresholdMet', message: 'Attempting to reclaim memory'});
		recordEvent(cluster, node, {
			...common,
			type: 'Normal',
			reason: 'NodeHasInsufficientMemory',
			message: `Node ${pressedNode} status is now: NodeHasInsufficientMemory`,
		});
		addClusterServices(cluster);
	},
};
