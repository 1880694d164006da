import assert from 'node:assert/strict';
import {test} from 'node:test';
import {typedColumns} from '../../../source/core/query/columns.ts';
import {dropLastTerm, mistypedColumns, mistypedText, termMatches, withoutValue} from '../../../source/core/query/explain.ts';
import {matchRow} from '../../../source/core/query/match.ts';
import {parseQuery} from '../../../source/core/query/parse.ts';
import type {Query} from '../../../source/core/query/query.ts';
import {serverSelector} from '../../../source/core/query/selector.ts';
import type {Cell, Row} from '../../../source/core/table.ts';

const now = Date.UTC(2026, 10, 21, 14, 2, 31);
const minute = 60_000;
const shown = ['ready', 'status', 'restarts', 'cpu', 'mem', 'age', 'node', 'size', 'took'].map(id => ({id, title: id.toUpperCase()}));

type Facts = Readonly<{name: string; namespace?: string; labels?: Readonly<Record<string, string>>; cells: readonly Cell[]}>;
function row({name, namespace = 'shop', labels = {}, cells}: Facts): Row {
	return {id: name, ref: {apiVersion: 'v1', kind: 'Pod', namespace, name}, meta: {name, namespace, labels}, cells, tone: 'ok'};
}

const rows: readonly Row[] = [
	row({
		name: 'checkout-8r2vn',
		labels: {app: 'checkout', tier: 'web'},
		cells: [
			{type: 'ratio', have: 0, want: 1},
			{type: 'text', text: 'CrashLoopBackOff'},
			{type: 'number', value: 31, unit: 'count', since: now - 48_000},
			{type: 'number', unit: 'millicores'},
			{type: 'number', unit: 'bytes'},
			{type: 'age', since: now - 9 * minute},
			{type: 'text', text: 'node-a1'},
			{type: 'text', text: '10Gi'},
			{type: 'duration', ms: 40_000},
		],
	}),
	row({
		name: 'web-6f9c7d8b54-kq2xz',
		labels: {app: 'web'},
		cells: [
			{type: 'ratio', have: 1, want: 2},
			{type: 'text', text: 'Running, 1 unready'},
			{type: 'number', value: 0, unit: 'count'},
			{type: 'number', value: 402.3, unit: 'millicores'},
			{type: 'number', value: 1024 ** 3 + 5, unit: 'bytes'},
			{type: 'age', since: now - 4 * 1440 * minute},
			{type: 'text', text: 'node-b2'},
			{type: 'text', text: '500Mi'},
			{type: 'duration', from: now - 10 * minute},
		],
	}),
	row({
		name: 'promo-tt8zl',
		namespace: 'data',
		cells: [
			{type: 'ratio', have: 2, want: 2},
			{type: 'text', text: 'Terminating', since: now - 6 * minute},
			{type: 'number', value: 3, unit: 'count'},
			{type: 'number', value: 940, unit: 'millicores'},
			{type: 'number', value: 402 * 1024 ** 2, unit: 'bytes'},
			{type: 'age', since: now - 2 * minute},
			{type: 'text', text: '<none>'},
			{type: 'text', text: '3 (5m ago)'},
			{type: 'duration'},
		],
	}),
];

function query(text: string): Query {
	const parsed = parseQuery(text, typedColumns(shown, rows));
	assert.ok('query' in parsed, `${text}: ${JSON.stringify(parsed)}`);
	return parsed.query;
}
const found = (text: string): string =>
	rows
		.filter(one => matchRow(query(text), one, shown, now))
		.map(one => one.ref.name.split('-')[0])
		.join(' ');

test('filters pick their rows', () => {
	const cases: ReadonlyArray<readonly [string, string]> = [
		['', 'checkout web promo'],
		['web', 'web'],
		['WEB', ''],
		['crashloop', 'checkout'],
		['CrashLoop', 'checkout'],
		['Crashloop', ''],
		['/^web-\\d/', 'web'],
		['kq2|tt8', 'web promo'],
		['~wbkq', 'web'],
		['-f chvn', 'checkout'],
		['!web', 'checkout promo'],
		['402', 'web promo'],
		['402m', 'web promo'],
		['402Mi', 'promo'],
		['31', 'checkout'],
		['48s', ''],
		['6m', ''],
		['app=web', 'web'],
		['app!=web', 'checkout promo'],
		['app in (web,checkout)', 'checkout web'],
		['app notin (web)', 'checkout promo'],
		['-l tier', 'checkout'],
		['-l !app', 'promo'],
		['app~heck', 'checkout'],
		['cpu>500m', 'promo'],
		['cpu>=0.94', 'promo'],
		['cpu=402m', 'web'],
		['cpu=-', 'checkout'],
		['cpu!=-', 'web promo'],
		['mem>=1Gi', 'web'],
		['mem=1Gi', 'web'],
		['age<5m', 'promo'],
		['age>1d', 'web'],
		['age=9m', 'checkout'],
		['restarts>0', 'checkout promo'],
		['restarts=31', 'checkout'],
		['ready<1', 'checkout web'],
		['ready=1', 'promo'],
		['ready=1/2', 'web'],
		['took>1m', 'web'],
		['took=40s', 'checkout'],
		['status=terminating', 'promo'],
		['status=Terminating', 'promo'],
		['status!=Terminating', 'checkout web'],
		['status="Running, 1 unready"', 'web'],
		['status in (Terminating,CrashLoopBackOff)', 'checkout promo'],
		['status~unready', 'web'],
		['node=-', 'promo'],
		['node=<none>', 'promo'],
		['node!~b2', 'checkout promo'],
		['ns=data', 'promo'],
		['name~^web', 'web'],
		['size>1Gi', 'checkout'],
		['size<10', 'promo'],
		['unready b2', 'web'],
		['web OR promo', 'web promo'],
		['(web OR promo) cpu>500m', 'promo'],
		['!(web OR promo)', 'checkout'],
	];
	for (const [text, names] of cases) assert.equal(found(text), names, text);
});

test('an empty result explains itself', () => {
	assert.deepEqual(termMatches(query('restarts>50 app=checkout'), rows, shown, now), [
		{text: 'restarts>50', matches: 0, extreme: {which: 'highest', value: '31', name: 'checkout-8r2vn'}},
		{text: 'app=checkout', matches: 1},
	]);
	assert.deepEqual(termMatches(query('age<1m'), rows, shown, now), [
		{text: 'age<1m', matches: 0, extreme: {which: 'lowest', value: '2m', name: 'promo-tt8zl'}},
	]);
	assert.deepEqual(termMatches(query('nothing'), rows, shown, now), [{text: 'nothing', matches: 0}]);
	assert.deepEqual(termMatches(query(''), rows, shown, now), []);
});

test('rows without a value are counted', () => {
	assert.deepEqual(withoutValue(query('cpu>1m (mem<1Gi OR restarts>0) node=x'), rows, shown), [
		{column: 'cpu', rows: 1},
		{column: 'mem', rows: 1},
	]);
});

test('a word that is no column and no label of any row is told with the column of a near name', () => {
	assert.deepEqual(mistypedColumns(query('web statsu!=Running'), rows), [{word: 'statsu', column: 'status', from: 4}]);
	assert.deepEqual(mistypedColumns(query('nod in (a,b) OR nod~x'), rows), [
		{word: 'nod', column: 'node', from: 0},
		{word: 'nod', column: 'node', from: 16},
	]);
	for (const text of ['app=web', 'label:statsu=x', '-l statsu=x', 'flavour=x', 'status!=Running', ''])
		assert.deepEqual(mistypedColumns(query(text), rows), [], text);
	assert.deepEqual(mistypedColumns(query('statsu=x'), []), [], 'where nothing is, nothing is known');
	const labelled = rows.map(row => ({...row, meta: {...row.meta, labels: {statsu: 'x'}}}));
	assert.deepEqual(mistypedColumns(query('statsu=x'), labelled), []);
	assert.equal(mistypedText({word: 'statsu', column: 'status'}), 'There is no column statsu, and no row has that label. Try status');
});

test('only labels that every row must have go to the server', () => {
	const cases: ReadonlyArray<readonly [string, string | undefined]> = [
		['app=web', 'app=web'],
		['web app=web tier!=db cpu>1m', 'app=web,tier!=db'],
		['-l app=web,!old,env in (a,b)', 'app=web,!old,env in (a,b)'],
		['!app=web', 'app!=web'],
		['!(app=web OR tier=db)', 'app!=web,tier!=db'],
		['!-l old', '!old'],
		['app=web OR tier=db', undefined],
		['!(app=web tier=db)', undefined],
		['app~we', undefined],
		['app="not valid"', undefined],
		['status=Running', undefined],
		['label:status=x', 'status=x'],
		['', undefined],
	];
	for (const [text, selector] of cases) assert.equal(serverSelector(query(text)), selector, text);
});

test('the last term can be dropped', () => {
	const cases: ReadonlyArray<readonly [string, string]> = [
		['restarts>50 app=checkout', 'restarts>50'],
		['a (b OR c)', 'a'],
		['a OR !(b c)', 'a'],
		['a OR b', 'a'],
		['a !b', 'a'],
		['app in (a, b)', ''],
		['a status="x', 'a'],
		['a )', ''],
		['', ''],
	];
	for (const [text, rest] of cases) assert.equal(dropLastTerm(text), rest, text);
});
