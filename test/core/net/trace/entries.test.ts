import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../../../source/core/kubernetes.ts';
import {hostFit} from '../../../../source/core/net/trace/hosts.ts';
import {object, serviceObject} from '../../../tools/cluster-view.ts';
import {faults, said, states, trace, web} from './trace-fixture.ts';

const backend = (name: string, port: object = {name: 'http'}) => ({service: {name, port}});
const nginx = object('networking.k8s.io/v1', 'IngressClass', 'nginx', {spec: {controller: 'k8s.io/ingress-nginx'}});

function ingress(spec: Readonly<Record<string, unknown>>, status: object = {loadBalancer: {ingress: [{ip: '203.0.113.20'}]}}): KubeObject {
	return object('networking.k8s.io/v1', 'Ingress', 'shop/public', {spec: {ingressClassName: 'nginx', ...spec}, status});
}

function rule(host: string | undefined, ...paths: ReadonlyArray<readonly [path: string, pathType: string, service: string]>): object {
	return {...(host === undefined ? {} : {host}), http: {paths: paths.map(([path, pathType, name]) => ({path, pathType, backend: backend(name)}))}};
}

const other = serviceObject('shop/other', {clusterIPs: ['10.96.0.30'], selector: {app: 'other'}, ports: [{name: 'http', port: 80}]});

test('a URL to an Ingress: its class, the rule, the Service behind it, TLS', () => {
	const found = trace(
		'https://promo.shop.io/',
		[...web, nginx, ingress({rules: [rule('promo.shop.io', ['/', 'Prefix', 'web'])], tls: [{hosts: ['promo.shop.io'], secretName: 'promo-tls'}]})],
		{from: null},
	);
	assert.deepEqual(states(found), ['DNS unknown', 'Ingress ok', 'Service ok', 'Endpoints ok', 'Pods ok', 'Container ok', 'Policy ok']);
	assert.equal(found.outcome, 'ok', 'a name of outside is no reason for doubt');
	assert.match(said(found), /promo\.shop\.io should lead to 203\.0\.113\.20/);
	assert.match(said(found), /TLS secret promo-tls/);
	assert.deepEqual([found.scheme, found.host, found.path], ['https', 'promo.shop.io', '/']);
});

test('pathType: Exact before the longest Prefix, prefixes by whole elements, defaultBackend at last', () => {
	const rules = [rule('promo.shop.io', ['/', 'Prefix', 'other'], ['/cart', 'Prefix', 'web'], ['/cart/pay', 'Exact', 'other'])];
	const to = (url: string, spec: object = {}) => trace(url, [...web, other, nginx, ingress({rules, ...spec})], {from: null}).service?.metadata.name;
	assert.equal(to('http://promo.shop.io/cart'), 'web');
	assert.equal(to('http://promo.shop.io/cart/list'), 'web');
	assert.equal(to('http://promo.shop.io/cart/pay'), 'other');
	assert.equal(to('http://promo.shop.io/cartoon'), 'other');
	const only = [rule('promo.shop.io', ['/cart', 'Exact', 'other'])];
	assert.equal(to('http://promo.shop.io/x', {rules: only, defaultBackend: backend('web')}), 'web');
	assert.deepEqual(faults(trace('http://promo.shop.io/x', [...web, other, nginx, ingress({rules: only})], {from: null})), ['ING_BACKEND_MISSING critical']);
});

test('hosts: exact before wildcard; one label under a wildcard of an Ingress, many under one of a Gateway', () => {
	assert.equal(hostFit('*.shop.io', 'promo.shop.io', 'one-label'), 1);
	assert.equal(hostFit('*.shop.io', 'a.promo.shop.io', 'one-label'), undefined);
	assert.equal(hostFit('*.shop.io', 'a.promo.shop.io', 'many-labels'), 1);
	assert.equal(hostFit('*.shop.io', 'shop.io', 'many-labels'), undefined);
	assert.equal(hostFit(undefined, 'x.io', 'one-label'), 0);
	const rules = [rule('*.shop.io', ['/', 'Prefix', 'other']), rule('promo.shop.io', ['/', 'Prefix', 'web'])];
	assert.equal(trace('http://promo.shop.io/', [...web, other, nginx, ingress({rules})], {from: null}).service?.metadata.name, 'web');
});

test('a class that does not exist breaks it; with an address somebody serves it all the same', () => {
	const without = trace('http://promo.shop.io/', [...web, ingress({rules: [rule('promo.shop.io', ['/', 'Prefix', 'web'])]}, {loadBalancer: {}})], {from: null});
	assert.deepEqual(faults(without), ['ING_CLASS_MISSING critical']);
	assert.match(without.symptom, /404/);
	assert.equal(states(without).at(-1), 'Policy predicted', 'what would come next is told');
	assert.equal(trace('http://promo.shop.io/', [...web, ingress({rules: [rule('promo.shop.io', ['/', 'Prefix', 'web'])]})], {from: null}).outcome, 'ok');
});

test('a backend that does not exist, a port that it lacks, a resource of the controller', () => {
	const missing = trace('http://promo.shop.io/', [...web, nginx, ingress({rules: [rule('promo.shop.io', ['/', 'Prefix', 'gone'])]})], {from: null});
	assert.deepEqual(faults(missing), ['ING_BACKEND_MISSING critical']);
	assert.match(missing.symptom, /503/);
	const port = ingress({defaultBackend: {service: {name: 'web', port: {number: 81}}}, rules: [{host: 'promo.shop.io'}]});
	assert.deepEqual(faults(trace('ingress/public', [...web, nginx, port], {from: null})), ['PORT_UNMATCHED critical']);
	const resource = ingress({defaultBackend: {resource: {kind: 'StorageBucket', name: 'static'}}});
	assert.equal(trace('ingress/public', [...web, nginx, resource], {from: null}).outcome, 'unknown');
});

const gateway = (rest: object = {}) =>
	object('gateway.networking.k8s.io/v1', 'Gateway', 'shop/edge', {
		spec: {gatewayClassName: 'envoy', listeners: [{name: 'https', protocol: 'TLS', port: 443, tls: {mode: 'Passthrough'}}]},
		status: {addresses: [{value: '203.0.113.30'}], conditions: [{type: 'Programmed', status: 'True'}]},
		...rest,
	});

const route = (spec: object = {}, conditions: readonly object[] = [{type: 'Accepted', status: 'True'}]) =>
	object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop/promo', {
		spec: {
			parentRefs: [{name: 'edge'}],
			hostnames: ['promo.shop.io'],
			rules: [
				{matches: [{path: {type: 'PathPrefix', value: '/'}}], backendRefs: [{name: 'other', port: 80}]},
				{matches: [{path: {type: 'PathPrefix', value: '/cart'}}], backendRefs: [{name: 'web', port: 80}]},
				{matches: [{path: {type: 'Exact', value: '/cart/pay'}}], backendRefs: [{name: 'other', port: 80}]},
			],
			...spec,
		},
		status: {parents: [{parentRef: {name: 'edge'}, conditions}]},
	});

test("a Gateway: the route's rule, listeners that pass TLS through, the Service", () => {
	const found = trace('https://promo.shop.io/cart/list', [...web, other, gateway(), route()], {from: null});
	assert.deepEqual(states(found).slice(0, 4), ['DNS unknown', 'Gateway ok', 'HTTPRoute ok', 'Service ok']);
	assert.equal(found.service?.metadata.name, 'web');
	assert.match(said(found), /TLS passes through: the certificate is the backend's/);
	assert.equal(trace('https://promo.shop.io/cart/pay', [...web, other, gateway(), route()], {from: null}).service?.metadata.name, 'other');
	assert.equal(trace('gateway/edge', [...web, other, gateway(), route()], {from: null}).service?.metadata.name, 'other');
});

test('a route that is named without a path means what its first rule takes', () => {
	const only = route({rules: [{matches: [{path: {type: 'PathPrefix', value: '/cart'}}], backendRefs: [{name: 'web', port: 80}]}]});
	assert.equal(trace('httproute/promo', [...web, other, gateway(), only], {from: null}).service?.metadata.name, 'web');
	assert.equal(trace('gateway/edge', [...web, other, gateway(), only], {from: null}).service?.metadata.name, 'web');
	const asked = trace('https://promo.shop.io/', [...web, other, gateway(), only], {from: null});
	assert.equal(asked.service, undefined, 'a path that is asked for has to be taken');
});

test('a Gateway that is not programmed, a route that is refused, a backend that does not resolve', () => {
	const down = gateway({status: {conditions: [{type: 'Programmed', status: 'False', reason: 'AddressNotAssigned'}]}});
	assert.deepEqual(faults(trace('https://promo.shop.io/', [...web, other, down, route()], {from: null})), ['GW_NOT_PROGRAMMED critical']);
	const refused = route({}, [{type: 'Accepted', status: 'False', reason: 'NotAllowedByListeners'}]);
	assert.deepEqual(faults(trace('https://promo.shop.io/', [...web, other, gateway(), refused], {from: null})), ['ROUTE_NOT_ATTACHED critical']);
	const unresolved = route({rules: [{backendRefs: [{name: 'gone', port: 80}]}]});
	assert.deepEqual(faults(trace('https://promo.shop.io/', [...web, gateway(), unresolved], {from: null})), ['ROUTE_BACKEND_UNRESOLVED critical']);
	assert.deepEqual(
		faults(trace('https://promo.shop.io/', [...web, other, route()], {from: null})),
		['GW_NOT_PROGRAMMED critical'],
		'the Gateway does not exist',
	);
	const nowhere = route({parentRefs: []});
	assert.equal(trace('httproute/promo', [...web, other, gateway(), nowhere], {from: null}).outcome, 'refused-entry');
});
