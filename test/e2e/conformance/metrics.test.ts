import assert from 'node:assert/strict';
import {makeCatalogue} from '../../../source/core/make-catalogue.ts';
import type {Pod} from '../../../source/core/pod.ts';
import {podNumbers} from '../../../source/core/top/pod-numbers.ts';
import {resourceKinds} from '../../../source/resources/index.ts';
import {readSummary} from '../../../source/store/metrics/kubelets.ts';
import {metricsType, readMetricsApi} from '../../../source/store/metrics/metrics-api.ts';
import {systemClock} from '../../../source/system/clock.ts';
import {type ConformanceCluster, conformanceTest} from '../../tools/conformance-cluster.ts';

const clock = systemClock('let-go');
const {signal} = new AbortController();

async function catalogueOf({client}: ConformanceCluster) {
	const stop = new AbortController();
	const discovery = await client.discover(() => undefined, stop.signal);
	stop.abort();
	return makeCatalogue(resourceKinds, discovery);
}

conformanceTest('T40: nodes and pods of the metrics API are those that exist, with samples that can be read', async (cluster, context) => {
	const {client} = cluster;
	const catalogue = await catalogueOf(cluster);
	const answer = await readMetricsApi({client, catalogue, clock}, {nodes: true, pods: true}, signal);
	if (catalogue.find('nodes.metrics.k8s.io') === undefined) {
		assert.deepEqual([answer.missing.nodes?.step, answer.missing.pods?.step], ['absent', 'absent']);
		context.skip('this cluster has no metrics API: that it is absent was named');
		return;
	}
	if (answer.missing.nodes !== undefined) {
		assert.match(answer.missing.nodes.text, /503|answers/);
		context.skip(`the metrics API gives nothing now: ${answer.missing.nodes.text}`);
		return;
	}
	const nodesType = catalogue.find('nodes') ?? assert.fail('no nodes');
	const nodes = new Set((await client.list(nodesType, {}, signal)).map(({metadata}) => metadata.name));
	assert.ok(answer.nodes !== undefined && answer.nodes.size > 0);
	for (const [name, {cpu, memory, at, windowMs}] of answer.nodes) {
		assert.ok(nodes.has(name), name);
		assert.ok(cpu !== undefined && cpu > 0n && memory !== undefined && memory > 0n && at > 0 && windowMs !== undefined, name);
	}
	const {items} = (await cluster.raw.call('GET', '/apis/metrics.k8s.io/v1beta1/pods')).json as {
		items: ReadonlyArray<{metadata: {name: string; namespace: string}; containers: readonly {name: string}[]}>;
	};
	for (const {metadata, containers} of items) {
		const usage = answer.pods?.get(`${metadata.namespace}/${metadata.name}`);
		// A pod may have come or gone between the two reads.
		if (usage !== undefined) assert.deepEqual([...usage.containers.keys()].toSorted(), containers.map(({name}) => name).toSorted());
	}
	assert.equal(metricsType(catalogue, 'pods').namespaced, true);
});

conformanceTest('T41: without the right the step is named, for nodes and for pods', async cluster => {
	const denied = await cluster.open({as: 'k8tui-nobody-at-all'});
	await using _opened = denied;
	const catalogue = await catalogueOf(cluster);
	if (catalogue.find('nodes.metrics.k8s.io') === undefined) return;
	const answer = await readMetricsApi({client: denied.client, catalogue, clock}, {nodes: true, pods: true}, signal);
	assert.deepEqual([answer.missing.nodes?.step, answer.missing.pods?.step], ['denied', 'denied']);
	assert.equal(answer.nodes, undefined);
});

conformanceTest('a kubelet summary has the node, its pods and their containers', async (cluster, context) => {
	const {client} = cluster;
	const catalogue = await catalogueOf(cluster);
	const nodes = await client.list(catalogue.find('nodes') ?? assert.fail('no nodes'), {}, signal);
	const [node] = nodes.filter(({metadata}) => metadata.name !== '');
	const read = node && (await readSummary({client, clock}, node.metadata.name, signal).catch(() => undefined));
	if (node === undefined || read === undefined) {
		context.skip('this cluster has no kubelet');
		return;
	}
	assert.ok((read.usage?.memory ?? 0n) > 0n && (read.memoryAvailable ?? 0) > 0 && (read.fileSystem?.capacity ?? 0) > 0, JSON.stringify(read.fileSystem));
	for (const {usage, volumes} of read.pods.values()) {
		assert.ok(usage === undefined || usage.source === 'kubelet');
		for (const {name} of volumes) assert.notEqual(name, '');
	}
});

conformanceTest('a list by pages has every object of the whole list, and the numbers of each pod can be made', async cluster => {
	const {client} = cluster;
	const catalogue = await catalogueOf(cluster);
	const type = catalogue.find('pods') ?? assert.fail('no pods');
	const namespace = await cluster.createNamespace();
	const names = Array.from({length: 255}, (_none, index) => `p-${String(index).padStart(3, '0')}`);
	const configMaps = catalogue.find('configmaps') ?? assert.fail('no ConfigMaps');
	for (const name of names) await cluster.apply({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace}});
	const pages: number[] = [];
	const seen: string[] = [];
	for await (const page of client.pages(configMaps, {namespace}, signal)) {
		pages.push(page.length);
		for (const object of page) {
			assert.deepEqual([object.apiVersion, object.kind], ['v1', 'ConfigMap']);
			if (object.metadata.name.startsWith('p-')) seen.push(object.metadata.name);
		}
	}
	assert.deepEqual(seen, names);
	assert.ok(pages.length > 1 && pages.every(size => size <= 250), pages.join(' '));
	// Pods hold Pods; every real one has numbers.
	for await (const page of client.pages(type, {}, signal)) for (const pod of page as readonly Pod[]) assert.equal(podNumbers(pod).name, pod.metadata.name);
});
