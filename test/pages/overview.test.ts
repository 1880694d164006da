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

function family(name: FamilyHealth['family'], counts: readonly [number, number, number], troubles: readonly Trouble[] = [], extra: Partial<FamilyHealth> = {}): FamilyHealth {
	const [ok, warning, error] = counts;
	return {family: name, ok, warning, error, other: 0, troubles, notRead: [], loading: false, ...extra};
}

const sick: OverviewModel = {
	context: {name: 'prod-eu1', cluster: 'prod-eu1', user: 'alice', namespace: 'shop', server: 'https://10.0.0.10:6443', source: '~/.kube/config', demo: false},
	families: [
		family('control-plane', [52, 0, 0], [], {fact: 'readyz 52/52 ok'}),
		family('nodes', [3, 1, 0], [trouble('nodes', 'node-b2', 'warning', 'MemoryPressure', 4)]),
		family('workloads', [71, 1, 1], [
			trouble('deployments.apps', 'shop/checkout', 'error', '0/3 ready: CrashLoopBackOff, 31 restarts', 9),
			trouble('deployments.apps', 'shop/web', 'warning', '9/10 ready', 1),
		]),
		family('network', [9, 1, 0], [trouble('services', 'shop/promo', 'warning', 'selects no pod: app=promos', 2880)]),
		family('storage', [28, 0, 0]),
		family('autoscale', [9, 1, 0], [trouble('horizontalpodautoscalers.autoscaling', 'shop/web', 'warning', 'at max 10/10', 22)]),
	],
	counts: {nodes: 4, namespaces: 37, pods: 612},
	eventsPerMinute: Array.from({length: 30}, (_, index) => (index === 29 ? 14 : (index * 7) % 32)),
	warnings: [
		{kind: 'pods', ref: {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'checkout-5b8c9f7d66-xw8pl'}, reason: 'BackOff', message: 'Back-off restarting failed container app', count: 30, at: now - 41_000},
		{ref: {apiVersion: 'v1', kind: 'Node', name: 'node-b2'}, reason: 'EvictionThresholdMet', message: 'Attempting to reclaim memory', count: 1, at: now - 4 * minuteMs},
	],
	stream: {state: 'live', lastEventAt: now - 600},
	watching: 14,
	denied: 3,
};

const healthy: OverviewModel = {...sick, families: sick.families.map(({troubles: _, ...one}) => ({...one, ok: one.ok + one.warning + one.error, warning: 0, error: 0, troubles: []})), warnings: [], denied: 0};

test('80x24: the verdict names the worst fault, then health, troubles and the event rate', () => {
	const page = overviewPage(sick, screen, setting(80, 24));
	console.log(textOf(page).join('\n'));
	console.log(plain(page.head), plain(page.status ?? []));
	for (const [c,r] of [[60,15],[40,10],[140,40]] as const) console.log(`\n${c}x${r}\n` + textOf(overviewPage(sick, screen, setting(c,r))).join('\n'));
	console.log(textOf(overviewPage(healthy, screen, setting(80, 24))).join('\n'));
});
test('fits', () => assertFits(at => overviewPage(sick, screen, at)));
