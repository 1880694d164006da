import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../../../source/core/kubernetes.ts';
import {evaluatePolicy} from '../../../../source/core/net/policy/evaluate-policy.ts';
import type {PolicyEnd, PolicyProtocol} from '../../../../source/core/net/policy/policy-answer.ts';
import {policyWorld} from '../../../../source/core/net/policy/policy-world.ts';
import {clusterView, namespaceObject, nodeObject, podObject, policyObject} from '../../../tools/cluster-view.ts';

// The examples of kubernetes.io, Network Policies: each policy as published, then what its text says of it.

const db = podObject('default/db', {labels: {role: 'db'}, ip: '10.244.0.2', node: 'n1', ports: [{name: 'sql', containerPort: 6379}]});
const frontend = podObject('default/frontend', {labels: {role: 'frontend'}, ip: '10.244.0.3', node: 'n2'});
const other = podObject('default/other', {labels: {role: 'other'}, ip: '10.244.0.4', node: 'n2'});
const mine = podObject('myproject/app', {labels: {user: 'alice', role: 'client'}, ip: '10.244.1.5', node: 'n2'});
const clerk = podObject('myproject/clerk', {labels: {role: 'clerk'}, ip: '10.244.1.6', node: 'n2'});
const stranger = podObject('elsewhere/app', {labels: {role: 'client'}, ip: '10.244.2.7', node: 'n2'});
const cluster: readonly KubeObject[] = [
	...[db, frontend, other, mine, clerk, stranger],
	namespaceObject('default'),
	namespaceObject('myproject', {project: 'myproject', user: 'alice'}),
	namespaceObject('elsewhere', {user: 'bob'}),
	nodeObject('n1', {address: '192.168.0.1'}),
	nodeObject('n2', {address: '192.168.0.2'}),
];
const address = (text: string): PolicyEnd => ({kind: 'address', address: text});
const internet: PolicyEnd = {kind: 'internet'};

type Ask = readonly [from: KubeObject | PolicyEnd, to: KubeObject | PolicyEnd, port: number, verdict: 'allow' | 'deny' | 'unknown', protocol?: PolicyProtocol];

function endOf(end: KubeObject | PolicyEnd): PolicyEnd {
	return 'apiVersion' in end ? {kind: 'pod', pod: end} : end;
}

function example(title: string, specs: Readonly<Record<string, unknown>>, asks: readonly Ask[]): void {
	test(title, () => {
		const world = policyWorld(clusterView([...cluster, ...Object.entries(specs).map(([path, spec]) => policyObject(path, spec))]));
		for (const [from, to, port, verdict, protocol = 'TCP'] of asks) {
			const answer = evaluatePolicy(world, {from: endOf(from), to: endOf(to), protocol, port});
			assert.equal(answer.verdict, verdict, `${answer.egress.subject} -> ${answer.ingress.subject} ${protocol}/${port}\n${answer.reasons.join('\n')}`);
		}
	});
}

const published = {
	podSelector: {matchLabels: {role: 'db'}},
	policyTypes: ['Ingress', 'Egress'],
	ingress: [
		{
			from: [
				{ipBlock: {cidr: '172.17.0.0/16', except: ['172.17.1.0/24']}},
				{namespaceSelector: {matchLabels: {project: 'myproject'}}},
				{podSelector: {matchLabels: {role: 'frontend'}}},
			],
			ports: [{protocol: 'TCP', port: 6379}],
		},
	],
	egress: [{to: [{ipBlock: {cidr: '10.0.0.0/24'}}], ports: [{protocol: 'TCP', port: 5978}]}],
};

example('The NetworkPolicy resource', {'default/test-network-policy': published}, [
	[frontend, db, 6379, 'allow'],
	[mine, db, 6379, 'allow'],
	[clerk, db, 6379, 'allow'],
	[address('172.17.0.1'), db, 6379, 'allow'],
	[address('172.17.0.255'), db, 6379, 'allow'],
	[address('172.17.2.0'), db, 6379, 'allow'],
	[address('172.17.255.255'), db, 6379, 'allow'],
	[address('172.17.1.1'), db, 6379, 'deny'],
	[other, db, 6379, 'deny'],
	[stranger, db, 6379, 'deny'],
	[frontend, db, 6380, 'deny'],
	[frontend, db, 6379, 'deny', 'UDP'],
	[db, address('10.0.0.5'), 5978, 'allow'],
	[db, address('10.0.0.5'), 5979, 'deny'],
	[db, address('10.0.1.5'), 5978, 'deny'],
	[db, frontend, 80, 'deny'],
	[frontend, other, 80, 'allow'],
]);

const userAlice = {namespaceSelector: {matchLabels: {user: 'alice'}}};
const roleClient = {podSelector: {matchLabels: {role: 'client'}}};
example(
	'namespaceSelector and podSelector in one element: both must hold',
	{'default/and': {podSelector: {}, ingress: [{from: [{...userAlice, ...roleClient}]}]}},
	[
		[mine, db, 80, 'allow'],
		[clerk, db, 80, 'deny'],
		[stranger, db, 80, 'deny'],
		[frontend, db, 80, 'deny'],
	],
);
example('namespaceSelector and podSelector as two elements: either will do', {'default/or': {podSelector: {}, ingress: [{from: [userAlice, roleClient]}]}}, [
	[mine, db, 80, 'allow'],
	[clerk, db, 80, 'allow'],
	// role=client of another namespace: a podSelector alone means the policy's own.
	[stranger, db, 80, 'deny'],
	[frontend, db, 80, 'deny'],
]);

example('Default deny all ingress traffic', {'default/default-deny-ingress': {podSelector: {}, policyTypes: ['Ingress']}}, [
	[frontend, db, 80, 'deny'],
	[mine, db, 80, 'deny'],
	[internet, db, 80, 'deny'],
	[db, mine, 80, 'allow'],
	[db, internet, 443, 'allow'],
]);
example(
	'Allow all ingress traffic',
	{'default/deny': {podSelector: {}, policyTypes: ['Ingress']}, 'default/allow-all-ingress': {podSelector: {}, ingress: [{}], policyTypes: ['Ingress']}},
	[
		[frontend, db, 80, 'allow'],
		[stranger, db, 53, 'allow', 'UDP'],
		[internet, db, 80, 'allow'],
	],
);
example('Default deny all egress traffic', {'default/default-deny-egress': {podSelector: {}, policyTypes: ['Egress']}}, [
	[db, frontend, 80, 'deny'],
	[db, internet, 443, 'deny'],
	[mine, db, 80, 'allow'],
]);
example(
	'Allow all egress traffic',
	{'default/deny': {podSelector: {}, policyTypes: ['Egress']}, 'default/allow-all-egress': {podSelector: {}, egress: [{}], policyTypes: ['Egress']}},
	[
		[db, frontend, 80, 'allow'],
		[db, internet, 443, 'allow'],
	],
);
example('Default deny all ingress and all egress traffic', {'default/default-deny-all': {podSelector: {}, policyTypes: ['Ingress', 'Egress']}}, [
	[db, mine, 80, 'deny'],
	[mine, db, 80, 'deny'],
	[mine, clerk, 80, 'allow'],
	// A pod cannot block access to itself, and its node always reaches it.
	[db, db, 80, 'allow'],
	[{kind: 'node', node: nodeObject('n1', {address: '192.168.0.1'})}, db, 80, 'allow'],
	[{kind: 'node', node: nodeObject('n2', {address: '192.168.0.2'})}, db, 80, 'deny'],
]);

const range = {
	podSelector: {matchLabels: {role: 'db'}},
	policyTypes: ['Egress'],
	egress: [{to: [{ipBlock: {cidr: '10.0.0.0/24'}}], ports: [{protocol: 'TCP', port: 32_000, endPort: 32_768}]}],
};
example('Targeting a range of ports', {'default/multi-port-egress': range}, [
	[db, address('10.0.0.9'), 31_999, 'deny'],
	[db, address('10.0.0.9'), 32_000, 'allow'],
	[db, address('10.0.0.9'), 32_500, 'allow'],
	[db, address('10.0.0.9'), 32_768, 'allow'],
	[db, address('10.0.0.9'), 32_769, 'deny'],
	[db, address('10.0.0.9'), 32_500, 'deny', 'UDP'],
	[db, address('10.0.1.9'), 32_500, 'deny'],
]);

const several = {namespaceSelector: {matchExpressions: [{key: 'kubernetes.io/metadata.name', operator: 'In', values: ['default', 'myproject']}]}};
example('Targeting multiple namespaces by label', {'default/egress-namespaces': {podSelector: {}, policyTypes: ['Egress'], egress: [{to: [several]}]}}, [
	[db, frontend, 80, 'allow'],
	[db, mine, 80, 'allow'],
	[db, stranger, 80, 'deny'],
	[db, internet, 80, 'deny'],
]);
example(
	'Targeting a namespace by its name',
	{'default/by-name': {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'elsewhere'}}}]}]}},
	[
		[stranger, db, 80, 'allow'],
		[mine, db, 80, 'deny'],
	],
);
example('SCTP support: the protocol field counts', {'default/sctp': {podSelector: {}, ingress: [{ports: [{protocol: 'SCTP', port: 7777}]}]}}, [
	[frontend, db, 7777, 'allow', 'SCTP'],
	[frontend, db, 7777, 'deny', 'TCP'],
]);
example('A named port is the one of the pod that is sent to', {'default/named': {podSelector: {}, ingress: [{ports: [{port: 'sql'}]}]}}, [
	[frontend, db, 6379, 'allow'],
	[frontend, db, 80, 'deny'],
	[db, frontend, 6379, 'deny'],
]);
example(
	'The order of policies does not matter: what they allow adds up',
	{
		'default/deny': {podSelector: {}, policyTypes: ['Ingress']},
		'default/a': {podSelector: {matchLabels: {role: 'db'}}, ingress: [{from: [{podSelector: {matchLabels: {role: 'frontend'}}}]}]},
		'default/b': {podSelector: {matchLabels: {role: 'db'}}, ingress: [{from: [{podSelector: {matchLabels: {role: 'other'}}}], ports: [{port: 80}]}]},
	},
	[
		[frontend, db, 81, 'allow'],
		[other, db, 80, 'allow'],
		[other, db, 81, 'deny'],
	],
);
