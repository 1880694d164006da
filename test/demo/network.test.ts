import assert from 'node:assert/strict';
import {test} from 'node:test';
import {textAt} from '../../source/demo/json.ts';
import {senderOf} from '../../source/demo/network/addresses.ts';
import {connect} from '../../source/demo/network/connect.ts';
import {askName, lookUp, resolvConf} from '../../source/demo/network/names.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import type {StoredObject} from '../../source/demo/stored-object.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

const inside = 'kubernetes.default.svc.cluster.local.';

async function open(story: string): Promise<DemoServer> {
	return await startDemo({story, realTime: false, clock: createFakeClock()});
}

function nodeOf(pod: StoredObject): string {
	return textAt(pod, 'spec', 'nodeName');
}

function dnsPods(server: DemoServer): readonly StoredObject[] {
	return server.cluster.list('pods', 'kube-system').filter(({metadata}) => metadata.labels?.['k8s-app'] === 'kube-dns');
}

/** Pods in the network of pods: what may send. */
function clients(server: DemoServer, namespace: string): readonly StoredObject[] {
	return server.cluster.list('pods', namespace).filter(pod => textAt(pod, 'status', 'phase') === 'Running');
}

/** How many of twelve questions are answered. */
function answered(server: DemoServer, from: StoredObject, address: string, name = inside, protocol: 'TCP' | 'UDP' = 'UDP'): number {
	const tries = Array.from({length: 12}, () => askName(server.cluster, senderOf(from), {address, port: 53, protocol}, name, 2000));
	return tries.filter(asked => !('failure' in asked)).length;
}

function isEach(count: number): string {
	return count === 12 ? 'all' : count === 0 ? 'none' : 'some';
}

test('healthy: every pod reaches every name server, by both protocols, and names of the outside', async () => {
	await using server = await open('healthy');
	for (const pod of [...clients(server, 'shop'), ...clients(server, 'data')]) {
		for (const protocol of ['UDP', 'TCP'] as const) {
			for (const address of ['10.96.0.10', ...dnsPods(server).map(dns => textAt(dns, 'status', 'podIP'))])
				assert.equal(isEach(answered(server, pod, address, inside, protocol)), 'all');
		}
		assert.equal(isEach(answered(server, pod, '10.96.0.10', 'example.com.')), 'all');
	}
});

test('dns-same-node: the Service fails for a share beside a CoreDNS pod alone; pods answer everybody', async () => {
	await using server = await open('dns-same-node');
	const nodes = dnsPods(server).map(nodeOf);
	for (const pod of [...clients(server, 'shop'), ...clients(server, 'data')]) {
		assert.equal(isEach(answered(server, pod, '10.96.0.10')), nodes.includes(nodeOf(pod)) ? 'some' : 'all', nodeOf(pod));
		for (const dns of dnsPods(server)) assert.equal(isEach(answered(server, pod, textAt(dns, 'status', 'podIP'))), 'all');
	}
	const asked = connect(
		server.cluster,
		senderOf(clients(server, 'shop').find(pod => nodes.includes(nodeOf(pod))) ?? clients(server, 'shop')[0] ?? assert.fail()),
		{address: '10.96.0.10', port: 53, protocol: 'UDP'},
	);
	assert.ok(asked.is === 'open' || asked.is === 'misdirected');
});

test('overlay-broken: all pairs with the one node fail, in both directions; on a node itself all is well', async () => {
	await using server = await open('overlay-broken');
	const [cut] = server.settings.network.cutNodes;
	for (const pod of [...clients(server, 'shop'), ...clients(server, 'data')]) {
		for (const dns of dnsPods(server)) {
			const isOver = nodeOf(pod) !== nodeOf(dns) && [nodeOf(pod), nodeOf(dns)].includes(cut ?? '');
			for (const protocol of ['UDP', 'TCP'] as const)
				assert.equal(isEach(answered(server, pod, textAt(dns, 'status', 'podIP'), inside, protocol)), isOver ? 'none' : 'all');
		}
	}
});

test('dns-upstream: names of the cluster resolve, others do not, and the upstream itself is silent', async () => {
	await using server = await open('dns-upstream');
	for (const pod of clients(server, 'shop')) {
		assert.equal(isEach(answered(server, pod, '10.96.0.10')), 'all');
		assert.equal(isEach(answered(server, pod, '10.96.0.10', 'example.com.')), 'none');
		assert.equal(isEach(answered(server, pod, '10.0.0.2', 'example.com.')), 'none');
	}
});

test('policy-blocks-dns: no pod of the shop asks anybody, but it reaches its own; other namespaces are free', async () => {
	await using server = await open('policy-blocks-dns');
	const [other] = clients(server, 'data');
	for (const pod of clients(server, 'shop')) {
		for (const address of ['10.96.0.10', ...dnsPods(server).map(dns => textAt(dns, 'status', 'podIP'))])
			assert.equal(isEach(answered(server, pod, address)), 'none');
	}
	assert.ok(other !== undefined);
	assert.equal(isEach(answered(server, other, '10.96.0.10')), 'all');
	const [web] = clients(server, 'shop').filter(({metadata}) => metadata.labels?.['app'] === 'web');
	const [flags] = clients(server, 'shop').filter(({metadata}) => metadata.labels?.['app'] === 'flags');
	const to = {address: textAt(flags, 'status', 'podIP'), port: 8080, protocol: 'TCP'} as const;
	assert.equal(connect(server.cluster, senderOf(web ?? assert.fail()), to).is, 'open');
	assert.equal(connect(server.cluster, senderOf(other), to).is, 'silent', 'default-deny keeps the rest out');
});

test('connections end as they do behind kube-proxy: open, refused without endpoints, silent where nobody is', async () => {
	await using server = await open('no-endpoints');
	const from = senderOf(clients(server, 'shop')[0] ?? assert.fail());
	const service = (name: string): string => textAt(server.cluster.get('services', 'shop', name), 'spec', 'clusterIP');
	const tcp = (address: string, port: number): string => connect(server.cluster, from, {address, port, protocol: 'TCP'}).is;
	assert.equal(tcp(service('web'), 80), 'open');
	assert.equal(tcp(service('promo'), 80), 'refused');
	assert.equal(tcp(service('web'), 81), 'silent');
	assert.equal(tcp('10.96.255.254', 80), 'silent');
	assert.equal(tcp(textAt(dnsPods(server)[0], 'status', 'podIP'), 9), 'refused');
	assert.equal(tcp('10.96.0.1', 443), 'open');
	assert.equal(tcp('10.0.1.21', 10_250), 'open');
});

test('the resolver follows dnsPolicy, the search list and what exists', async () => {
	await using server = await open('healthy');
	const [pod] = clients(server, 'shop');
	assert.ok(pod !== undefined);
	assert.equal(resolvConf(pod), 'search shop.svc.cluster.local svc.cluster.local cluster.local example.test\nnameserver 10.96.0.10\noptions ndots:5\n');
	assert.match(resolvConf(dnsPods(server)[0] ?? assert.fail()), /^search example\.test\nnameserver 10\.0\.0\.2\n$/u);
	const web = textAt(server.cluster.get('services', 'shop', 'web'), 'spec', 'clusterIP');
	for (const name of ['web', 'web.shop', 'web.shop.svc.cluster.local']) assert.equal(lookUp(server.cluster, senderOf(pod), name).address, web);
	assert.equal(lookUp(server.cluster, senderOf(pod), 'none.shop').address, undefined);
	const headless = askName(server.cluster, senderOf(pod), {address: '10.96.0.10', port: 53, protocol: 'UDP'}, 'pg.data.svc.cluster.local.', 2000);
	assert.equal('failure' in headless ? 0 : headless.addresses.length, 3);
});
