import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ClusterClient} from '../../../source/core/cluster-client.ts';
import {findBlackbox} from '../../../source/core/net/blackbox.ts';
import {ProblemError} from '../../../source/core/problem.ts';
import {askBlackbox} from '../../../source/store/net/ask-blackbox.ts';
import {clusterView, serviceObject} from '../../tools/cluster-view.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';

const success = '# TYPE probe_success gauge\nprobe_dns_lookup_time_seconds 0.002\nprobe_duration_seconds 0.031\nprobe_http_status_code 200\nprobe_success 1\n';

function clientOf(answer: (query: Readonly<Record<string, string>>) => string): Pick<ClusterClient, 'probes' | 'skewMs'> & {asked: unknown[]} {
	const asked: unknown[] = [];
	const refuse = (): Promise<never> => Promise.reject(new Error('not asked for'));
	return {
		asked,
		skewMs: () => 0,
		probes: {
			exec: refuse,
			createPod: refuse,
			deletePod: refuse,
			addEphemeralContainer: refuse,
			async blackbox(target, query) {
				asked.push([target, query]);
				return answer(query);
			},
		},
	};
}

const exporter = {namespace: 'mon', service: 'blackbox', port: 'http'};
const ask = async (client: ReturnType<typeof clientOf>, kind: 'http' | 'tcp' | 'dns', target: string) =>
	(await askBlackbox(client, {exporter, questions: [{kind, target}], clock: createFakeClock()}, new AbortController().signal))[0];

test('the exporter is found by its labels, its name and its port', () => {
	const found = (name: string, labels: Readonly<Record<string, string>>, ports: readonly unknown[]) =>
		findBlackbox(clusterView([serviceObject('mon/other', {ports: [{port: 9115}]}), serviceObject(`mon/${name}`, {ports}, {metadata: {labels}})]));
	assert.deepEqual(found('bb', {'app.kubernetes.io/name': 'prometheus-blackbox-exporter'}, [{name: 'http', port: 9115}]), {
		namespace: 'mon',
		service: 'bb',
		port: 'http',
	});
	assert.deepEqual(
		found('blackbox-exporter', {}, [
			{name: 'probe', port: 19_115},
			{name: 'https', port: 9115},
		]),
		{namespace: 'mon', service: 'blackbox-exporter', port: 'https'},
	);
	assert.deepEqual(found('x', {app: 'blackbox'}, [{port: 9115}])?.port, '9115');
	assert.equal(found('x', {app: 'web'}, [{port: 9115}]), undefined);
});

test('http, tcp and dns by the modules that come with it', async () => {
	const client = clientOf(() => success);
	const http = await ask(client, 'http', 'https://shop.example.test');
	assert.deepEqual(http?.outcome === 'ok' && http.facts, {success: true, seconds: 0.031, dnsSeconds: 0.002, httpStatus: 200});
	assert.equal(http?.target, 'http https://shop.example.test');
	await ask(client, 'tcp', '10.0.0.1:443');
	await ask(client, 'dns', '10.96.0.10');
	assert.deepEqual(client.asked, [
		[exporter, {module: 'http_2xx', target: 'https://shop.example.test'}],
		[exporter, {module: 'tcp_connect', target: '10.0.0.1:443'}],
		[exporter, {module: 'dns_udp', target: '10.96.0.10'}],
	]);
});

test('a failed probe is an answer; an unknown module, another program and a refusal are not', async () => {
	const failed = await ask(
		clientOf(() => 'probe_http_status_code 0\nprobe_success 0\n'),
		'http',
		'http://x',
	);
	assert.deepEqual(failed?.outcome === 'ok' && failed.facts, {success: false});
	const module = await ask(
		clientOf(() => 'Unknown module "dns_udp"'),
		'dns',
		'10.96.0.10',
	);
	assert.equal(module?.outcome === 'failed' && module.problem.cause, 'it has no module dns_udp, dns, dns_udp_example');
	const other = await ask(
		clientOf(() => '<html>'),
		'http',
		'http://x',
	);
	assert.equal(other?.outcome === 'failed' && other.problem.cause, 'its answer is not that of a probe');
	const refused = await ask(
		clientOf(() => {
			throw new ProblemError({code: 'policy', what: 'Could not ask the blackbox exporter', cause: 'the mode is READ-ONLY'});
		}),
		'http',
		'http://x',
	);
	assert.equal(refused?.outcome === 'failed' && refused.problem.cause, 'the mode is READ-ONLY');
});

test('a module of another name is found: that it lacks one is told with status 400', async () => {
	const client = clientOf(({module}) => {
		if (module === 'dns') return success;
		throw new ProblemError({code: 'invalid', what: 'x', cause: 'the server answered 400', serverMessage: `Unknown module "${module}"`});
	});
	const found = await ask(client, 'dns', '10.96.0.10:53');
	assert.equal(found?.outcome, 'ok');
	assert.deepEqual(
		client.asked.map(one => (one as readonly [unknown, {module: string}])[1].module),
		['dns_udp', 'dns'],
	);
});
