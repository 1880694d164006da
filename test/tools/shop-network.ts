import type {KubeObject} from '../../source/core/kubernetes.ts';
import {namespaceObject, nodeObject, object, podObject, policyObject, serviceObject, sliceObject} from './cluster-view.ts';

const hash = '6f9c7d8b54';
const suffixes = ['kq2xz', 'x8v2p', 'tt8zl'];
const ipOf = new Map<string, string>();

/** Pods of a Deployment, on nodes a, b, c in turn. */
function workload(path: string, count: number, ports: readonly unknown[], labels: Readonly<Record<string, string>> = {}): readonly KubeObject[] {
	const [, name = ''] = path.split('/');
	return suffixes.slice(0, count).map((suffix, index) => {
		const pod = `${path}-${hash}-${suffix}`;
		const ip = `10.244.${index}.${ipOf.size + 10}`;
		ipOf.set(pod, ip);
		const owner = {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${name}-${hash}`, uid: `${path}-rs`, controller: true};
		return podObject(pod, {
			labels: {app: name, 'pod-template-hash': hash, ...labels},
			ip,
			node: `node-${'abc'[index] ?? 'a'}`,
			ports,
			metadata: {ownerReferences: [owner]},
		});
	});
}

const http = [{name: 'http', containerPort: 8080}];
const byName = (name: string) => ({namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': name}}});

/** The namespaces of screens.md M9: a shop whose policies forget the database's side and a name server's port. */
export const shopNetwork: readonly KubeObject[] = [
	...['shop', 'data', 'mon', 'ingress-nginx', 'kube-system'].map(name => namespaceObject(name)),
	...['node-a', 'node-b', 'node-c'].map((name, index) => nodeObject(name, {address: `10.0.0.${index + 1}`})),
	...workload('shop/web', 3, http),
	...workload('shop/cart', 2, http),
	...workload('shop/checkout', 2, http),
	...workload('data/pg', 1, [{name: 'sql', containerPort: 5432}]),
	...workload('data/redis', 1, [{name: 'redis', containerPort: 6379}]),
	...workload('mon/prometheus', 1, [{name: 'http', containerPort: 9090}]),
	...workload(
		'ingress-nginx/controller',
		1,
		[
			{name: 'http', containerPort: 80},
			{name: 'https', containerPort: 443},
		],
		{'app.kubernetes.io/name': 'ingress-nginx'},
	),
	...workload(
		'kube-system/coredns',
		2,
		[
			{name: 'dns', containerPort: 53, protocol: 'UDP'},
			{name: 'dns-tcp', containerPort: 53},
		],
		{'k8s-app': 'kube-dns'},
	),
	object('apps/v1', 'DaemonSet', 'kube-system/kube-router', {spec: {}, status: {numberReady: 3, desiredNumberScheduled: 3}}),
	serviceObject('shop/web', {selector: {app: 'web'}, ports: [{name: 'http', port: 80, targetPort: 'http'}]}),
	sliceObject('shop/web', [{address: '10.244.0.10', node: 'node-a'}]),
	policyObject('shop/default-deny', {podSelector: {}, policyTypes: ['Ingress']}),
	policyObject('shop/allow-web', {
		podSelector: {matchLabels: {app: 'web'}},
		ingress: [{from: [{...byName('ingress-nginx')}, {podSelector: {}}], ports: [{port: 'http'}]}, {from: [byName('mon')]}],
	}),
	policyObject('shop/allow-shop', {
		podSelector: {matchExpressions: [{key: 'app', operator: 'In', values: ['cart', 'checkout']}]},
		ingress: [{from: [{podSelector: {}}]}],
	}),
	policyObject('shop/cart-egress', {
		podSelector: {matchLabels: {app: 'cart'}},
		policyTypes: ['Egress'],
		egress: [{to: [byName('data')], ports: [{port: 5432}]}, {to: [byName('kube-system')], ports: [{protocol: 'UDP', port: 53}]}, {to: [{podSelector: {}}]}],
	}),
	policyObject('shop/checkout-egress', {
		podSelector: {matchLabels: {app: 'checkout'}},
		policyTypes: ['Egress'],
		egress: [{to: [{podSelector: {}}, byName('data')]}],
	}),
	policyObject('data/pg-clients', {
		podSelector: {matchLabels: {app: 'pg'}},
		ingress: [{from: [{...byName('shop'), podSelector: {matchExpressions: [{key: 'app', operator: 'In', values: ['web2']}]}}], ports: [{port: 5432}]}],
	}),
	object('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', 'tenants', {spec: {subject: {namespaces: {matchLabels: {tenant: 'yes'}}}}}),
];
