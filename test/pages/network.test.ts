import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain, span} from '../../source/core/line.ts';
import type {NetworkModel} from '../../source/core/net/network-model.ts';
import {networkScreen} from '../../source/core/net/network-start.ts';
import type {Page, PageSetting} from '../../source/core/page.ts';
import {networkPage} from '../../source/pages/network.ts';
import {web} from '../core/net/trace/trace-fixture.ts';
import {pathModel} from './network-fixture.ts';
import {assertFits, now, setting, textOf} from './page-fixture.ts';

const model = pathModel('web', web);
const inner = (_: PageSetting): Page => ({crumb: 'x', head: [span('shop/cart -> web')], fixed: [[span(' + PATH COMPLETE')]], lines: [], hints: []});

function made(rest: Partial<NetworkModel> = {}, columns = 80, tab = inner): Page {
	return networkPage({...model, ...rest}, networkScreen({tab: 'path'}), setting(columns, 24), tab);
}

test('the tabs by their numbers, the active one told without colour, what the tab says beside them', () => {
	const lines = textOf(made());
	assert.equal(lines[0], ' 1 DNS  [2 Path]  3 Policy  4 Probes  5 Routes                 shop/cart -> web');
	assert.equal(lines[1], ' + PATH COMPLETE');
	assert.equal(made().crumb, 'Network');
});

test('what does not fit beside the tabs is cut in the middle, and left out where nothing would be left of it', () => {
	const long = (): Page => ({...inner(setting(80, 24)), head: [span('shop/cart-ccbdd46d8d-k5h59 -> promo.shop:8080')]});
	assert.match(textOf(made({}, 80, long))[0] ?? '', /Routes {2}shop\/.*~.*:8080$/);
	assert.equal(textOf(made({}, 47, long))[0], ' 1 DNS [2 Path] 3 Policy 4 Probes 5 Routes');
});

test('how much was read or sent, and when: passive, running, run, cancelled', () => {
	assert.equal(plain(made().head), '7 reads, no traffic sent');
	assert.equal(plain(made({run: {state: 'running', way: 'exec', done: 12, total: 24, startedAt: 0}}).head), 'running 12/24  Ctrl-C cancels');
	const run = {state: 'ended', way: 'exec', at: now - 12_000, tookMs: 900, cancelled: false, leftBehind: []} as const;
	assert.equal(plain(made({run}).head), 'run 12s ago, 0/0');
	assert.equal(plain(made({run: {...run, cancelled: true}}).head), 'run 12s ago, 0/0, cancelled');
});

test('objects that are not live any more say so, and stay', () => {
	const stream = {
		state: 'reconnecting',
		since: now - 42_000,
		nextTryAt: now + 3000,
		problem: {code: 'refused', what: 'x', cause: 'connection refused by 10.0.0.10:6443'},
	} as const;
	assert.match(textOf(made({stream}))[1] ?? '', /STALE 42s: connection refused by 10\.0\.0\.10:6443\. Next try in 3 s/);
});

test('every size', () => assertFits(at => networkPage(model, networkScreen({tab: 'path'}), at, inner)));
