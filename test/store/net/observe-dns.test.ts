import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ClusterView} from '../../../source/core/check.ts';
import type {KubeObject} from '../../../source/core/kubernetes.ts';
import type {LogQuestion} from '../../../source/core/logs/log-question.ts';
import type {Observation} from '../../../source/core/observation.ts';
import {ProblemError} from '../../../source/core/problem.ts';
import {DnsObserver} from '../../../source/store/net/dns-observer.ts';
import {type DnsReads, observeDns} from '../../../source/store/net/observe-dns.ts';
import {configMap, dnsObjects, usualCorefile} from '../../core/net/dns/dns-fixture.ts';
import {clusterView, object, podObject, viewNow} from '../../tools/cluster-view.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';

const metrics = 'coredns_build_info{version="1.12.4"} 1\ncoredns_dns_requests_total{proto="udp"} 7\n';
const log = '2026-01-02T14:00:00Z [INFO] plugin/reload: Running configuration SHA512 = aa\n2026-01-02T14:00:01Z .:53\n';

/** A cluster whose answers are given; remembers what it was asked. */
class FakeReads implements DnsReads {
	readonly paths: string[] = [];
	readonly asked: LogQuestion[] = [];
	answer: (path: string, signal: AbortSignal) => string | Promise<string>;

	constructor(
		answer: FakeReads['answer'] = path =>
			path.endsWith('/metrics') ? metrics : '{"kubeletconfig":{"clusterDNS":["10.96.0.10"],"clusterDomain":"cluster.local"}}',
	) {
		this.answer = answer;
	}

	text = async (path: string, signal: AbortSignal): Promise<{status: number; body: string}> => {
		this.paths.push(path);
		return {status: 200, body: await this.answer(path, signal)};
	};

	logs = async function* (this: FakeReads, question: LogQuestion, signal: AbortSignal): AsyncGenerator<Uint8Array> {
		this.asked.push(question);
		const bytes = new TextEncoder().encode(await this.answer(question.previous ? 'previous' : 'log', signal));
		// A character may be cut in two.
		yield bytes.slice(0, 5);
		yield bytes.slice(5);
	}.bind(this);

	skewMs = () => 2000;
}

const denied = (what: string) => new ProblemError({code: 'forbidden', what, cause: 'User viewer may not get pods/log in kube-system', status: 403});

function told(observations: readonly Observation[]): readonly string[] {
	return observations.map(({probe, target, outcome}) => `${probe} ${target} ${outcome}`);
}

async function observe(reads: FakeReads, view: ClusterView = clusterView(dnsObjects())): Promise<readonly Observation[]> {
	return await observeDns(reads, view, createFakeClock(), new AbortController().signal);
}

test('logs, metrics and kubelets, with GETs of these paths only', async () => {
	const reads = new FakeReads(path => (path === 'log' ? log : path.endsWith('/metrics') ? metrics : '{"kubeletconfig":{"clusterDNS":["10.96.0.10"]}}'));
	const found = await observe(reads);
	assert.deepEqual(told(found).toSorted(), [
		'coredns-log kube-system/coredns-5d7c6cdd6-aaaa0 ok',
		'coredns-log kube-system/coredns-5d7c6cdd6-aaaa1 ok',
		'coredns-metrics kube-system/coredns-5d7c6cdd6-aaaa0 ok',
		'coredns-metrics kube-system/coredns-5d7c6cdd6-aaaa1 ok',
		'kubelet-configz n1 ok',
		'kubelet-configz n2 ok',
		'kubelet-configz n3 ok',
	]);
	assert.deepEqual(reads.paths.toSorted(), [
		'/api/v1/namespaces/kube-system/pods/coredns-5d7c6cdd6-aaaa0:9153/proxy/metrics',
		'/api/v1/namespaces/kube-system/pods/coredns-5d7c6cdd6-aaaa1:9153/proxy/metrics',
		'/api/v1/nodes/n1/proxy/configz',
		'/api/v1/nodes/n2/proxy/configz',
		'/api/v1/nodes/n3/proxy/configz',
	]);
	assert.deepEqual(reads.asked[0], {
		namespace: 'kube-system',
		pod: 'coredns-5d7c6cdd6-aaaa0',
		container: 'coredns',
		follow: false,
		previous: false,
		tailLines: 200,
		limitBytes: 262_144,
	});
	const [first] = found;
	assert.deepEqual(first?.outcome === 'ok' && first.facts, {
		current: [{kind: 'reloaded', at: Date.parse('2026-01-02T14:00:00Z'), line: '[INFO] plugin/reload: Running configuration SHA512 = aa'}],
		previous: [],
		lines: 2,
	});
});

test('a pod that crashed is asked for the run before as well; that being gone is no failure', async () => {
	const view = clusterView(dnsObjects({crashing: true}));
	const reads = new FakeReads(path => {
		if (path === 'previous') throw new ProblemError({code: 'invalid', what: 'x', cause: 'previous terminated container not found'});
		return path === 'log' ? log : '{}';
	});
	const found = await observe(reads, view);
	assert.deepEqual(reads.asked.map(({previous}) => previous).toSorted(), [false, false, true, true]);
	assert.ok(told(found).includes('coredns-log kube-system/coredns-5d7c6cdd6-aaaa0 ok'));
	// Nothing serves metrics in a pod that is down.
	assert.ok(!reads.paths.some(path => path.endsWith('/metrics')));
});

test('what may not be read is an observation that failed, the rest is read', async () => {
	const reads = new FakeReads(path => {
		if (path === 'log') throw denied('Could not read the log');
		return path.endsWith('/metrics') ? metrics : '<html>';
	});
	const found = await observe(reads);
	assert.deepEqual(
		told(found).filter(text => text.includes('aaaa0')),
		['coredns-log kube-system/coredns-5d7c6cdd6-aaaa0 failed', 'coredns-metrics kube-system/coredns-5d7c6cdd6-aaaa0 ok'],
	);
	const [failed] = found;
	assert.equal(failed?.outcome === 'failed' && failed.problem.cause, 'User viewer may not get pods/log in kube-system');
	assert.ok(told(found).includes('kubelet-configz n1 failed'));
});

test('a pod that does not answer costs its reading alone, after 2.5 s', async () => {
	const clock = createFakeClock();
	const reads = new FakeReads((path, signal) =>
		path.includes('aaaa0:9153')
			? new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
			: path.endsWith('/metrics')
				? metrics
				: path === 'log'
					? log
					: '{}',
	);
	const running = observeDns(reads, clusterView(dnsObjects()), clock, new AbortController().signal);
	await clock.advance(2500);
	assert.ok(told(await running).includes('coredns-metrics kube-system/coredns-5d7c6cdd6-aaaa0 timed-out'));
});

test('one look reads metrics twice, so that what grows can be seen', async () => {
	const clock = createFakeClock();
	const reads = new FakeReads(path => (path.endsWith('/metrics') ? metrics : path === 'log' ? log : '{}'));
	const running = observeDns(reads, clusterView(dnsObjects(), {oneShot: true}), clock, new AbortController().signal);
	await clock.advance(1200);
	const found = (await running).filter(({probe, target}) => probe === 'coredns-metrics' && target.endsWith('aaaa0'));
	assert.equal(found.length, 2);
	assert.ok((found[0]?.at ?? 0) > (found[1]?.at ?? 0), 'the newest first');
});

test('another port of the Corefile, another container, node-local-dns, nothing to ask', async () => {
	const reads = new FakeReads(path => (path.endsWith('/metrics') ? metrics : path === 'log' ? log : '{}'));
	const local = [
		object('apps/v1', 'DaemonSet', 'kube-system/node-local-dns', {metadata: {labels: {'k8s-app': 'node-local-dns'}}}),
		podObject('kube-system/node-local-dns-a', {node: 'n1', labels: {'k8s-app': 'node-local-dns'}, hostNetwork: true}),
	];
	await observe(reads, clusterView([...dnsObjects({corefile: usualCorefile.replace(':9153', '0.0.0.0:9253')}), ...local]));
	assert.ok(reads.paths.includes('/api/v1/namespaces/kube-system/pods/coredns-5d7c6cdd6-aaaa0:9253/proxy/metrics'));
	assert.ok(reads.paths.includes('/api/v1/namespaces/kube-system/pods/node-local-dns-a:9253/proxy/metrics'));
	assert.deepEqual(await observe(new FakeReads(), clusterView([configMap('kube-system/coredns', {})])), []);
});

test('a reading that is cancelled ends', async () => {
	const stop = new AbortController();
	const reads = new FakeReads((_path, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))));
	const running = observeDns(reads, clusterView(dnsObjects()), createFakeClock(), stop.signal);
	stop.abort();
	await assert.rejects(running);
});

function observerOf(reads: FakeReads, objects: readonly KubeObject[] = dnsObjects()) {
	const clock = createFakeClock();
	let changes = 0;
	const observer = new DnsObserver({
		client: reads,
		clock,
		view: () => clusterView(objects, {now: viewNow}),
		changed: () => {
			changes++;
		},
	});
	return {clock, observer, changes: () => changes};
}

test('while it is open it looks every 15 s; of metrics the last four stay, of the rest the newest', async () => {
	const reads = new FakeReads(path => (path.endsWith('/metrics') ? metrics : path === 'log' ? log : '{}'));
	const {clock, observer, changes} = observerOf(reads);
	const looks = () => reads.paths.filter(path => path.includes('aaaa0:9153')).length;
	for (let look = 1; look <= 6; look++) {
		for (let turn = 0; turn < 50 && changes() < look; turn++) await clock.advance(0);
		assert.equal(looks(), look);
		await clock.advance(15_000);
	}
	const found = observer.observations();
	assert.equal(found.filter(({probe, target}) => probe === 'coredns-metrics' && target.endsWith('aaaa0')).length, 4);
	assert.equal(found.filter(({probe, target}) => probe === 'coredns-log' && target.endsWith('aaaa0')).length, 1);
	assert.ok(found.every((one, index) => index === 0 || one.at <= (found[index - 1]?.at ?? 0)));
	observer[Symbol.dispose]();
	const before = looks();
	await clock.advance(60_000);
	assert.equal(looks(), before, 'closed: nothing is asked any more');
});

test('it waits for the cluster to be read first', async () => {
	const clock = createFakeClock();
	const reads = new FakeReads();
	let view: ClusterView | undefined;
	using observer = new DnsObserver({client: reads, clock, view: () => view, changed: () => {}});
	await clock.advance(3000);
	assert.deepEqual([reads.paths, observer.observations()], [[], []]);
	view = clusterView(dnsObjects());
	await clock.advance(1000);
	assert.ok(reads.paths.length > 0);
});
