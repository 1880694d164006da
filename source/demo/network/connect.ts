import type {DemoCluster} from '../cluster.ts';
import {recordsAt, textAt} from '../json.ts';
import type {StoredObject} from '../stored-object.ts';
import {endpointsOf, listensOn, nodeAt, podAt, type Protocol, type Sender, serviceAt, upstreamAddress} from './addresses.ts';
import {isLetThrough} from './policies.ts';

export type Destination = Readonly<{address: string; port: number; protocol: Protocol}>;

/** What becomes of a packet and its answer. `misdirected`: the answer comes, but from the pod's address instead of the Service's. */
export type Outcome = Readonly<{
	is: 'open' | 'refused' | 'silent' | 'misdirected';
	/** The pod that has it, and its port. */
	pod?: StoredObject;
	port: number;
	ms: number;
}>;

const near = 0.4;
const far = 0.9;

function isCut(cluster: DemoCluster, one: string, other: string): boolean {
	const {cutNodes, cutPairs} = cluster.settings.network;
	if (one === other) return false;
	return cutNodes.has(one) || cutNodes.has(other) || cutPairs.some(pair => pair.includes(one) && pair.includes(other));
}

/** To a pod's own address. */
function toPod(cluster: DemoCluster, from: Sender, pod: StoredObject, {address, port, protocol}: Destination): Outcome {
	const node = textAt(pod, 'spec', 'nodeName');
	const source = from.isHostNetwork ? {address: from.address} : {address: from.address, pod: from.pod};
	const ms = node === from.node ? near : far;
	if (isCut(cluster, from.node, node) || !isLetThrough(cluster, source, {address, pod}, {number: port, protocol})) return {is: 'silent', port, ms};
	return {is: listensOn(pod, port, protocol) ? 'open' : 'refused', pod, port, ms};
}

function toNode(cluster: DemoCluster, from: Sender, node: StoredObject, {address, port, protocol}: Destination): Outcome {
	if (!from.isHostNetwork && !isLetThrough(cluster, {address: from.address, pod: from.pod}, {address}, {number: port, protocol}))
		return {is: 'silent', port, ms: far};
	const onNode = cluster.list('pods').filter(pod => textAt(pod, 'status', 'podIP') === address);
	const pod = onNode.find(candidate => listensOn(candidate, port, protocol));
	const isKubelet = protocol === 'TCP' && port === 10_250 && recordsAt(node, 'status', 'addresses').length > 0;
	return {is: pod !== undefined || isKubelet ? 'open' : 'refused', ...(pod === undefined ? {} : {pod}), port, ms: far};
}

/** The API server and the name server of the nodes; all other addresses outside are far away and closed to probes. */
function toOutside(cluster: DemoCluster, from: Sender, {address, port, protocol}: Destination): Outcome {
	const isApi = address === '10.0.0.10' && port === 6443 && protocol === 'TCP';
	const isUpstream = address === upstreamAddress && port === 53 && !cluster.settings.network.silentUpstreams.has(address);
	const isWeb = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./u.test(address) && protocol === 'TCP' && (port === 80 || port === 443);
	const isAllowed = from.isHostNetwork || isLetThrough(cluster, {address: from.address, pod: from.pod}, {address}, {number: port, protocol});
	if (!isAllowed || !(isApi || isUpstream || isWeb)) return {is: 'silent', port, ms: 3};
	return {is: 'open', port, ms: isWeb ? 18 : 3};
}

/** Sends something to an address of the cluster or beyond. What kube-proxy picks of several endpoints is by chance, as it is. */
export function connect(cluster: DemoCluster, from: Sender, to: Destination): Outcome {
	const service = serviceAt(cluster, to.address);
	if (service !== undefined) return toService(cluster, from, service, to);
	if (to.address === from.address) return {is: listensOn(from.pod, to.port, to.protocol) ? 'open' : 'refused', pod: from.pod, port: to.port, ms: near};
	const pod = podAt(cluster, to.address);
	if (pod !== undefined) return toPod(cluster, from, pod, to);
	const node = nodeAt(cluster, to.address);
	return node === undefined ? toOutside(cluster, from, to) : toNode(cluster, from, node, to);
}

function toService(cluster: DemoCluster, from: Sender, service: StoredObject, to: Destination): Outcome {
	const endpoints = endpointsOf(cluster, service, to.port, to.protocol);
	// kube-proxy has no rule for another port, so the packet goes on to nobody; for one without endpoints it has one that refuses.
	if (endpoints === undefined) return {is: 'silent', port: to.port, ms: far};
	const chosen = endpoints[cluster.random.integer(0, Math.max(0, endpoints.length - 1))];
	if (chosen === undefined) return {is: 'refused', port: to.port, ms: near};
	const outcome = connect(cluster, from, {...to, ...chosen});
	const isBeside = outcome.pod !== undefined && textAt(outcome.pod, 'spec', 'nodeName') === from.node && outcome.pod.metadata.uid !== from.pod.metadata.uid;
	const isPlain = cluster.settings.network.plainBridges.has(from.node) && !from.isHostNetwork;
	return outcome.is === 'open' && isBeside && isPlain ? {...outcome, is: 'misdirected'} : outcome;
}
