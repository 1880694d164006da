import assert from 'node:assert/strict';
import {test} from 'node:test';
import {networkPolicyDns} from '../../source/checks/network-policy-dns.ts';
import {namespaceObject, nodeObject, object, podObject, policyObject, serviceObject} from '../tools/cluster-view.ts';
import {findings, remedies, told, withoutKind} from '../tools/run-check.ts';

const dnsPorts = [
	{name: 'dns', containerPort: 53, protocol: 'UDP'},
	{name: 'dns-tcp', containerPort: 53},
];
const dns = [
	serviceObject(
		'kube-system/kube-dns',
		{
			selector: {'k8s-app': 'kube-dns'},
			clusterIP: '10.96.0.10',
			ports: [
				{name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns'},
				{name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 'dns-tcp'},
			],
		},
		{metadata: {labels: {'k8s-app': 'kube-dns'}}},
	),
	podObject('kube-system/coredns-1', {labels: {'k8s-app': 'kube-dns'}, ip: '10.0.0.53', ports: dnsPorts, node: 'b'}),
	...['shop', 'kube-system'].map(name => namespaceObject(name)),
];
const cart = podObject('shop/cart-1', {labels: {app: 'cart'}, ip: '10.0.1.1'});
const calico = object('apps/v1', 'DaemonSet', 'kube-system/calico-node', {status: {}});
const egress = (rules: readonly unknown[]) => policyObject('shop/egress', {podSelector: {}, policyTypes: ['Egress'], egress: rules});
const toDns = (...protocols: readonly string[]) => ({
	to: [{namespaceSelector: {}, podSelector: {matchLabels: {'k8s-app': 'kube-dns'}}}],
	ports: protocols.map(protocol => ({protocol, port: 53})),
});

test('no rule for port 53: every look-up fails', () => {
	const objects = [...dns, calico, cart, egress([{to: [{podSelector: {}}]}])];
	assert.deepEqual(told(networkPolicyDns, objects), [
		'NP_EGRESS_BLOCKS_DNS critical likely: Egress policies on pod shop/cart-1 allow no UDP and TCP 53 to the cluster DNS: every look-up fails',
	]);
	assert.match(remedies(networkPolicyDns, objects)[0] ?? '', /"name":"allow-dns","namespace":"shop".*"k8s-app":"kube-dns"/);
	assert.match(JSON.stringify(findings(networkPolicyDns, objects)[0]?.evidence), /coredns-1 is in ns kube-system/);
});

test('UDP alone lets small answers through, TCP alone none', () => {
	assert.match(
		told(networkPolicyDns, [...dns, calico, cart, egress([toDns('UDP')])])[0] ?? '',
		/^NP_EGRESS_BLOCKS_DNS warning likely: .* allow no TCP 53 .*large answers fail$/,
	);
	assert.match(told(networkPolicyDns, [...dns, calico, cart, egress([toDns('TCP')])])[0] ?? '', /^NP_EGRESS_BLOCKS_DNS critical likely: .* allow no UDP 53 /);
});

test('what CoreDNS lets in counts too', () => {
	const closed = policyObject('kube-system/dns', {podSelector: {matchLabels: {'k8s-app': 'kube-dns'}}, ingress: [{from: [{podSelector: {}}]}]});
	assert.match(
		told(networkPolicyDns, [...dns, calico, cart, closed, egress([{}])])[0] ?? '',
		/critical likely: Ingress policies on kube-system\/coredns-1 allow no UDP and TCP 53/,
	);
});

test('one finding a workload', () => {
	const owner = [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'cart', uid: 'c', controller: true}];
	const carts = ['0', '1', '2'].map(name => podObject(`shop/cart-${name}`, {labels: {app: 'cart'}, metadata: {ownerReferences: owner}}));
	assert.deepEqual(
		told(networkPolicyDns, [...dns, calico, ...carts, egress([])]).map(text => text.slice(0, 90)),
		['NP_EGRESS_BLOCKS_DNS critical likely: Egress policies on pod shop/cart-0 allow no UDP and '],
	);
	const cell = {transport: 'timeout', from: {namespace: 'shop', pod: 'cart-2'}, to: {kind: 'dns-service'}};
	const observations = [{probe: 'dns-query', target: 'x', at: 0, tookMs: 1, outcome: 'ok' as const, facts: cell}];
	assert.match(told(networkPolicyDns, [...dns, ...carts, egress([])], {observations})[0] ?? '', /^NP_EGRESS_BLOCKS_DNS critical proven: .*shop\/cart-2/);
});

test('without an enforcing plugin a remark; a probe that failed proves it', () => {
	const flannel = nodeObject('n', {annotations: {'flannel.alpha.coreos.com/backend-type': 'vxlan'}});
	const objects = [...dns, flannel, cart, egress([])];
	assert.match(told(networkPolicyDns, objects)[0] ?? '', /^NP_EGRESS_BLOCKS_DNS info possible/);
	const cell = (transport: string) => ({
		probe: 'dns-query',
		target: 'x',
		at: 0,
		tookMs: 1,
		outcome: 'ok' as const,
		facts: {transport, from: {namespace: 'shop', pod: 'cart-1'}, to: {kind: 'dns-service'}},
	});
	assert.match(told(networkPolicyDns, objects, {observations: [cell('timeout'), cell('tool-missing')]})[0] ?? '', /^NP_EGRESS_BLOCKS_DNS critical proven/);
	assert.match(told(networkPolicyDns, objects, {observations: [cell('timeout'), cell('ok')]})[0] ?? '', /^NP_EGRESS_BLOCKS_DNS info/);
});

test('false positives: a rule by pods, by the world, dnsPolicy None and Default, node-local DNS, another target port, open pods', () => {
	assert.deepEqual(told(networkPolicyDns, [...dns, cart, egress([toDns('UDP', 'TCP')])]), []);
	assert.deepEqual(told(networkPolicyDns, [...dns, cart, egress([{to: [{ipBlock: {cidr: '0.0.0.0/0'}}]}])]), []);
	for (const dnsPolicy of ['None', 'Default']) assert.deepEqual(told(networkPolicyDns, [...dns, podObject('shop/x', {spec: {dnsPolicy}}), egress([])]), []);
	const local = object('apps/v1', 'DaemonSet', 'kube-system/node-local-dns', {metadata: {labels: {'k8s-app': 'node-local-dns'}}, spec: {}});
	assert.deepEqual(told(networkPolicyDns, [...dns, local, cart, egress([{to: [{ipBlock: {cidr: '169.254.20.10/32'}}]}])]), []);
	const odd = [
		serviceObject(
			'kube-system/kube-dns',
			{
				selector: {'k8s-app': 'kube-dns'},
				ports: [
					{port: 53, protocol: 'UDP', targetPort: 5353},
					{port: 53, targetPort: 5353},
				],
			},
			{metadata: {labels: {'k8s-app': 'kube-dns'}}},
		),
		...dns.slice(1),
	];
	assert.deepEqual(told(networkPolicyDns, [...odd, cart, egress([{ports: [{protocol: 'UDP', port: 5353}, {port: 5353}]}])]), []);
	assert.deepEqual(told(networkPolicyDns, [...dns, cart, policyObject('shop/in', {podSelector: {}, policyTypes: ['Ingress']})]), []);
});

test('unread is not checked', () => assert.deepEqual(withoutKind(networkPolicyDns, dns, 'networkpolicies.networking.k8s.io'), ['NOT_CHECKED coverage']));
