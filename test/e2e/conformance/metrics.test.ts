import assert from 'node:assert/strict';
import {conformanceTest, type ConformanceCluster, type Kubectl} from '../../tools/conformance-cluster.ts';

type Usage = Readonly<{cpu: string; memory: string}>;
type Measured = Readonly<{
	metadata: Readonly<{name: string; namespace?: string; uid?: string}>;
	timestamp: string;
	window: string;
	usage?: Usage;
	containers?: ReadonlyArray<Readonly<{name: string; usage: Usage}>>;
}>;

const root = '/apis/metrics.k8s.io/v1beta1';

/** The metrics of nodes or pods; undefined where nobody serves them. */
async function listOf(cluster: ConformanceCluster, path: string): Promise<Readonly<{kind: string; items: readonly Measured[]}> | undefined> {
	const answer = await cluster.raw.call('GET', `${root}/${path}`).catch((error: unknown) => {
		if (/: (?:404|503) /u.test(String(error))) return undefined;
		throw error;
	});
	// What the group serves, or the test fails on it.
	return answer?.json as {kind: string; items: Measured[]} | undefined;
}

const unserved = 'metrics.k8s.io is not served here';

conformanceTest('[C] the shape of the metrics API', async (cluster, context) => {
	const nodes = await listOf(cluster, 'nodes');
	const pods = await listOf(cluster, 'pods');
	if (nodes === undefined || pods === undefined) {
		context.skip(unserved);
		return;
	}
	assert.deepEqual([nodes.kind, pods.kind], ['NodeMetricsList', 'PodMetricsList']);
	assert.ok(nodes.items.length > 0 && pods.items.length > 0);
	for (const {metadata, timestamp, window, usage} of nodes.items) {
		assert.deepEqual([metadata.uid, metadata.namespace], [undefined, undefined]);
		assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
		assert.match(window, /^\d+(?:\.\d+)?s$/u);
		assert.match(usage?.cpu ?? '', /^\d+n$/u);
		assert.match(usage?.memory ?? '', /^\d+Ki$/u);
	}
	for (const pod of pods.items) for (const {usage} of pod.containers ?? []) assert.match(`${usage.cpu} ${usage.memory}`, /^\d+n? \d+(?:Ki)?$/u);
	await assert.rejects(cluster.raw.call('GET', `${root}/nodes/k8tui-none`), /404 .*node \\"k8tui-none\\" not found/su);
	const [first] = pods.items;
	const one = await cluster.raw.call('GET', `${root}/namespaces/${first?.metadata.namespace ?? ''}/pods/${first?.metadata.name ?? ''}`);
	// One object of the list that was just read.
	assert.equal((one.json as {kind: string}).kind, 'PodMetrics');
});

conformanceTest('[C] kubectl top prints what the API says', async (cluster, context) => {
	const {kubectl} = cluster;
	if (kubectl === undefined) {
		context.skip('kubectl is not on the PATH');
		return;
	}
	if ((await listOf(cluster, 'pods')) === undefined) {
		context.skip(unserved);
		return;
	}
	const {namespace = ''} = (await listOf(cluster, 'pods'))?.items[0]?.metadata ?? {};
	// A new sample may come in between: once more then.
	for (let attempt = 1; ; attempt += 1) {
		const before = await listOf(cluster, `namespaces/${namespace}/pods`);
		const top: Awaited<ReturnType<Kubectl>> = await kubectl(['top', 'pods', '-n', namespace, '--containers', '--no-headers']);
		assert.equal(top.code, 0, top.errors);
		const after = await listOf(cluster, `namespaces/${namespace}/pods`);
		const samples = (list: typeof before): string => JSON.stringify(list?.items.map(({timestamp}) => timestamp));
		if (samples(before) !== samples(after) && attempt < 4) continue;
		const printed = top.out
			.trimEnd()
			.split('\n')
			.map(line => line.split(/ +/u).slice(0, 4).join(' '))
			.toSorted();
		const expected = (after?.items ?? []).flatMap(({metadata, containers = []}) =>
			containers.map(
				({name, usage}) =>
					`${metadata.name} ${name} ${Math.ceil(Number.parseInt(usage.cpu, 10) / 1e6)}m ${Math.floor(Number.parseInt(usage.memory, 10) / 1024)}Mi`,
			),
		);
		assert.deepEqual(printed, expected.toSorted());
		return;
	}
});

conformanceTest('[C] what the kubelet answers through the API server', async (cluster, context) => {
	// A list of the API.
	const {items} = (await cluster.raw.call('GET', '/api/v1/nodes')).json as {
		items: Array<{metadata: {name: string}; status: {conditions?: Array<{type: string; status: string}>}}>;
	};
	const node = items.find(({status}) => status.conditions?.some(({type, status: state}) => type === 'Ready' && state === 'True'))?.metadata.name;
	if (node === undefined) {
		context.skip('no node is Ready: no kubelet answers');
		return;
	}
	const path = `/api/v1/nodes/${node}/proxy`;
	// The kubelet's Summary, as far as it is looked at here.
	const summary = (await cluster.raw.call('GET', `${path}/stats/summary`)).json as {
		node: {nodeName: string; cpu: {usageNanoCores: number}; memory: {workingSetBytes: number}; fs: {capacityBytes: number}};
		pods: Array<{podRef: {name: string}; containers: Array<{name: string}>; 'ephemeral-storage': {usedBytes: number}}>;
	};
	assert.equal(summary.node.nodeName, node);
	for (const value of [summary.node.cpu.usageNanoCores, summary.node.memory.workingSetBytes, summary.node.fs.capacityBytes]) assert.ok(value > 0);
	assert.ok(summary.pods.length > 0 && summary.pods.every(pod => pod.podRef.name !== '' && pod['ephemeral-storage'].usedBytes > 0));
	const config = (await cluster.raw.call('GET', `${path}/configz`)).json as {kubeletconfig: {clusterDNS: string[]; clusterDomain: string}};
	assert.deepEqual([config.kubeletconfig.clusterDNS, config.kubeletconfig.clusterDomain], [['10.96.0.10'], 'cluster.local']);
	await assert.rejects(cluster.raw.call('GET', `${path}/logs/?query=kubelet`), /: 406 406: Not Acceptable/u);
	await assert.rejects(cluster.raw.call('GET', `${path}/nope`), /: 404 404 page not found\n/u);
});
