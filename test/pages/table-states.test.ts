import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {TableSnapshot} from '../../source/core/table.ts';
import {tableScreen} from '../../source/core/targets.ts';
import {width} from '../../source/core/text.ts';
import {type TableStateFacts, tableStateLines} from '../../source/pages/table-states.ts';
import {forbidden, nodeType, podType, refused} from './other-fixture.ts';
import {now, setting, sizes} from './page-fixture.ts';

const live = {state: 'live', lastEventAt: now} as const;

function facts(snapshot: Partial<TableSnapshot>, more: Partial<TableStateFacts> = {}): TableStateFacts {
	return {
		screen: tableScreen('pods', {namespace: 'shop'}),
		type: podType,
		snapshot: {version: 1, columns: [], rows: [], total: 0, tones: {}, data: 'none', stream: {state: 'loading', rows: 0}, flashes: new Map(), ...snapshot},
		waitedMs: 1000,
		...more,
	};
}

function text(of: TableStateFacts, columns = 80): readonly string[] {
	return tableStateLines(of, setting(columns, 24)).map(line => plain(line).trimEnd());
}

const states: Readonly<Record<string, TableStateFacts>> = {
	loading: facts({stream: {state: 'loading', rows: 1500, remaining: 4620}}),
	denied: facts({stream: {state: 'denied', since: now, problem: forbidden}}, {whoCan: ['group sre via ClusterRole/admin']}),
	empty: facts(
		{data: 'ready', stream: live},
		{screen: tableScreen('pods', {namespace: 'shop', of: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}, labelSelector: 'app=web'})},
	),
	filter: facts(
		{
			data: 'ready',
			total: 42,
			stream: live,
			terms: [
				{text: 'restarts>50', matches: 0},
				{text: 'app=checkout', matches: 3},
			],
			withoutValue: [{column: 'cpu', rows: 3}],
		},
		{screen: tableScreen('pods', {namespace: 'shop', filter: 'restarts>50 app=checkout'})},
	),
	faults: facts({data: 'ready', total: 42, stream: live}, {screen: tableScreen('pods', {namespace: 'shop', faultsOnly: true})}),
	reconnecting: facts({stream: {state: 'reconnecting', since: now - 42_000, problem: refused, nextTryAt: now + 6000}}),
	gone: facts({stream: {state: 'gone', since: now}}),
	login: facts({
		stream: {state: 'login-needed', since: now, problem: {...refused, code: 'login', what: 'Could not log in', cause: 'the exec plugin of user alice failed'}},
	}),
	queued: facts({stream: {state: 'queued', since: now}}),
};

const expected: Readonly<Record<string, readonly string[]>> = {
	loading: ['   listing pods 1,500 of ~6,120'],
	denied: [
		' ? You may not list pods in namespace shop.',
		'   Server said   403: secrets is forbidden: User "bob" cannot list resource',
		'                 "secrets" in API group "" in the namespace "shop"',
		'   Who can       group sre via ClusterRole/admin',
		'   Ctrl-R asks again. Nothing on other screens is affected.',
	],
	empty: ['   There is no Pod in namespace shop of Deployment web and with labels app=web.', '   0 shows all namespaces. A new one appears here by itself.'],
	filter: [
		'   No pod in namespace shop matches both parts of the filter.',
		'     restarts>50   0 of 42 match',
		'     app=checkout  3 of 42 match',
		'     3 of 42 have no value for cpu',
		'',
		'   / edits the filter, Esc clears it, 0 searches all namespaces.',
	],
	faults: ['   None of 42 pods in namespace shop is in error or warning.', '   ! shows all of them again.'],
	reconnecting: [
		' X Could not reach the API server: connection refused by 10.0.0.10:6443.',
		'   Is it running?',
		'   Nothing was read yet, for 42s now. Next try in 6 s, or Ctrl-R now.',
	],
	gone: [
		' ? The kind pods was removed from the server.',
		'   Its table comes back by itself when the kind does. :aliases lists the kinds',
		'   that there are.',
	],
	login: [' X Could not log in: the exec plugin of user alice failed.', '   Is it running?', '   Log in again in another terminal, then press Ctrl-R.'],
	queued: ['   waiting for a free connection to list pods'],
};

for (const [name, state] of Object.entries(states)) {
	test(`a table without rows: ${name}`, () => assert.deepEqual(text(state), expected[name]));
}

test('nothing is said in the first 300 ms', () => {
	assert.deepEqual(text(facts({stream: {state: 'loading', rows: 0}}, {waitedMs: 299})), []);
	assert.deepEqual(text(facts({stream: {state: 'loading', rows: 0}}, {waitedMs: 300})), ['   listing pods']);
});

test('a list that does not come is explained after 10 s, unless rows have begun to come', () => {
	const waiting = (rows: number, waitedMs: number) => text(facts({stream: {state: 'loading', rows}}, {waitedMs})).join(' ');
	assert.equal(waiting(0, 9_999).trim(), 'listing pods');
	assert.match(waiting(0, 12_000), /Nothing has come for 12s: the server, or the login plugin of this user, does +not answer\. :api shows .*:ctx/);
	assert.equal(waiting(500, 12_000).trim(), 'listing pods 500');
});

test('a cluster-scoped kind has no namespace to look in, and a list of some namespaces says so', () => {
	assert.deepEqual(text(facts({data: 'ready', stream: live}, {note: 'older ones expire'}))[1], '   What was there may be gone: older ones expire.');
	assert.deepEqual(text(facts({data: 'ready', stream: live}, {type: nodeType, screen: tableScreen('nodes')}))[0], '   There is no Node.');
	assert.match(
		text(facts({data: 'ready', stream: live, partial: ['a', 'b']}, {screen: tableScreen('pods')}))[0] ?? '',
		/in any namespace\. Only 2 namespaces could be read\.$/,
	);
});

test('nobody may, or nobody was asked: two different things', () => {
	const stream = {state: 'denied', since: now, problem: forbidden} as const;
	assert.match(text(facts({stream}, {whoCan: []})).join('\n'), /Who can +nobody, by the RBAC objects that you may read/);
	assert.doesNotMatch(text(facts({stream})).join('\n'), /Who can/);
});

test('every line fits every width', () => {
	for (const state of Object.values(states))
		for (const [columns] of sizes) for (const line of text(state, columns)) assert.ok(width(line) <= columns, `${columns}: ${line}`);
});
