import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../../../source/core/kubernetes.ts';
import {evaluatePolicy} from '../../../../source/core/net/policy/evaluate-policy.ts';
import type {PolicyAnswer, PolicyEnd, PolicyQuestion} from '../../../../source/core/net/policy/policy-answer.ts';
import {policyWorld} from '../../../../source/core/net/policy/policy-world.ts';
import {clusterView, deniedKind, namespaceObject, nodeObject, object, podObject, policyObject, type ViewOptions} from '../../../tools/cluster-view.ts';

const web = podObject('shop/web', {labels: {app: 'web'}, ip: '10.244.1.2', node: 'n1'});
const cart = podObject('shop/cart', {labels: {app: 'cart'}, ip: '10.244.2.3', node: 'n2'});
const pg = podObject('data/pg', {labels: {app: 'pg'}, ip: '10.244.2.9', node: 'n2', ports: [{name: 'sql', containerPort: 5432}]});
const agent = podObject('mon/agent', {labels: {app: 'agent'}, ip: '10.0.0.2', node: 'n2', hostNetwork: true});
const cluster = [web, cart, pg, agent, namespaceObject('shop'), namespaceObject('data'), namespaceObject('mon'), nodeObject('n1', {address: '10.0.0.1'})];
const pod = (one: KubeObject): PolicyEnd => ({kind: 'pod', pod: one});
const shop = {namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'shop'}}};

function ask(policies: readonly KubeObject[], question: Partial<PolicyQuestion>, options: ViewOptions = {}): PolicyAnswer {
	const world = policyWorld(clusterView([...cluster, ...policies], options));
	return evaluatePolicy(world, {from: pod(cart), to: pod(pg), protocol: 'TCP', ...question});
}

const clients = policyObject('data/pg-clients', {
	podSelector: {matchLabels: {app: 'pg'}},
	ingress: [{from: [{...shop, podSelector: {matchExpressions: [{key: 'app', operator: 'In', values: ['web2']}]}}], ports: [{port: 5432}]}],
});

test('both sides are told, and the rule that comes nearest with what of it does not hold', () => {
	const allowData = policyObject('shop/allow-data', {
		podSelector: {},
		policyTypes: ['Egress'],
		egress: [{to: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'data'}}}], ports: [{port: 5432}]}],
	});
	const answer = ask([clients, allowData], {port: 5432});
	assert.equal(answer.verdict, 'deny');
	assert.equal(answer.egress.allowedBy?.text, 'to ns data tcp/5432');
	assert.deepEqual(
		answer.egress.policies.map(({name}) => name),
		['allow-data'],
	);
	assert.equal(answer.ingress.nearest?.text, 'from ns shop app in (web2) tcp/5432');
	assert.deepEqual(answer.reasons, [
		'egress of shop/cart: rule 0 of shop/allow-data allows it: to ns data tcp/5432',
		'ingress of data/pg: data/pg-clients selects data/pg for ingress and no rule allows it',
		'nearest: data/pg-clients rule 0 (from ns shop app in (web2) tcp/5432): cart has app=cart, and app in (web2) matches no pod',
	]);
});

test('near misses: the port, the namespace, the label; a policy without rules comes last', () => {
	const nearest = (spec: object, more: readonly KubeObject[] = []) => {
		const {ingress} = ask([policyObject('data/p', {podSelector: {}, ...spec}), ...more], {port: 5432});
		return `${ingress.nearest?.policy.name} ${ingress.nearest?.clause}: ${ingress.nearest?.miss}`;
	};
	assert.equal(
		nearest({ingress: [{from: [shop], ports: [{port: 80}, {protocol: 'UDP', port: 53}]}]}),
		'p port: it admits tcp/80, udp/53, and tcp/5432 is asked for',
	);
	assert.equal(nearest({ingress: [{from: [{podSelector: {}}]}]}), 'p peer: cart is in ns shop, and without a namespaceSelector only ns data is meant');
	assert.equal(
		nearest({ingress: [{from: [{namespaceSelector: {matchLabels: {team: 'a'}}}]}]}),
		'p peer: ns shop has no label team, and the rule asks for team=a',
	);
	assert.equal(nearest({ingress: [{from: [{...shop, podSelector: {matchLabels: {app: 'web'}}}]}]}), 'p peer: cart has app=cart, and the rule asks for app=web');
	assert.equal(nearest({ingress: [{from: [{ipBlock: {cidr: '203.0.113.0/24'}}]}]}), 'p peer: shop/cart is not in 203.0.113.0/24');
	assert.equal(nearest({policyTypes: ['Ingress']}), 'p no-rule: it has no ingress rule');
	assert.equal(nearest({policyTypes: ['Ingress']}, [clients]), 'pg-clients peer: cart has app=cart, and app in (web2) matches no pod');
});

test('of several rules the nearest is the one where least is missing', () => {
	const spec = {
		podSelector: {},
		ingress: [{from: [{ipBlock: {cidr: '203.0.113.0/24'}}]}, {from: [{namespaceSelector: {matchLabels: {team: 'a'}}}]}, {from: [shop], ports: [{port: 80}]}],
	};
	assert.equal(ask([policyObject('data/p', spec)], {port: 5432}).ingress.nearest?.rule, 2);
});

test('an ipBlock that holds a pod is unknown, but the whole world is not', () => {
	const block = (cidr: string) => ask([policyObject('data/p', {podSelector: {}, ingress: [{from: [{ipBlock: {cidr}}]}]})], {port: 5432});
	assert.equal(block('0.0.0.0/0').verdict, 'allow');
	assert.equal(block('10.244.0.0/16').verdict, 'unknown');
	assert.match(block('10.244.0.0/16').ingress.reason, /may allow it: ipBlock 10.244.0.0\/16 is meant for addresses outside the cluster/);
	assert.equal(block('10.245.0.0/16').verdict, 'deny');
	assert.equal(block('nonsense').verdict, 'deny');
});

test('the internet is reached where every public address is admitted; private exceptions change nothing', () => {
	const to = (except: readonly string[], cidr = '0.0.0.0/0') =>
		ask([policyObject('shop/p', {podSelector: {}, policyTypes: ['Egress'], egress: [{to: [{ipBlock: {cidr, except}}]}]})], {to: {kind: 'internet'}, port: 443})
			.verdict;
	assert.equal(to([]), 'allow');
	assert.equal(to(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.169.254/32']), 'allow');
	assert.equal(to(['8.8.8.0/24']), 'unknown');
	assert.equal(to([], '203.0.113.0/24'), 'unknown');
	assert.equal(to([], '10.0.0.0/8'), 'deny');
	assert.equal(to([], '2000::/3'), 'unknown');
});

test("a pod with the node's network: policies on it are unknown, selectors may or may not name it, its address does", () => {
	const onAgent = policyObject('mon/p', {podSelector: {}, policyTypes: ['Ingress', 'Egress']});
	assert.equal(ask([onAgent], {to: pod(agent), from: pod(web), port: 80}).verdict, 'unknown');
	assert.equal(ask([onAgent], {from: pod(agent), to: pod(web), port: 80}).verdict, 'unknown');
	assert.equal(ask([], {to: pod(agent), from: pod(web), port: 80}).verdict, 'allow');
	const fromMon = (peer: object) => ask([policyObject('shop/p', {podSelector: {}, ingress: [{from: [peer]}]})], {from: pod(agent), to: pod(web), port: 80});
	assert.equal(fromMon({namespaceSelector: {}}).verdict, 'unknown');
	assert.match(fromMon({namespaceSelector: {}}).ingress.reason, /has the node's network/);
	assert.equal(fromMon({ipBlock: {cidr: '10.0.0.2/32'}}).verdict, 'allow');
	assert.equal(fromMon({podSelector: {}}).verdict, 'deny');
	// cart runs on the agent's node.
	assert.equal(ask([policyObject('shop/p', {podSelector: {}, policyTypes: ['Ingress']})], {from: pod(agent), to: pod(cart), port: 80}).verdict, 'allow');
});

test('a node is named by its address alone, and its own pods are always reached', () => {
	const deny = policyObject('shop/p', {podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]});
	const node: PolicyEnd = {kind: 'node', node: nodeObject('n1', {address: '10.0.0.1'})};
	assert.equal(ask([deny], {from: node, to: pod(cart), port: 80}).verdict, 'deny');
	assert.equal(ask([deny], {from: node, to: pod(web), port: 80}).verdict, 'allow');
	assert.equal(ask([deny], {from: node, to: node, port: 80}).verdict, 'allow');
	const block = policyObject('shop/q', {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: '10.0.0.0/24'}}]}]});
	assert.equal(ask([deny, block], {from: node, to: pod(cart), port: 80}).verdict, 'allow');
});

test('what could not be read makes it unknown, never allowed', () => {
	const {verdict, reasons} = ask([clients], {port: 5432}, {unread: {'networkpolicies.networking.k8s.io': deniedKind('networkpolicies')}});
	assert.equal(verdict, 'unknown');
	assert.match(reasons.join('\n'), /NetworkPolicies could not be read: User viewer may not list networkpolicies/);
	assert.equal(ask([], {port: 1}, {unread: {'networkpolicies.networking.k8s.io': {state: 'loading'}}}).verdict, 'unknown');
	assert.equal(ask([], {port: 1}, {unread: {'networkpolicies.networking.k8s.io': {state: 'absent'}}}).verdict, 'allow');
});

test('without the right to read namespaces their names are known all the same', () => {
	const unread = {namespaces: deniedKind('namespaces')};
	const by = (namespaceSelector: object) => ask([policyObject('data/p', {podSelector: {}, ingress: [{from: [{namespaceSelector}]}]})], {port: 5432}, {unread});
	assert.equal(by(shop.namespaceSelector).verdict, 'allow');
	assert.equal(by({matchLabels: {'kubernetes.io/metadata.name': 'mon'}}).verdict, 'deny');
	assert.equal(by({}).verdict, 'allow');
	assert.equal(by({matchLabels: {team: 'a'}}).verdict, 'unknown');
});

test('a port by its name is the one of the destination; an unknown name has no number', () => {
	const named = policyObject('data/p', {podSelector: {}, ingress: [{from: [shop], ports: [{port: 'sql'}]}]});
	assert.equal(ask([named], {port: 'sql'}).verdict, 'allow');
	assert.equal(ask([named], {port: 5432}).verdict, 'allow');
	const unknown = ask([named], {port: 'http'});
	assert.equal(unknown.verdict, 'unknown');
	assert.equal(unknown.reasons[0], 'port http is declared by no container of data/pg, so it has no number to look for');
	assert.equal(ask([policyObject('data/p', {podSelector: {}, policyTypes: ['Ingress']})], {port: 'http'}).verdict, 'deny');
});

test('without a port: which ports are admitted by both sides', () => {
	const egress = policyObject('shop/e', {podSelector: {}, policyTypes: ['Egress'], egress: [{ports: [{port: 80, endPort: 90}, {port: 443}]}]});
	const ingress = policyObject('data/i', {podSelector: {}, ingress: [{ports: [{port: 85, endPort: 100}, {port: 443}, {port: 444}]}]});
	assert.equal(ask([egress, ingress], {}).ports, 'TCP 85-90, 443');
	assert.equal(ask([], {}).ports, undefined);
	assert.equal(ask([egress, ingress], {protocol: 'UDP'}).verdict, 'deny');
});

test('policies of other APIs that select an end turn allow into unknown and are named; a denial stays', () => {
	const cilium = object('cilium.io/v2', 'CiliumNetworkPolicy', 'data/db', {spec: {endpointSelector: {matchLabels: {'k8s:app': 'pg'}}}});
	const answer = ask([cilium], {port: 5432});
	assert.equal(answer.verdict, 'unknown');
	assert.deepEqual(
		answer.notEvaluated.map(({api, ref}) => `${api} ${ref.namespace}/${ref.name}`),
		['CiliumNetworkPolicy data/db'],
	);
	assert.equal(answer.ingress.reason, 'NetworkPolicies allow it, but CiliumNetworkPolicy data/db is not evaluated');
	assert.equal(ask([cilium], {to: pod(web), port: 80}).verdict, 'allow');
	assert.equal(ask([cilium, clients], {port: 5432}).verdict, 'deny');
});

const selecting: ReadonlyArray<readonly [title: string, object: KubeObject, verdict: 'allow' | 'unknown']> = [
	[
		'AdminNetworkPolicy on namespaces',
		object('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', 'a', {
			spec: {subject: {namespaces: {matchLabels: {'kubernetes.io/metadata.name': 'data'}}}},
		}),
		'unknown',
	],
	[
		'AdminNetworkPolicy on other namespaces',
		object('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', 'a', {
			spec: {subject: {namespaces: {matchLabels: {'kubernetes.io/metadata.name': 'mon'}}}},
		}),
		'allow',
	],
	[
		'AdminNetworkPolicy on pods',
		object('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', 'a', {
			spec: {subject: {pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: 'cart'}}}}},
		}),
		'unknown',
	],
	[
		'BaselineAdminNetworkPolicy',
		object('policy.networking.k8s.io/v1alpha1', 'BaselineAdminNetworkPolicy', 'default', {spec: {subject: {namespaces: {}}}}),
		'unknown',
	],
	['CiliumNetworkPolicy of another namespace', object('cilium.io/v2', 'CiliumNetworkPolicy', 'mon/x', {spec: {endpointSelector: {}}}), 'allow'],
	[
		'CiliumNetworkPolicy with several specs',
		object('cilium.io/v2', 'CiliumNetworkPolicy', 'data/x', {specs: [{endpointSelector: {matchLabels: {app: 'x'}}}, {endpointSelector: {}}]}),
		'unknown',
	],
	['CiliumClusterwideNetworkPolicy for nodes', object('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', 'x', {spec: {nodeSelector: {}}}), 'allow'],
	['Calico NetworkPolicy', object('crd.projectcalico.org/v1', 'NetworkPolicy', 'shop/x', {spec: {selector: 'app == "cart"'}}), 'unknown'],
	["Calico's copy of a NetworkPolicy", object('projectcalico.org/v3', 'NetworkPolicy', 'shop/knp.default.x', {spec: {selector: 'all()'}}), 'allow'],
	['Calico GlobalNetworkPolicy', object('crd.projectcalico.org/v1', 'GlobalNetworkPolicy', 'x', {spec: {}}), 'unknown'],
	[
		'AuthorizationPolicy of the receiver',
		object('security.istio.io/v1', 'AuthorizationPolicy', 'data/x', {spec: {selector: {matchLabels: {app: 'pg'}}}}),
		'unknown',
	],
	['AuthorizationPolicy of the sender', object('security.istio.io/v1', 'AuthorizationPolicy', 'shop/x', {spec: {}}), 'allow'],
	['AuthorizationPolicy of the mesh', object('security.istio.io/v1', 'AuthorizationPolicy', 'istio-system/x', {spec: {}}), 'unknown'],
];
for (const [title, other, verdict] of selecting) {
	test(`${title}: ${verdict}`, () => assert.equal(ask([other], {port: 5432}).verdict, verdict));
}

test('a peer that names nothing, and strange objects, admit nobody and throw nothing', () => {
	for (const spec of [{podSelector: {}, ingress: [{from: [{}]}]}, {podSelector: {}, ingress: 'no' as unknown}, {policyTypes: ['Ingress']}]) {
		assert.equal(ask([policyObject('data/p', spec)], {port: 5432}).verdict, 'deny');
	}
	assert.equal(ask([object('networking.k8s.io/v1', 'NetworkPolicy', 'data/p')], {port: 5432}).verdict, 'deny');
});
