import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import {type PolicyWish, policyModel} from '../../source/core/net/build-policy-model.ts';
import {policyPlace} from '../../source/core/net/policy-model.ts';
import type {NetworkPolicy} from '../../source/core/net/policy/network-policy.ts';
import {applyWhatIf} from '../../source/core/net/policy/what-if.ts';
import type {NetworkScreen} from '../../source/core/screen.ts';
import {networkPolicyPage} from '../../source/pages/network-policy.ts';
import {clusterView, deniedKind, policyObject} from '../tools/cluster-view.ts';
import {assertFrame} from '../tools/golden.ts';
import {shopNetwork} from '../tools/shop-network.ts';
import {assertFits, setting, textOf} from './page-fixture.ts';

const view = clusterView(shopNetwork);
const screen: NetworkScreen = {type: 'network', tab: 'policy', top: 0, faultsOnly: false, namespace: 'shop'};

function pageOf(wish: PolicyWish, columns: number, rows: number) {
	return networkPolicyPage(policyModel(view, wish), screen, setting(columns, rows));
}

/** The whole body, as it would stand on the screen: `>` where the cursor is. */
function assertPageFrame(name: string, page: ReturnType<typeof pageOf>, columns: number, rows: number): void {
	const lines = [...page.fixed.map(one => plain(one)), ...page.lines.map(({line, id}) => (id === page.first ? `>${plain(line).slice(1)}` : plain(line)))];
	const shown = [`${page.crumb}   ${plain(page.head)}`, ...lines.slice(0, rows - 5), ...Array.from({length: Math.max(0, rows - 5 - lines.length)}, () => '')];
	const hints = page.hints.map(({keys, title}) => `${keys} ${title}`).join('  ');
	assertFrame(name, {columns, rows, lines: () => [...shown, plain(page.status ?? []), ` ${hints}`]});
}

for (const [columns, rows] of [
	[80, 24],
	[140, 40],
] as const) {
	test(`M9 at ${columns}x${rows}`, () => {
		assertPageFrame('page-network-policy', pageOf({namespace: 'shop', row: 'shop/cart', column: 'data/pg'}, columns, rows), columns, rows);
	});
	test(`all namespaces at ${columns}x${rows}`, () => {
		assertPageFrame('page-network-policy-namespaces', pageOf({}, columns, rows), columns, rows);
	});
}

test('what if at 80x24', () => {
	const edited = policyObject('data/pg-clients', {
		podSelector: {matchLabels: {app: 'pg'}},
		ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: 'cart'}}}]}],
	});
	const whatIf = applyWhatIf(
		view.all<NetworkPolicy>('networkpolicies.networking.k8s.io'),
		[
			{ok: true, value: edited},
			{ok: false, line: 9, problem: 'bad indentation'},
		],
		'shop',
	);
	assertPageFrame('page-network-policy-what-if', pageOf({namespace: 'shop', row: 'shop/cart', column: 'data/pg', whatIf}, 80, 24), 80, 24);
});

test('Enter opens the policy that decides, and goes into a namespace', () => {
	const line = pageOf({namespace: 'shop', row: 'shop/cart', column: 'data/pg'}, 80, 24).lines.find(({id}) => id === 'row:shop/cart');
	const [opened] = line?.enter ?? [];
	assert.ok(opened?.type === 'open' && opened.screen.type === 'object');
	assert.equal(opened.screen.ref.name, 'pg-clients');
	assert.deepEqual(pageOf({}, 80, 24).lines.find(({id}) => id === 'row:shop')?.enter, [{type: 'change', screen: {type: 'network', namespace: 'shop'}}]);
});

test("the cursor's line is the row of the grid", () => {
	assert.deepEqual(policyPlace({...screen, cursor: 'row:shop/web', row: 'shop/cart', column: 'data/pg'}), {
		faultsOnly: false,
		namespace: 'shop',
		row: 'shop/web',
		column: 'data/pg',
	});
	assert.deepEqual(policyPlace({...screen, cursor: 'else', row: 'shop/cart', port: 'udp'}), {
		faultsOnly: false,
		namespace: 'shop',
		row: 'shop/cart',
		port: 'udp',
	});
});

test("columns without room are counted, and the cursor's is always shown", () => {
	const last = pageOf({namespace: 'shop', row: 'shop/cart', column: 'internet'}, 60, 24);
	const text = textOf(last).join('\n');
	assert.match(text, /internet/);
	assert.match(text, /\[X\]/);
	assert.match(text, /not shown: \d more to/);
});

test('a long grid scrolls beneath its reason', () => {
	const page = pageOf({namespace: 'shop', row: 'shop/cart', column: 'data/pg'}, 80, 15);
	assert.ok(page.fixed.some(one => plain(one).includes('WHY cart -> pg')));
	assert.ok(page.lines.some(({id}) => id === 'row:shop/web'));
});

test('nothing that was not read looks allowed', () => {
	const unread = clusterView(shopNetwork, {unread: {'networkpolicies.networking.k8s.io': deniedKind('networkpolicies')}});
	const page = networkPolicyPage(policyModel(unread, {namespace: 'shop'}), screen, setting(100, 24));
	const lines = textOf(page);
	assert.match(lines[0] ?? '', /^ \? NOT READ - Could not list networkpolicies: User viewer may not list networkpolicies\.$/);
	for (const row of page.lines.filter(({id}) => id?.startsWith('row:'))) assert.doesNotMatch(plain(row.line).slice(30), /\+/);
	const loading = clusterView(shopNetwork, {unread: {'networkpolicies.networking.k8s.io': {state: 'loading'}}});
	assert.match(textOf(networkPolicyPage(policyModel(loading, {}), screen, setting(80, 24)))[0] ?? '', /READING/);
});

test('a namespace without pods, and one without faults, say so', () => {
	assert.match(textOf(pageOf({namespace: 'nowhere'}, 80, 24)).join('\n'), /There are no pods in nowhere/);
	assert.match(textOf(pageOf({namespace: 'mon', faultsOnly: true}, 80, 24)).join('\n'), /Nothing is denied here/);
});

test('every line fits every size', () => {
	const evil = clusterView([
		...shopNetwork,
		policyObject('shop/\u001b[31m日本', {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: '\u0007'}}}]}]}),
	]);
	for (const wish of [{namespace: 'shop'}, {}, {namespace: 'nowhere'}, {namespace: 'shop', row: 'shop/web', column: 'internet'}]) {
		assertFits(at => networkPolicyPage(policyModel(evil, wish), screen, at));
	}
});
