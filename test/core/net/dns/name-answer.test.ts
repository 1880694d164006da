import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {DnsPod} from '../../../../source/core/net/dns/dns-cluster.ts';
import {planLookup} from '../../../../source/core/net/dns/lookup-plan.ts';
import {predictAnswer} from '../../../../source/core/net/dns/name-answer.ts';
import {judgeName} from '../../../../source/core/net/dns/name-wrong.ts';
import {clusterView, deniedKind, object, podObject, serviceObject, sliceObject} from '../../../tools/cluster-view.ts';
import {dnsObjects, kubeletOf} from './dns-fixture.ts';

const objects = [
	...dnsObjects(),
	object('v1', 'Namespace', 'data'),
	serviceObject('shop/web', {clusterIP: '10.96.0.20', clusterIPs: ['10.96.0.20']}),
	serviceObject('data/pg', {clusterIP: '10.96.44.7', clusterIPs: ['10.96.44.7']}),
	serviceObject('data/six', {clusterIP: 'fd00::7', clusterIPs: ['fd00::7']}),
	serviceObject('data/out', {type: 'ExternalName', clusterIP: '', externalName: 'db.example.com'}),
	serviceObject('data/peers', {clusterIP: 'None', clusterIPs: ['None'], selector: {app: 'db'}}),
	serviceObject('data/empty', {clusterIP: 'None', clusterIPs: ['None'], selector: {app: 'no'}}),
	sliceObject('data/peers', [{address: '10.244.1.7'}, {address: '10.244.2.8'}, {address: '10.244.3.9', ready: false}]),
];
const view = clusterView(objects, {observations: [kubeletOf('n1', ['10.96.0.10'])]});
const client = podObject('shop/cart', {node: 'n1'}) as DnsPod;

test('what CoreDNS answers by the objects', () => {
	const answer = (name: string) => {
		const {rcode, values} = predictAnswer(view, name);
		return [rcode, ...values].join(' ');
	};
	assert.equal(answer('web.shop.svc.cluster.local.'), 'NOERROR 10.96.0.20');
	assert.equal(answer('WEB.shop.svc.cluster.local'), 'NOERROR 10.96.0.20');
	assert.equal(answer('nope.shop.svc.cluster.local'), 'NXDOMAIN');
	assert.equal(answer('web.nope.svc.cluster.local'), 'NXDOMAIN');
	assert.equal(answer('six.data.svc.cluster.local'), 'NODATA');
	assert.equal(answer('out.data.svc.cluster.local'), 'NOERROR CNAME db.example.com');
	assert.equal(answer('peers.data.svc.cluster.local'), 'NOERROR 10.244.1.7 10.244.2.8');
	assert.equal(answer('empty.data.svc.cluster.local'), 'NXDOMAIN');
	assert.equal(answer('10-244-1-7.peers.data.svc.cluster.local'), 'NOERROR 10.244.1.7');
	assert.equal(answer('10-244-3-9.peers.data.svc.cluster.local'), 'NXDOMAIN');
	assert.equal(answer('x.web.shop.svc.cluster.local'), 'NXDOMAIN');
	assert.equal(answer('_http._tcp.web.shop.svc.cluster.local'), 'NODATA');
	assert.equal(answer('shop.svc.cluster.local'), 'NODATA');
	assert.equal(answer('svc.cluster.local'), 'NODATA');
	assert.equal(answer('cluster.local'), 'NODATA');
	assert.equal(answer('api.cluster.local'), 'NXDOMAIN');
	assert.equal(answer('10-244-1-7.shop.pod.cluster.local'), 'NOERROR 10.244.1.7');
	assert.equal(answer('cart.shop.pod.cluster.local'), 'NXDOMAIN');
	assert.equal(answer('example.com'), 'outside');
	assert.equal(predictAnswer(clusterView(objects, {unread: {services: deniedKind('services')}}), 'web.shop.svc.cluster.local').rcode, 'unknown');
});

test('a lookup stops at the first answer, and counts A and AAAA', () => {
	const plan = planLookup(view, client, 'pg.data');
	assert.deepEqual(
		plan.queries.map(({name, answer, reached}) => `${name} ${answer.rcode} ${reached}`),
		[
			'pg.data.shop.svc.cluster.local. NXDOMAIN true',
			'pg.data.svc.cluster.local. NOERROR true',
			'pg.data.cluster.local. NXDOMAIN false',
			'pg.data. outside false',
		],
	);
	assert.equal(plan.asked, 4);
	assert.equal(plan.answered?.answer.values[0], '10.96.44.7');
	assert.equal(planLookup(view, client, 'api.stripe.com').asked, 8);
});

test('a name that was meant for the cluster and is not there: the nearest ones', () => {
	const wrong = (name: string, seen = false) => judgeName(view, planLookup(view, client, name), seen);
	const away = wrong('pg');
	assert.equal(away?.id, 'DNS_NAME_WRONG');
	assert.equal(away?.title, 'pg does not exist: Service shop/pg does not exist; near: pg.data');
	assert.deepEqual(away?.subject, {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'pg'});
	assert.equal(away?.remedy[0]?.command, 'kubectl -n data get service pg');
	assert.match(wrong('wbe')?.title ?? '', /near: web\.shop$/);
	assert.match(wrong('web.shp')?.title ?? '', /there is no namespace shp; near: web\.shop/);
	assert.match(wrong('pg.shop.svc.cluster.local')?.title ?? '', /Service shop\/pg does not exist/);
	assert.match(wrong('pg.dat.svc')?.title ?? '', /there is no namespace dat; near: pg\.data/);
	assert.equal(wrong('pg.shop')?.confidence, 'likely');
	assert.equal(wrong('pg.shop', true)?.confidence, 'proven');
});

test('names that resolve, and names of outside, are not called wrong', () => {
	for (const name of ['web', 'web.shop', 'pg.data.svc', 'peers.data', 'example.com', 'api.stripe.com', 'my.corp.example.'])
		assert.equal(judgeName(view, planLookup(view, client, name)), undefined, name);
});
