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
		'NP_EGRESS_BLOCKS_DNS critical likely: NetworkPolicy shop/egress keeps shop/cart-1 from DNS: no rule allows UDP and TCP 53, every look-up fails',
	]);
	assert.match(remedies(networkPolicyDns, objects)[0] ?? '', /"name":"allow-dns","namespace":"shop".*"k8s-app":"kube-dns"/);
	const [finding] = findings(networkPolicyDns, objects);
	assert.match(JSON.stringify(finding?.evidence), /coredns-1 is in ns kube-system/);
	const {kind, namespace, name} = finding?.subject ?? {};
	assert.deepEqual([kind, namespace, name], ['NetworkPolicy', 'shop', 'egress'], 'what has to be changed');
	assert.equal(finding?.key, 'NP_EGRESS_BLOCKS_DNS NetworkPolicy shop/egress', 'a probe that proves it is about the same');
});

test('UDP alone lets small answers through, TCP alone none', () => {
	assert.match(
		told(networkPolicyDns, [...dns, calico, cart, egress([toDns('UDP')])])[0] ?? '',
		/^NP_EGRESS_BLOCKS_DNS warning likely: .* allows TCP 53, large answers fail$/,
	);
	assert.match(told(networkPolicyDns, [...dns, calico, cart, egress([toDns('TCP')])])[0] ?? '', /^NP_EGRESS_BLOCKS_DNS critical likely: .* allows UDP 53, /);
});

test('what CoreDNS lets in counts too', () => {
	const closed = policyObject('kube-system/dns', {podSelector: {matchLabels: {'k8s-app': 'kube-dns'}}, ingress: [{from: [{podSelector: {}}]}]});
	assert.match(
		told(networkPolicyDns, [...dns, calico, cart, closed, egress([{}])])[0] ?? '',
		/critical likely: NetworkPolicy kube-system\/dns keeps shop\/cart-1 from DNS: kube-system\/coredns-1 is closed for UDP and TCP 53/,
	);
	assert.match(
		remedies(networkPolicyDns, [...dns, calico, cart, closed, egress([{}])])[0] ?? '',
		/"namespace":"kube-system".*"policyTypes":\["Ingress"\]/,
		'what opens the way out helps nobody here',
	);
});

test('one finding a policy, whatever workloads it cuts off; a pod that was probed stands first', () => {
	const owner = [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'cart', uid: 'c', controller: true}];
	const carts = ['0', '1', '2'].map(name => podObject(`shop/cart-${name}`, {labels: {app: 'cart'}, metadata: {ownerReferences: owner}}));
	const web = podObject('shop/web-1', {labels: {app: 'web'}});
	assert.deepEqual(
		told(networkPolicyDns, [...dns, calico, ...carts, web, egress([])]).map(text => text.slice(0, 90)),
		['NP_EGRESS_BLOCKS_DNS critical likely: NetworkPolicy shop/egress keeps shop/cart-0 and 3 mo'],
	);
	const pods = findings(networkPolicyDns, [...dns, calico, ...carts, web, egress([])])[0]?.evidence.filter(({path}) => path === 'pod');
	assert.deepEqual(
		pods?.map(({value}) => value),
		['shop/cart-0 and 2 pods like it', 'shop/web-1'],
	);
	const cell = {transport: 'timeout', from: {namespace: 'shop', pod: 'cart-2'}, to: {kind: 'dns-service'}};
	const observations = [{probe: 'dns-query', target: 'x', at: 0, tookMs: 1, outcome: 'ok' as const, facts: cell}];
	assert.match(
		told(networkPolicyDns, [...dns, ...carts, web, egress([])], {observations})[0] ?? '',
		/^NP_EGRESS_BLOCKS_DNS critical proven: .* keeps shop\/cart-2 and 3 more pods/,
	);
});

test('policies together: all of them are named, and the first is what the finding is about', () => {
	const other = policyObject('shop/other', {podSelector: {}, policyTypes: ['Egress'], egress: []});
	assert.deepEqual(
		told(networkPolicyDns, [...dns, calico, cart, egress([]), other]).map(text => text.slice(0, 100)),
		['NP_EGRESS_BLOCKS_DNS critical likely: NetworkPolicies shop/egress, shop/other keep shop/cart-1 from '],
	);
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
