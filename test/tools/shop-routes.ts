import type {KubeObject} from '../../source/core/kubernetes.ts';
import type {TlsSecretFacts} from '../../source/core/net/tls-secrets.ts';
import type {Observation} from '../../source/core/observation.ts';
import {object, podObject, serviceObject, sliceObject, viewNow} from './cluster-view.ts';

const day = 86_400_000;
const networking = 'networking.k8s.io/v1';
const gateway = 'gateway.networking.k8s.io/v1';
const at = '2026-01-01T00:00:10Z';
const done = (type: string) => ({type, status: 'True', reason: type, message: '', lastTransitionTime: at, observedGeneration: 1});

function ingress(path: string, host: string, backend: readonly [service: string, port: number], secretName?: string, ip = '203.0.113.20'): KubeObject {
	const [name, number] = backend;
	return object(networking, 'Ingress', path, {
		spec: {
			ingressClassName: 'nginx',
			rules: [{host, http: {paths: [{path: '/', pathType: 'Prefix', backend: {service: {name, port: {number}}}}]}}],
			...(secretName === undefined ? {} : {tls: [{hosts: [host], secretName}]}),
		},
		status: {loadBalancer: {ingress: [{ip}]}},
	});
}

function workload(path: string, ready: readonly boolean[]): readonly KubeObject[] {
	const [, name = ''] = path.split('/');
	return [
		serviceObject(path, {selector: {app: name}, ports: [{name: 'http', port: 80, targetPort: 8080}]}),
		...ready.map((isReady, index) =>
			podObject(`${path}-${index}`, {labels: {app: name}, ready: isReady, ports: [{containerPort: 8080}], ip: `10.244.0.${index}`}),
		),
		sliceObject(
			path,
			ready.map((isReady, index) => ({address: `10.244.0.${index}`, ready: isReady, node: 'node-a'})),
		),
	];
}

/** Ways into a shop: a missing backend, one that is not ready, a certificate about to end, one for another host, a Gateway, a load balancer without an address. */
export const shopRoutes: readonly KubeObject[] = [
	object(networking, 'IngressClass', 'nginx', {spec: {controller: 'k8s.io/ingress-nginx'}}),
	...['0', '1'].map(name => podObject(`edge/controller-${name}`, {labels: {'app.kubernetes.io/name': 'ingress-nginx'}})),
	ingress('shop/public', 'shop.example.test', ['web', 80], 'public-tls'),
	ingress('shop/promo', 'promo.shop.example.test', ['promoo', 80], 'promo-tls'),
	ingress('shop/cart', 'cart.shop.example.test', ['cart', 80], 'cart-tls'),
	ingress('mon/grafana', 'grafana.example.test', ['grafana', 80]),
	...['public', 'promo', 'cart'].map(name => object('v1', 'Secret', `shop/${name}-tls`, {type: 'kubernetes.io/tls'})),
	...workload('shop/web', [true, true]),
	...workload('shop/promo', [true]),
	...workload('shop/cart', [false, false]),
	...workload('mon/grafana', [true]),
	object(gateway, 'GatewayClass', 'envoy', {spec: {controllerName: 'gateway.envoyproxy.io/gatewayclass-controller'}}),
	object(gateway, 'Gateway', 'edge/main', {
		metadata: {generation: 1},
		spec: {gatewayClassName: 'envoy', listeners: [{name: 'http', port: 80, protocol: 'HTTP'}]},
		status: {
			addresses: [{value: '203.0.113.30'}],
			conditions: [done('Accepted'), done('Programmed')],
			listeners: [{name: 'http', attachedRoutes: 1, conditions: [done('ResolvedRefs')]}],
		},
	}),
	object(gateway, 'HTTPRoute', 'shop/api', {
		metadata: {generation: 1},
		spec: {parentRefs: [{name: 'main', namespace: 'edge'}], hostnames: ['api.example.test'], rules: [{backendRefs: [{name: 'web', port: 80}]}]},
		status: {parents: [{parentRef: {name: 'main', namespace: 'edge'}, conditions: [done('Accepted'), done('ResolvedRefs')]}]},
	}),
	serviceObject('edge/tcp', {type: 'LoadBalancer', selector: {app: 'tcp'}, ports: [{name: 'tls', port: 8443, nodePort: 31_443}]}),
	podObject('edge/tcp-0', {labels: {app: 'tcp'}}),
	sliceObject('edge/tcp', [{address: '10.244.1.9', node: 'node-a'}]),
	serviceObject('mon/push', {type: 'NodePort', selector: {app: 'grafana'}, ports: [{port: 9091, nodePort: 30_091}]}),
	sliceObject('mon/push', [{address: '10.244.0.0', node: 'node-a'}]),
];

function certificate(name: string, sans: readonly string[], days: number): Observation<TlsSecretFacts> {
	const facts = {subject: `CN=${sans[0] ?? ''}`, issuer: 'CN=Example CA', sans, notBefore: viewNow - day, notAfter: viewNow + days * day};
	return {
		probe: 'tls-secret',
		target: `shop/${name}`,
		at: viewNow,
		tookMs: 4,
		outcome: 'ok',
		facts: {type: 'kubernetes.io/tls', keys: ['tls.crt', 'tls.key'], certificate: facts},
	};
}

export const shopCertificates: readonly Observation[] = [
	certificate('public-tls', ['shop.example.test'], 61),
	certificate('promo-tls', ['promo.shop.example.test'], 9),
	certificate('cart-tls', ['shop.example.test'], 61),
];
