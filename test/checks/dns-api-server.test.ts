import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsApiServer} from '../../source/checks/dns-api-server.ts';
import {findings, told, withoutKind} from '../tools/run-check.ts';
import {dnsObjects, logOf} from '../core/net/dns/dns-fixture.ts';

const timeout =
	'[INFO] plugin/kubernetes: pkg/reflector.go:231: failed to list *v1.Service: Get "https://10.96.0.1:443/api/v1/services": dial tcp 10.96.0.1:443: i/o timeout';
const forbidden =
	'[ERROR] plugin/kubernetes: Failed to watch *v1.EndpointSlice: endpointslices.discovery.k8s.io is forbidden: User "system:serviceaccount:kube-system:coredns" cannot list resource';
const waiting = '[INFO] plugin/ready: Still waiting on: "kubernetes"';

test('three failures over more than a minute, the newest fresh', () => {
	const [found] = findings(dnsApiServer, dnsObjects(), {
		observations: [
			logOf(0, [
				[100, timeout],
				[60, timeout],
				[10, timeout],
			]),
		],
	});
	assert.equal(
		`${found?.severity} ${found?.confidence} ${found?.title}`,
		'critical proven CoreDNS kube-system/coredns-5d7c6cdd6-aaaa0 cannot watch the API: i/o timeout',
	);
	assert.equal(found?.remedy[0]?.command, 'k8tui net path kubernetes.default:443');
});

test('it may not: the sub-cause and the question to ask', () => {
	const [found] = findings(dnsApiServer, dnsObjects(), {
		observations: [
			logOf(0, [
				[100, forbidden],
				[50, forbidden],
				[10, forbidden],
			]),
		],
	});
	assert.match(found?.title ?? '', /cannot watch the API: it may not$/);
	assert.match(found?.remedy[0]?.command ?? '', /^kubectl auth can-i list endpointslices/);
});

test('a restart of the API server is shorter; old lines are history', () => {
	assert.deepEqual(
		told(dnsApiServer, dnsObjects(), {
			observations: [
				logOf(0, [
					[12, timeout],
					[11, timeout],
					[10, timeout],
				]),
			],
		}),
		[],
	);
	assert.deepEqual(
		told(dnsApiServer, dnsObjects(), {
			observations: [
				logOf(0, [
					[900, timeout],
					[800, timeout],
					[700, timeout],
				]),
			],
		}),
		[],
	);
	assert.deepEqual(
		told(dnsApiServer, dnsObjects(), {
			oneShot: true,
			observations: [
				logOf(0, [
					[200, timeout],
					[100, timeout],
					[45, timeout],
				]),
			],
		}),
		[],
	);
});

test('waiting for the API at its start: only while the pod is not ready', () => {
	assert.match(
		told(dnsApiServer, dnsObjects({ready: false}), {observations: [logOf(0, [[5, waiting]])]})[0] ?? '',
		/^DNS_APISERVER_UNREACHABLE critical likely/,
	);
	assert.deepEqual(told(dnsApiServer, dnsObjects(), {observations: [logOf(0, [[5, waiting]])]}), []);
	assert.deepEqual(told(dnsApiServer, dnsObjects({ready: false}), {observations: [logOf(0, [[5, '[INFO] plugin/ready: Plugins not ready: "errors"']])]}), []);
});

test('pods that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(dnsApiServer, dnsObjects(), 'pods'), ['NOT_CHECKED coverage']);
});
