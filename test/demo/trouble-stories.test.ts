import assert from 'node:assert/strict';
import {X509Certificate} from 'node:crypto';
import {test} from 'node:test';
import {at, numberAt, recordsAt, textAt} from '../../source/demo/json.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import type {StoredObject} from '../../source/demo/stored-object.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {ask} from './demo-client.ts';

async function open(story: string): Promise<DemoServer> {
	return await startDemo({story, realTime: false, clock: createFakeClock()});
}

function podsOf(server: DemoServer, app: string, namespace = 'shop'): readonly StoredObject[] {
	return server.cluster.list('pods', namespace).filter(({metadata}) => metadata.labels?.['app'] === app);
}

function isReady(pod: StoredObject): boolean {
	return recordsAt(pod, 'status', 'conditions').some(({type, status}) => type === 'Ready' && status === 'True');
}

async function linesOf(server: DemoServer, pod: StoredObject, query: string): Promise<readonly string[]> {
	const {namespace = '', name} = pod.metadata;
	const {status, text} = await ask(server, `/api/v1/namespaces/${namespace}/pods/${name}/log?${query}`);
	assert.equal(status, 200, text);
	return text.split('\n').slice(0, -1);
}

test('crash-loop: checkout ends with exit 1, its last words name the variable, and no ConfigMap gives it', async () => {
	await using server = await open('crash-loop');
	const pods = podsOf(server, 'checkout');
	assert.equal(pods.length, 3);
	for (const pod of pods) {
		const [app] = recordsAt(pod, 'status', 'containerStatuses');
		assert.deepEqual([textAt(app, 'state', 'waiting', 'reason'), numberAt(app, 'lastState', 'terminated', 'exitCode')], ['CrashLoopBackOff', 1]);
		assert.equal((await linesOf(server, pod, 'container=app&previous=true')).at(-1), 'FATAL config: DB_URL is not set');
		const variable = recordsAt(recordsAt(pod, 'spec', 'containers')[0], 'env').find(({name}) => name === 'DB_URL');
		const reference = at(variable, 'valueFrom', 'configMapKeyRef');
		const map = server.cluster.get('configmaps', 'shop', textAt(reference, 'name'));
		assert.ok(map !== undefined && at(map, 'data', textAt(reference, 'key')) === undefined);
	}
	assert.ok(
		server.cluster
			.list('pods')
			.filter(pod => textAt(pod, 'status', 'phase') === 'Running')
			.every(pod => isReady(pod) || pods.includes(pod)),
	);
});

test('noisy-logs: three pods of five containers, hundreds of lines a second, stack traces, repeats, and errors that rise', async () => {
	await using server = await open('noisy-logs');
	const pods = podsOf(server, 'orders');
	assert.deepEqual(
		pods.map(pod => recordsAt(pod, 'spec', 'containers').length),
		[5, 5, 5],
	);
	const [pod] = pods;
	assert.ok(pod !== undefined);
	const all = await linesOf(server, pod, 'container=app&timestamps=true&sinceSeconds=600');
	assert.ok(all.length > 60_000, `${all.length} lines in ten minutes`);
	const errorsIn = (minute: number): number => {
		const from = new Date(server.cluster.now() - (minute + 1) * 60_000).toISOString();
		const to = new Date(server.cluster.now() - minute * 60_000).toISOString();
		return all.filter(line => line >= from && line < to && line.includes('"level":"error"')).length;
	};
	assert.ok(errorsIn(0) > 3 * errorsIn(6) && errorsIn(6) > 0, `${errorsIn(6)} errors a minute, then ${errorsIn(0)}`);
	const texts = all.map(line => line.slice(31));
	assert.ok(texts.some(text => text.startsWith('\tat ')) && texts.some(text => text.startsWith('Caused by: ')));
	assert.ok(
		texts.some((text, index) => text.includes('pool is exhausted') && texts[index + 1] === text),
		'the same line twice in a row',
	);
	for (const container of ['worker', 'audit', 'cache', 'envoy'])
		assert.ok((await linesOf(server, pod, `container=${container}&sinceSeconds=120`)).length > 1, container);
});

const lookupStories = [
	{story: 'dns-same-node', app: 'cart', ready: 'some'},
	{story: 'overlay-broken', app: 'cart', ready: 'none'},
	{story: 'dns-upstream', app: 'mail', ready: 'none'},
	{story: 'policy-blocks-dns', app: 'cart', ready: 'none'},
] as const;

for (const {story, app, ready} of lookupStories) {
	test(`${story}: ${app} says that its lookups time out, and is not ready for it`, async () => {
		await using server = await open(story);
		const pods = podsOf(server, app);
		const readyPods = pods.filter(isReady);
		assert.ok(readyPods.length < pods.length && (ready === 'none') === (readyPods.length === 0), `${readyPods.length} of ${pods.length}`);
		const pod = pods.find(candidate => !isReady(candidate));
		assert.ok(pod !== undefined);
		const lines = await linesOf(server, pod, 'container=app&sinceSeconds=300');
		assert.ok(lines.some(line => /lookup \S+ on 10\.96\.0\.10:53: read udp .*: i\/o timeout/u.test(line)));
		const before = await linesOf(server, pod, 'container=app&timestamps=true');
		assert.ok(
			before.slice(0, 50).every(line => !line.includes('i/o timeout')),
			'it was well before',
		);
	});
}

test('dns-upstream: CoreDNS names the server that does not answer, since it does not', async () => {
	await using server = await open('dns-upstream');
	for (const pod of podsOf(server, 'coredns', 'kube-system')) {
		const lines = await linesOf(server, pod, 'container=coredns');
		assert.equal(lines[0], '.:53');
		const errors = lines.filter(line => /^\[ERROR\] plugin\/errors: 2 \S+ (?:A|AAAA): read udp [\d.:]+->10\.0\.0\.2:53: i\/o timeout$/u.test(line));
		assert.ok(errors.length > 200 && (await linesOf(server, pod, 'container=coredns&sinceSeconds=300')).length >= 10);
	}
	await using healthy = await open('healthy');
	for (const pod of podsOf(healthy, 'coredns', 'kube-system')) assert.equal((await linesOf(healthy, pod, 'container=coredns')).length, 4);
});

test('what every cluster needs for its DNS is there, and says the same everywhere', async () => {
	await using server = await open('healthy');
	const {cluster} = server;
	const data = (namespace: string, name: string, key: string): string => textAt(cluster.get('configmaps', namespace, name), 'data', key);
	assert.match(data('kube-system', 'coredns', 'Corefile'), /kubernetes cluster\.local/u);
	assert.match(data('kube-system', 'kubelet-config', 'kubelet'), /clusterDNS:\n- 10\.96\.0\.10\n/u);
	assert.match(data('kube-system', 'kubeadm-config', 'ClusterConfiguration'), /podSubnet: 10\.244\.0\.0\/16/u);
	assert.match(data('kube-system', 'kube-proxy', 'config.conf'), /masqueradeAll: false/u);
	assert.match(data('kube-flannel', 'kube-flannel-cfg', 'net-conf.json'), /"Type":"vxlan","Port":8472/u);
	const dns = cluster.get('services', 'kube-system', 'kube-dns');
	assert.deepEqual(
		recordsAt(dns, 'spec', 'ports').map(port => `${textAt(port, 'name')} ${numberAt(port, 'port')}/${textAt(port, 'protocol')}`),
		['dns 53/UDP', 'dns-tcp 53/TCP', 'metrics 9153/TCP'],
	);
	for (const name of ['kube-proxy', 'csi-node'])
		assert.ok(podsOf(server, name, 'kube-system').every(pod => textAt(pod, 'status', 'podIP') === textAt(pod, 'status', 'hostIP')));
	assert.equal(podsOf(server, 'kube-flannel-ds', 'kube-flannel').length, 4);
	const certificate = Buffer.from(textAt(cluster.get('secrets', 'shop', 'web-tls'), 'data', 'tls.crt'), 'base64').toString('utf8');
	assert.equal(new X509Certificate(certificate).subjectAltName, 'DNS:shop.example.test');
});
