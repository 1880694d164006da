import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setMetricsApi} from '../../source/demo/aggregated-apis.ts';
import {type Json, numberAt, recordAt, recordsAt, textAt} from '../../source/demo/json.ts';
import {quantityValue} from '../../source/demo/metrics/quantities.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {createFakeClock, type FakeClock} from '../tools/fake-clock.ts';
import {ask, asTable} from './demo-client.ts';

const root = '/apis/metrics.k8s.io/v1beta1';

async function open(story = 'healthy'): Promise<Readonly<{server: DemoServer; clock: FakeClock}>> {
	const clock = createFakeClock();
	return {server: await startDemo({story, realTime: false, clock}), clock};
}

function items(body: Json): ReturnType<typeof recordsAt> {
	return recordsAt(body, 'items');
}

test('metrics.k8s.io is served as metrics-server does: nodes, pods, one namespace, a selector, one object', async () => {
	const {server} = await open();
	await using _server = server;
	const nodes = await ask(server, `${root}/nodes`);
	assert.equal(textAt(nodes.body, 'kind'), 'NodeMetricsList');
	assert.equal(items(nodes.body).length, 4);
	const [node] = items(nodes.body);
	assert.match(textAt(node, 'usage', 'cpu'), /^\d+n$/u);
	assert.match(textAt(node, 'usage', 'memory'), /^\d+Ki$/u);
	assert.match(textAt(node, 'window'), /^15(\.\d+)?s$/u);
	assert.match(textAt(node, 'timestamp'), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
	const all = items((await ask(server, `${root}/pods`)).body);
	const running = server.cluster.list('pods').filter(pod => textAt(pod, 'status', 'phase') === 'Running');
	assert.deepEqual(all.map(pod => textAt(pod, 'metadata', 'name')).toSorted(), running.map(({metadata}) => metadata.name).toSorted());
	const web = items((await ask(server, `${root}/namespaces/shop/pods?labelSelector=app%3Dweb`)).body);
	assert.deepEqual(
		web.map(pod => recordsAt(pod, 'containers').map(container => textAt(container, 'name'))),
		[
			['app', 'envoy'],
			['app', 'envoy'],
			['app', 'envoy'],
		],
	);
	const name = textAt(web[0], 'metadata', 'name');
	assert.equal(textAt((await ask(server, `${root}/namespaces/shop/pods/${name}`)).body, 'kind'), 'PodMetrics');
	const missing = await ask(server, `${root}/nodes/none`);
	assert.deepEqual([missing.status, textAt(missing.body, 'message')], [404, 'node "none" not found']);
	const table = await ask(server, `${root}/namespaces/shop/pods`, {accept: asTable});
	assert.deepEqual(
		recordsAt(table.body, 'columnDefinitions').map(column => textAt(column, 'name')),
		['Name', 'cpu', 'memory', 'Window'],
	);
	assert.equal((await ask(server, `${root}/pods?watch=true`)).status, 405, 'there is no watch');
});

test('values live, stay below limits, and a sample is the same until the next', async () => {
	const {server, clock} = await open();
	await using _server = server;
	const sample = async (): Promise<ReturnType<typeof recordsAt>> => items((await ask(server, `${root}/namespaces/shop/pods`)).body);
	const first = await sample();
	const texts = (list: ReturnType<typeof recordsAt>): readonly string[] =>
		list.map(pod => `${textAt(pod, 'timestamp')} ${JSON.stringify(recordsAt(pod, 'containers'))}`);
	assert.deepEqual(texts(await sample()), texts(first));
	await clock.advance(15_000);
	const later = texts(await sample());
	assert.ok(later.every((text, index) => text !== texts(first)[index]));
	for (let step = 0; step < 40; step += 1) {
		await clock.advance(15_000);
		for (const pod of await sample()) {
			const spec = server.cluster.get('pods', 'shop', textAt(pod, 'metadata', 'name'));
			for (const container of recordsAt(pod, 'containers')) {
				const own = recordsAt(spec, 'spec', 'containers').find(candidate => candidate['name'] === container['name']);
				const limit = quantityValue(textAt(own, 'resources', 'limits', 'memory'));
				assert.ok(limit === 0 || quantityValue(textAt(container, 'usage', 'memory')) < limit, JSON.stringify(container));
			}
		}
	}
});

test('the kubelet summary, its counters and the metrics API tell the same story', async () => {
	const {server, clock} = await open();
	await using _server = server;
	const path = '/api/v1/nodes/node-a1/proxy';
	const before = (await ask(server, `${path}/stats/summary`)).body;
	await clock.advance(10_000);
	const after = (await ask(server, `${path}/stats/summary`)).body;
	const [first, second] = [before, after].map(body => recordsAt(recordsAt(body, 'pods')[0], 'containers')[0]);
	const grown = numberAt(second, 'cpu', 'usageCoreNanoSeconds') - numberAt(first, 'cpu', 'usageCoreNanoSeconds');
	assert.ok(Math.abs(grown / 10 - numberAt(second, 'cpu', 'usageNanoCores')) < 1000, 'the rate is what the counter grew by');
	const claims = recordsAt(after, 'pods')
		.flatMap(pod => recordsAt(pod, 'volume'))
		.filter(volume => textAt(volume, 'pvcRef', 'name') !== '');
	assert.ok(claims.every(volume => numberAt(volume, 'usedBytes') > 0 && numberAt(volume, 'usedBytes') < numberAt(volume, 'capacityBytes')));
	assert.ok(numberAt(recordsAt(after, 'pods')[0], 'ephemeral-storage', 'usedBytes') > 0);
	const resource = await ask(server, `${path}/metrics/resource`);
	assert.match(resource.text, /^node_memory_working_set_bytes \d+\.?\d*e\+\d+ \d{13}$/mu);
	assert.match(resource.text, /^container_cpu_usage_seconds_total\{container="\w+[^}]*\} \d+(\.\d+)? \d{13}$/mu);
	const config = (await ask(server, `${path}/configz`)).body;
	assert.deepEqual(recordAt(config, 'kubeletconfig')['clusterDNS'], ['10.96.0.10']);
	assert.equal((await ask(server, `${path}/stats/summary`, {user: 'alice'})).status, 403);
	server.settings.unreachableNodes.add('node-a1');
	const dead = await ask(server, `${path}/stats/summary`);
	assert.match(
		`${dead.status} ${textAt(dead.body, 'message')}`,
		/^503 error trying to reach service: dial tcp 10\.0\.1\.21:10250: connect: connection refused$/u,
	);
});

test('the metrics API can be absent, stale for a reason, and denied', async () => {
	const {server} = await open();
	await using _server = server;
	setMetricsApi(server.cluster, {reason: 'FailedDiscoveryCheck', message: 'x509: certificate signed by unknown authority'});
	assert.equal((await ask(server, `${root}/nodes`)).status, 503);
	assert.equal((await ask(server, root)).status, 503);
	setMetricsApi(server.cluster, 'absent');
	assert.equal((await ask(server, `${root}/nodes`)).status, 404);
	const groups = recordsAt((await ask(server, '/apis')).body, 'groups').map(group => textAt(group, 'name'));
	assert.ok(!groups.includes('metrics.k8s.io'));
	setMetricsApi(server.cluster, 'served');
	assert.equal((await ask(server, `${root}/nodes`)).status, 200);
	assert.equal((await ask(server, `${root}/nodes`, {user: 'nobody'})).status, 403);
});

test('a young container has no values yet, a crashing one none at all, a node under pressure nearly no memory left', async () => {
	const {server} = await open('oom-eviction');
	await using _server = server;
	const pods = items((await ask(server, `${root}/namespaces/shop/pods`)).body);
	const crashing = pods.filter(pod => textAt(pod, 'metadata', 'labels', 'app') === 'checkout');
	assert.ok(crashing.every(pod => recordsAt(pod, 'containers').every(container => textAt(container, 'name') === 'envoy')));
	assert.ok(!pods.some(pod => textAt(pod, 'metadata', 'name').startsWith('payments')), 'restarted 38 s ago');
	const [node] = items((await ask(server, `${root}/nodes?fieldSelector=metadata.name%3Dnode-b2`)).body);
	const capacity = quantityValue(textAt(server.cluster.get('nodes', undefined, 'node-b2'), 'status', 'capacity', 'memory'));
	assert.ok(capacity - quantityValue(textAt(node, 'usage', 'memory')) < 100 * 2 ** 20);
});

test('node logs come by unit, without options, and never as JSON', async () => {
	const {server} = await open();
	await using _server = server;
	const logs = '/api/v1/nodes/node-a1/proxy/logs/';
	const kubelet = await ask(server, `${logs}?query=kubelet`, {accept: '*/*'});
	assert.match(kubelet.text, /^[IWE]\d{4} \d\d:\d\d:\d\d\.\d{6} +1 \S+\.go:\d+\] /u);
	assert.match((await ask(server, `${logs}?query=none`, {accept: '*/*'})).text, /log not found for none/u);
	assert.match(
		(await ask(server, `${logs}?query=kubelet&tailLines=5`, {accept: '*/*'})).text,
		/^\noptions present and query resolved to log files for \[kubelet\]\ntry without/u,
	);
	assert.equal((await ask(server, `${logs}?query=kubelet`, {accept: 'application/json'})).status, 406);
	assert.match((await ask(server, logs, {accept: '*/*'})).text, /<a href="kubelet\.log">/u);
});

test('CoreDNS tells its numbers through the pod proxy; closed ports and missing endpoints are told apart', async () => {
	const {server, clock} = await open('dns-upstream');
	await using _server = server;
	const pod = server.cluster.list('pods', 'kube-system').find(({metadata}) => metadata.labels?.['k8s-app'] === 'kube-dns')?.metadata.name ?? '';
	const at = (name: string): string => `/api/v1/namespaces/kube-system/pods/${name}/proxy/metrics`;
	const failed = async (): Promise<number> => Number(/rcode="SERVFAIL"[^}]*\} (\d+)/u.exec((await ask(server, at(`http:${pod}:9153`))).text)?.[1]);
	const before = await failed();
	await clock.advance(60_000);
	assert.ok((await failed()) > before);
	assert.match((await ask(server, at(`${pod}:9153`))).text, /^coredns_proxy_healthcheck_failures_total\{proxy_name="forward",to="10\.0\.0\.2:53"\} \d+$/mu);
	assert.match(
		textAt((await ask(server, at(`${pod}:1`))).body, 'message'),
		/^error trying to reach service: dial tcp 10\.244\.\d+\.\d+:1: connect: connection refused$/u,
	);
	const service = await ask(server, '/api/v1/namespaces/shop/services/bank:443/proxy/metrics');
	assert.deepEqual([service.status, textAt(service.body, 'message')], [503, 'no endpoints available for service "bank:443"']);
});
