import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {FamilyHealth, OverviewModel, Trouble} from '../../source/core/overview-model.ts';
import type {Problem} from '../../source/core/problem.ts';
import {overviewPage} from '../../source/pages/overview.ts';
import {assertFits, minuteMs, now, setting, textOf} from './page-fixture.ts';

const screen = {type: 'overview', top: 0} as const;
const denied: Problem = {code: 'forbidden', what: 'Could not list secrets', cause: 'you may not list secrets in all namespaces'};

function trouble(kind: string, name: string, tone: Trouble['tone'], why: string, minutes: number): Trouble {
	const [objectKind = ''] = kind.split('.');
	const [namespace, short] = name.includes('/') ? name.split('/') : [undefined, name];
	return {
		kind,
		ref: {apiVersion: 'v1', kind: `${objectKind.charAt(0).toUpperCase()}${objectKind.slice(1, -1)}`, name: short ?? '', ...(namespace ? {namespace} : {})},
		tone,
		why,
		since: now - minutes * minuteMs,
	};
}

function family(
	name: FamilyHealth['family'],
	counts: readonly [number, number, number],
	troubles: readonly Trouble[] = [],
	extra: Partial<FamilyHealth> = {},
): FamilyHealth {
	const [ok, warning, error] = counts;
	return {family: name, ok, warning, error, other: 0, troubles, notRead: [], loading: false, ...extra};
}

const sick: OverviewModel = {
	context: {name: 'prod-eu1', cluster: 'prod-eu1', user: 'alice', namespace: 'shop', server: 'https://10.0.0.10:6443', source: '~/.kube/config', demo: false},
	families: [
		family('control-plane', [52, 0, 0], [], {fact: 'readyz 52/52 ok'}),
		family('nodes', [3, 1, 0], [trouble('nodes', 'node-b2', 'warning', 'MemoryPressure', 4)]),
		family(
			'workloads',
			[71, 1, 1],
			[
				trouble('deployments.apps', 'shop/checkout', 'error', '0/3 ready: CrashLoopBackOff, 31 restarts', 9),
				trouble('deployments.apps', 'shop/web', 'warning', '9/10 ready', 1),
			],
		),
		family('network', [9, 1, 0], [trouble('services', 'shop/promo', 'warning', 'selects no pod: app=promos', 2880)]),
		family('storage', [28, 0, 0]),
		family('autoscale', [9, 1, 0], [trouble('horizontalpodautoscalers.autoscaling', 'shop/web', 'warning', 'at max 10/10', 22)]),
	],
	counts: {nodes: 4, namespaces: 37, pods: 612},
	eventsPerMinute: Array.from({length: 30}, (_, index) => (index === 29 ? 14 : (index * 7) % 32)),
	warnings: [
		{
			kind: 'pods',
			ref: {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'checkout-5b8c9f7d66-xw8pl'},
			reason: 'BackOff',
			message: 'Back-off restarting failed container app',
			count: 30,
			at: now - 41_000,
		},
		{
			ref: {apiVersion: 'v1', kind: 'Node', name: 'node-b2'},
			reason: 'EvictionThresholdMet',
			message: 'Attempting to reclaim memory',
			count: 1,
			at: now - 4 * minuteMs,
		},
	],
	stream: {state: 'live', lastEventAt: now - 600},
	watching: 14,
	denied: 3,
};

const healthy: OverviewModel = {
	...sick,
	families: sick.families.map(({troubles: _, ...one}) => ({...one, ok: one.ok + one.warning + one.error, warning: 0, error: 0, troubles: []})),
	warnings: [],
	denied: 0,
};

test('80x24: the verdict names the worst fault, then health, troubles and the event rate', () => {
	const page = overviewPage(sick, screen, setting(80, 24));
	assert.deepEqual(textOf(page), [
		' X NOT HEALTHY - shop/checkout has 0/3 ready; 4 more',
		' ------------------------------------------------------------------------------',
		' HEALTH                 ok   !   X   worst now',
		' + Control plane        52   0   0   readyz 52/52 ok',
		' ! Nodes                 3   1   0   node-b2: MemoryPressure  4m',
		' X Workloads            71   1   1   shop/checkout has 0/3 ready: CrashLoopBack~',
		' ! Network               9   1   0   shop/promo: selects no pod: app=promos  2d',
		' + Storage              28   0   0',
		' ! Autoscale / quota     9   1   0   shop/web: at max 10/10  22m',
		'',
		' TROUBLES 5, worst first                                   since  where',
		' X Deployment checkout: 0/3 ready: CrashLoopBackOff, 31 ~     9m  shop',
		' ! Node node-b2: MemoryPressure                               4m',
		' ! Deployment web: 9/10 ready                                60s  shop',
		' ! Service promo: selects no pod: app=promos                  2d  shop',
		' ! Horizontalpodautoscaler web: at max 10/10                 22m  shop',
		'',
		' EVENTS/min now 14, max 31  _-=+#.:=*#-:+#.:=*#-:+*.-=+#.=',
	]);
	assert.equal(page.fixed.length + page.lines.length <= 19, true);
	assert.equal(plain(page.head), '4 nodes  37 namespaces  612 pods   1 X  4 !');
	assert.equal(plain(page.status ?? []), ' 5 troubles. Watching 14 kinds, 3 denied (:api shows which)');
});

test('140x40: the newest warnings are listed', () => {
	assert.deepEqual(textOf(overviewPage(sick, screen, setting(140, 40))), [
		' X NOT HEALTHY - shop/checkout has 0/3 ready: CrashLoopBackOff, 31 restarts; 4 more',
		' ------------------------------------------------------------------------------------------------------------------------------------------',
		' HEALTH                 ok   !   X   worst now',
		' + Control plane        52   0   0   readyz 52/52 ok',
		' ! Nodes                 3   1   0   node-b2: MemoryPressure  4m',
		' X Workloads            71   1   1   shop/checkout has 0/3 ready: CrashLoopBackOff, 31 restarts  9m',
		' ! Network               9   1   0   shop/promo: selects no pod: app=promos  2d',
		' + Storage              28   0   0',
		' ! Autoscale / quota     9   1   0   shop/web: at max 10/10  22m',
		'',
		' TROUBLES 5, worst first                                                                                               since  where',
		' X Deployment checkout: 0/3 ready: CrashLoopBackOff, 31 restarts                                                          9m  shop',
		' ! Node node-b2: MemoryPressure                                                                                           4m',
		' ! Deployment web: 9/10 ready                                                                                            60s  shop',
		' ! Service promo: selects no pod: app=promos                                                                              2d  shop',
		' ! Horizontalpodautoscaler web: at max 10/10                                                                             22m  shop',
		'',
		' NEWEST WARNING EVENTS',
		' ! 41s      BackOff            shop/checkout-5b8c9f7d66-xw8pl: Back-off restarting failed container app                                  x30',
		' ! 4m       EvictionThreshold~ node-b2: Attempting to reclaim memory',
		'',
		' EVENTS/min now 14, max 31  _-=+#.:=*#-:+#.:=*#-:+*.-=+#.=',
	]);
});

test('60x15: troubles first, families that are well are one counted line', () => {
	assert.deepEqual(textOf(overviewPage(sick, screen, setting(60, 15))), [
		' X NOT HEALTHY - shop/checkout has 0/3 ready; 4 more',
		' TROUBLES 5, worst first               since  where',
		' X Deployment checkout: 0/3 ready: C~     9m  shop',
		' ! Node node-b2: MemoryPressure           4m',
		' ! Deployment web: 9/10 ready            60s  shop',
		' ! Service promo: selects no pod: ap~     2d  shop',
		' ! Horizontalpodautoscaler web: at m~    22m  shop',
		' HEALTH                 ok   !   X   worst now',
		' ! Nodes                 3   1   0   node-b2: MemoryPressur~',
		' X Workloads            71   1   1   shop/checkout has 0/3 ~',
		' ! Network               9   1   0   shop/promo: selects no~',
		' ! Autoscale / quota     9   1   0   shop/web: at max 10/10~',
		' + 2 ok: Control plane, Storage',
	]);
});

test('40x10: the verdict takes up to three lines', () => {
	assert.deepEqual(textOf(overviewPage(sick, screen, setting(40, 10))).slice(0, 5), [
		' X NOT HEALTHY - shop/checkout has 0/3',
		'   ready: CrashLoopBackOff, 31 restarts;',
		'   4 more',
		' TROUBLES 5, worst first           since',
		' X Deployment shop/checkout: 0/3~     9m',
	]);
});

test('Enter on a trouble opens its object, on a family the faults of its worst kind; a check of the server opens nothing', () => {
	const check: Trouble = {ref: {apiVersion: '', kind: 'Check', name: 'readyz/etcd'}, tone: 'error', why: 'reason withheld'};
	const model = {...sick, families: [family('control-plane', [51, 0, 1], [check]), ...sick.families.slice(1)]};
	const {lines} = overviewPage(model, screen, setting(80, 40));
	const byId = (id: string) => lines.find(one => one.id === id);
	assert.deepEqual(byId('trouble:deployments.apps:shop/checkout')?.enter, [
		{
			type: 'open',
			screen: {
				type: 'object',
				kind: 'deployments.apps',
				ref: {apiVersion: 'v1', kind: 'Deployment', name: 'checkout', namespace: 'shop'},
				tab: 'summary',
				top: 0,
				managedFields: false,
				revealed: [],
				fullScreen: false,
				left: 0,
			},
		},
	]);
	const [opened] = byId('family:workloads')?.enter ?? [];
	assert.ok(opened?.type === 'open' && opened.screen.type === 'table');
	assert.deepEqual([opened.screen.kind, opened.screen.faultsOnly, opened.screen.namespace], ['deployments.apps', true, undefined]);
	assert.ok(byId('trouble::readyz/etcd'));
	assert.equal(byId('trouble::readyz/etcd')?.enter, undefined);
});

test('more troubles than fit are counted by kind, and Enter lists them', () => {
	const many = Array.from({length: 40}, (_, index) => trouble(index % 4 === 0 ? 'services' : 'pods', `shop/x-${index}`, 'error', 'broken', index));
	const page = overviewPage({...sick, families: [family('workloads', [0, 0, 40], many)]}, screen, setting(80, 24));
	const more = page.lines.find(({id}) => id === 'troubles:more');
	assert.equal(plain(more?.line ?? []).trimEnd(), '   30 more: 23 pods, 7 services   Enter lists pods');
	assert.equal(page.fixed.length + page.lines.length, 19);
});

function verdict(model: OverviewModel): string {
	return plain(overviewPage(model, screen, setting(100, 24)).fixed[0] ?? []);
}

test('HEALTHY is said only when everything was read', () => {
	assert.equal(verdict(healthy), ' + HEALTHY - no error and no warning in 177 objects of 6 families');
	const [first, ...others] = healthy.families;
	assert.ok(first);
	const unread = {...first, notRead: [{kind: 'secrets', problem: denied}]};
	assert.equal(verdict({...healthy, families: [unread, ...others]}), ' ? NO FAULT SEEN - but 1 kind could not be read: secrets');
	assert.equal(verdict({...healthy, families: [{...first, loading: true}, ...others]}), ' ~ READING - no fault so far; still reading Control plane');
	assert.equal(verdict({...healthy, families: healthy.families.map(one => ({...one, loading: true}))}), ' ~ READING - nothing is known yet');
	assert.equal(verdict({...healthy, families: []}), ' ~ READING - nothing is known yet');
});

test('a family that could not be read is never drawn as ok', () => {
	const page = overviewPage(
		{...healthy, families: [family('storage', [0, 0, 0], [], {notRead: [{kind: 'secrets', problem: denied}]})]},
		screen,
		setting(100, 24),
	);
	assert.equal(textOf(page)[3], ' ? Storage               -   -   -   not read: secrets (you may not list secrets in all namespaces)');
});

test('without a connection the verdict is the last known one, or says that nothing was read', () => {
	const problem: Problem = {code: 'refused', what: 'Could not reach the API server', cause: 'connection refused by 10.0.0.10:6443'};
	const stream = {state: 'reconnecting', since: now - 42_000, problem, nextTryAt: now + 6000} as const;
	assert.equal(verdict({...sick, stream}).startsWith(' ? LAST KNOWN 42s ago: NOT HEALTHY - shop/checkout has 0/3 ready'), true);
	assert.equal(
		verdict({...sick, stream, families: [family('nodes', [0, 0, 0])]}),
		' X NOT READ - Could not reach the API server: connection refused by 10.0.0.10:6443.',
	);
});

test('only warnings: degraded', () => {
	assert.equal(
		verdict({...sick, families: sick.families.filter(({error}) => error === 0)}),
		' ! DEGRADED - node-b2: MemoryPressure; shop/promo: selects no pod: app=promos; 1 more',
	);
});

test('every line fits every size, control bytes of the cluster are shown as text', () => {
	const evil = trouble('pods', 'shop/\u001b[31m日本語-web', 'error', 'exit\u0007 1\nagain', 3);
	const model = {...sick, families: [...sick.families, family('metrics', [0, 0, 1], [evil])]};
	assertFits(at => overviewPage(model, screen, at));
	assertFits(at => overviewPage(healthy, screen, at));
});
