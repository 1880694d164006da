import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checks} from '../../../../source/checks/index.ts';
import {judge} from '../../../../source/core/diagnose/judge.ts';
import type {NetReport} from '../../../../source/core/net/net-report.ts';
import {routesReport} from '../../../../source/core/net/report/routes-report.ts';
import {clusterView, deniedKind, type ViewOptions} from '../../../tools/cluster-view.ts';
import {shopCertificates, shopRoutes} from '../../../tools/shop-routes.ts';

function ask(namespace?: string, options: ViewOptions = {}): NetReport {
	const view = clusterView(shopRoutes, {oneShot: true, observations: shopCertificates, ...options});
	return routesReport({view, judged: judge(checks, view), wish: namespace === undefined ? {} : {namespace}});
}

test('the gravest fault of all ways in, and each of them', () => {
	const {verdict, waysIn, findings} = ask();
	assert.equal(verdict.severity, 'critical');
	assert.deepEqual(
		waysIn?.map(({object, state, ready, tls}) => `${object} ${state} ${ready} ${tls}`),
		[
			'shop/public ok 2/2 61d',
			'shop/promo broken missing 9d',
			'shop/cart broken 0/2 wrong host',
			'mon/grafana ok 1/1 -',
			'edge/main ok programmed -',
			'shop/api ok 2/2 -',
			'edge/tcp warning 1/1 -',
			'mon/push ok 1/1 -',
		],
	);
	assert.deepEqual(
		new Set(findings.filter(({severity}) => severity !== 'info').map(({id}) => id)),
		new Set(['ING_BACKEND_MISSING', 'ING_TLS_SECRET', 'SVC_NO_READY_ENDPOINTS', 'ING_BACKEND_EMPTY', 'LB_PENDING']),
	);
});

test('a namespace that is well, and what was not read', () => {
	assert.deepEqual([ask('mon').verdict.id, ask('mon').verdict.severity], ['NET_NOT_PROBED', 'none']);
	const unread = ask('mon', {unread: {'ingresses.networking.k8s.io': deniedKind('ingresses')}});
	assert.deepEqual([unread.verdict.id, unread.verdict.severity], ['NET_INCONCLUSIVE', 'undecided']);
	assert.ok(unread.notChecked.some(({what}) => what === 'ingresses.networking.k8s.io'));
});
