import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checks} from '../../source/checks/index.ts';
import {judge} from '../../source/core/diagnose/judge.ts';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import {plain} from '../../source/core/line.ts';
import {routesModel, type RoutesWish} from '../../source/core/net/build-routes-model.ts';
import type {Page, PageSetting} from '../../source/core/page.ts';
import type {NetworkScreen} from '../../source/core/screen.ts';
import {networkRoutesPage} from '../../source/pages/network-routes.ts';
import {clusterView, deniedKind, object, type ViewOptions} from '../tools/cluster-view.ts';
import {assertFrame} from '../tools/golden.ts';
import {shopCertificates, shopRoutes} from '../tools/shop-routes.ts';
import {assertFits, setting, textOf} from './page-fixture.ts';

const screen: NetworkScreen = {type: 'network', tab: 'routes', top: 0, faultsOnly: false};

function pageOf(
	at: PageSetting,
	wish: RoutesWish = {},
	options: ViewOptions = {observations: shopCertificates},
	objects: readonly KubeObject[] = shopRoutes,
): Page {
	const view = clusterView(objects, {oneShot: true, ...options});
	return networkRoutesPage(routesModel(view, {findings: judge(checks, view).findings, ...wish}), screen, at);
}

function assertPageFrame(name: string, columns: number, rows: number, page: Page): void {
	const lines = [...page.fixed.map(one => plain(one)), ...page.lines.map(({line, id}) => (id === page.first ? `>${plain(line).slice(1)}` : plain(line)))];
	const shown = [`${page.crumb}   ${plain(page.head)}`, ...lines.slice(0, rows - 5), ...Array.from({length: Math.max(0, rows - 5 - lines.length)}, () => '')];
	const hints = page.hints.map(({keys, title}) => `${keys} ${title}`).join('  ');
	assertFrame(name, {columns, rows, lines: () => [...shown, plain(page.status ?? []), ` ${hints}`]});
}

for (const [columns, rows] of [
	[80, 24],
	[140, 40],
] as const) {
	test(`routes at ${columns}x${rows}`, () => assertPageFrame('page-network-routes', columns, rows, pageOf(setting(columns, rows))));
}

const rowsOf = (page: Page): readonly string[] =>
	page.lines.filter(({id}) => id?.startsWith('route:')).map(({line}) => plain(line).trim().replaceAll(/\s+/g, ' '));

test('each way in, with its backend, certificate and class', () => {
	assert.deepEqual(rowsOf(pageOf(setting(200, 40))), [
		'+ Ingress shop/public shop.example.test/ web:80 2/2 61d nginx 2/2',
		'X Ingress shop/promo promo.shop.example.test/ promoo:80 missing 9d nginx 2/2',
		'X Ingress shop/cart cart.shop.example.test/ cart:80 0/2 wrong host nginx 2/2',
		'+ Ingress mon/grafana grafana.example.test/ grafana:80 1/1 - nginx 2/2',
		'+ Gateway edge/main *:80 HTTP 1 route programmed - envoy',
		'+ HTTPRoute shop/api api.example.test/ web:80 2/2 - main accepted',
		'! LoadBalancer edge/tcp <pending>:8443 targetPort 8443 1/1 - -',
		'+ NodePort mon/push *:30091 targetPort 9091 1/1 - -',
	]);
});

test('the verdict is the gravest, and the cursor stands on it; Enter opens the object', () => {
	const page = pageOf(setting(140, 40));
	assert.match(plain(page.fixed[0] ?? []), /^ X .*\(med\)$/);
	const line = page.lines.find(({id}) => id === page.first);
	assert.match(plain(line?.line ?? []), /^ X/);
	const [opened] = line?.enter ?? [];
	assert.ok(opened?.type === 'open' && opened.screen.type === 'object');
	assert.equal(opened.screen.kind, 'ingresses.networking.k8s.io');
	assert.match(textOf(page).join('\n'), /FIX /);
});

test('only what is wrong, and only one namespace', () => {
	const page = pageOf(setting(140, 40), {faultsOnly: true});
	assert.deepEqual(
		rowsOf(page).map(text => text.split(' ')[2]),
		['shop/promo', 'shop/cart', 'edge/tcp'],
	);
	assert.match(plain(page.status ?? []), /5 lines without a fault left out/);
	assert.equal(rowsOf(pageOf(setting(140, 40), {namespace: 'mon'})).length, 2);
	assert.match(textOf(pageOf(setting(80, 24), {namespace: 'mon', faultsOnly: true})).join('\n'), /Nothing is wrong here\. 2 lines/);
});

test('well is said only of what was read', () => {
	const verdict = (wish: RoutesWish, options?: ViewOptions, objects?: readonly KubeObject[]): string =>
		plain(pageOf(setting(140, 24), wish, options, objects).fixed[0] ?? []).trim();
	assert.equal(verdict({namespace: 'mon'}), '+ WELL - 2 ways in, each with a ready backend; no traffic was sent');
	assert.equal(
		verdict({namespace: 'mon'}, {unread: {services: deniedKind('services')}}),
		'? NOT READ - Could not list services: User viewer may not list services.',
	);
	assert.match(verdict({namespace: 'mon'}, {unread: {'endpointslices.discovery.k8s.io': {state: 'loading'}}}), /^~ READING/);
	assert.match(verdict({}, {}, []), /^\. NO WAY IN/);
	const unread = pageOf(setting(140, 40), {namespace: 'shop'}, {unread: {secrets: deniedKind('secrets')}});
	assert.match(rowsOf(unread)[0] ?? '', /^\? Ingress shop\/public .* not read /);
	assert.match(plain(unread.status ?? []), /TLS Secrets may not be read/);
});

test('without the right to the certificate its existence is all that is said', () => {
	assert.match(rowsOf(pageOf(setting(200, 40), {}, {}))[0] ?? '', /2\/2 exists nginx 2\/2$/);
});

test('strange objects: no rules, a resource backend, no class, listeners without anything', () => {
	const odd = [
		object('networking.k8s.io/v1', 'Ingress', 'shop/empty', {spec: {}}),
		object('networking.k8s.io/v1', 'Ingress', 'shop/bucket', {spec: {defaultBackend: {resource: {kind: 'Bucket', name: 'x'}}}}),
		object('gateway.networking.k8s.io/v1', 'Gateway', 'shop/g', {spec: {gatewayClassName: 'none', listeners: [{}]}}),
		object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop/r', {spec: {rules: [{backendRefs: [{name: 'x'}]}]}}),
	];
	assert.equal(rowsOf(pageOf(setting(140, 40), {}, {}, odd)).length, 4);
});

test('every line fits every size', () => {
	const evil = object('networking.k8s.io/v1', 'Ingress', 'shop/\u001b[31m日本', {
		spec: {rules: [{host: '\u0007', http: {paths: [{backend: {service: {name: 'x'.repeat(90), port: {name: 'é'}}}}]}}]},
	});
	for (const wish of [{}, {namespace: 'shop'}, {namespace: 'nowhere'}])
		assertFits(at => pageOf(at, wish, {observations: shopCertificates}, [...shopRoutes, evil]));
});
