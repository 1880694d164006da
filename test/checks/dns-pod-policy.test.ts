import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsPodPolicy} from '../../source/checks/dns-pod-policy.ts';
import {podObject, serviceObject} from '../tools/cluster-view.ts';
import {findings, remedies, told, withoutKind} from '../tools/run-check.ts';
import {dnsObjects} from '../core/net/dns/dns-fixture.ts';

const objects = [...dnsObjects(), serviceObject('shop/web', {clusterIP: '10.96.0.20', ports: [{port: 80}]})];

function pod(spec: object, container: object, metadata: object = {}) {
	return podObject('shop/agent', {spec: {containers: [{name: 'main', image: 'registry.test/a:1', ...container}], ...spec}, metadata});
}

const onHost = {hostNetwork: true, dnsPolicy: 'ClusterFirst'};
const names = {env: [{name: 'TARGET', value: 'http://web.shop.svc:80'}]};

test('on the host network with ClusterFirst, and it names a Service: the place is told, never the value', () => {
	const owned = pod(onHost, names, {ownerReferences: [{apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'u', controller: true}]});
	assert.deepEqual(told(dnsPodPolicy, [...objects, owned]), [
		'DNS_HOSTNET_POLICY warning likely: Pod shop/agent is on the host network with dnsPolicy ClusterFirst: names of the cluster do not resolve in it',
	]);
	const [found] = findings(dnsPodPolicy, [...objects, owned]);
	assert.ok(found?.evidence.some(({path}) => path === 'spec.containers[0].env[TARGET]'));
	assert.doesNotMatch(JSON.stringify(found), /web\.shop/);
	assert.equal(
		remedies(dnsPodPolicy, [...objects, owned])[0],
		`kubectl -n shop patch daemonset agent --type merge -p '{"spec":{"template":{"spec":{"dnsPolicy":"ClusterFirstWithHostNet"}}}}'`,
	);
});

test('the pods of one owner are told once', () => {
	const owned = (name: string) =>
		podObject(`shop/${name}`, {
			spec: {...onHost, containers: [{name: 'main', ...names}]},
			metadata: {ownerReferences: [{apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'u', controller: true}]},
		});
	assert.equal(told(dnsPodPolicy, [...objects, owned('agent-1'), owned('agent-2')]).length, 1);
});

test('a Service named in another way: service.namespace, one word in a URL', () => {
	for (const word of ['--to=web.shop:80', 'http://web/health']) assert.equal(findings(dnsPodPolicy, [...objects, pod(onHost, {args: [word]})]).length, 1, word);
});

test('no names, no fault: node agents, an issuer, a word that is also a Service, static pods, ClusterFirstWithHostNet', () => {
	for (const container of [{}, {args: ['--path=/proc']}, {args: ['--service-account-issuer=https://kubernetes.default.svc.cluster.local']}, {args: ['web']}])
		assert.deepEqual(told(dnsPodPolicy, [...objects, pod(onHost, container)]), [], JSON.stringify(container));
	assert.deepEqual(told(dnsPodPolicy, [...objects, pod(onHost, names, {annotations: {'kubernetes.io/config.mirror': 'x'}})]), []);
	assert.deepEqual(told(dnsPodPolicy, [...objects, pod({...onHost, dnsPolicy: 'ClusterFirstWithHostNet'}, names)]), []);
	assert.deepEqual(told(dnsPodPolicy, [...objects, pod({}, names)]), []);
});

test("dnsPolicy None: without the search list, without the cluster's server, and as it should be", () => {
	const none = (dnsConfig: object, container: object) => told(dnsPodPolicy, [...objects, pod({dnsPolicy: 'None', dnsConfig}, container)]);
	assert.match(
		none({nameservers: ['10.96.0.10']}, {args: ['http://web/']})[0] ?? '',
		/^DNS_POLICY_NONE_INCOMPLETE warning likely: Pod shop\/agent has dnsPolicy None without a search list for cluster\.local/,
	);
	assert.match(none({nameservers: ['1.1.1.1']}, names)[0] ?? '', /warning likely: .*does not ask the DNS of the cluster/);
	assert.match(none({nameservers: ['1.1.1.1']}, {})[0] ?? '', /^DNS_POLICY_NONE_INCOMPLETE info possible/);
	assert.deepEqual(none({nameservers: ['10.96.0.10']}, names), []);
	assert.deepEqual(none({nameservers: ['10.96.0.10'], searches: ['svc.cluster.local']}, {args: ['http://web/']}), []);
});

test('pods that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(dnsPodPolicy, objects, 'pods'), ['NOT_CHECKED coverage']);
});
