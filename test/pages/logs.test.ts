import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {LogRecord} from '../../source/core/logs/log-record.ts';
import type {Problem} from '../../source/core/problem.ts';
import {logsPage} from '../../source/pages/logs.ts';
import {eventRecord, lineRecord, markRecord} from '../core/logs/log-fixture.ts';
import {factsOf, modelOf, now, owner, setting, sourceOf} from './logs-fixture.ts';
import {assertFits, textOf} from './page-fixture.ts';

const other = {pod: 'checkout-5b8c9f7d66-8r2vn'};
/** The lines of the drawing M5 (screens.md 4). */
const drawn: readonly LogRecord[] = [
	lineRecord(0, 'INFO  starting checkout 2.18.0 (rev 8)'),
	lineRecord(1, 'WARN  DB_URL is empty, trying config file'),
	lineRecord(2, 'FATAL config: DB_URL is not set'),
	eventRecord(2, 'BackOff', 'restarting failed container', {count: 30, id: 3}),
	lineRecord(4, 'ERROR lookup pg.shop.svc.cluster.local on 10.96.0.10:53: read udp 10.244.1.9:41822: i/o timeout', other),
	markRecord(5, 'no log yet (ImagePullBackOff)', {
		origin: {namespace: 'shop', pod: 'checkout-5b8c9f7d66-zz4kd', container: 'app', restart: 0},
		tone: 'warning',
	}),
	...Array.from({length: 15}, (_none, index) => lineRecord(6 + index, "INFO  cluster 'pg' health check failed", {container: 'envoy'})),
];

function rowsOf(records: readonly LogRecord[], screen = {}, columns = 80, rows = 24): readonly string[] {
	const page = logsPage(factsOf(modelOf(records), screen, setting(columns, rows)));
	return page.lines.map(({line}) => plain(line).trimEnd());
}

test('time, symbol, pod, container and level stand in columns; long lines go on below their message (M5)', () => {
	assert.deepEqual(rowsOf(drawn, {follow: false, top: 0, cursor: 'line:0'}), [
		' 14:01:48  xw8pl app   INFO  starting checkout 2.18.0 (rev 8)',
		' 14:01:49  xw8pl app   WARN  DB_URL is empty, trying config file',
		' 14:01:50X xw8pl app   FATAL config: DB_URL is not set',
		' 14:01:50  xw8pl event Warning BackOff  restarting failed container (x30)',
		' 14:01:52X 8r2vn app   ERROR lookup pg.shop.svc.cluster.local on 10.96.0.10:53:',
		'           |                 read udp 10.244.1.9:41822: i/o timeout',
		' --------- zz4kd app no log yet (ImagePullBackOff) ---------------------- 14:01Z',
		" 14:01:54  xw8pl envoy INFO  cluster 'pg' health check failed  ... repeated 14x",
	]);
});

test('what is shown, errors by the minute and counters stand around the rows', () => {
	const page = logsPage(factsOf(modelOf(drawn), {}));
	assert.deepEqual(textOf(page).slice(0, 2), [
		' show  containers [x]  events [x]',
		' errors/min  #   first X 14:01:50Z                                21 lines, 2 X',
	]);
	assert.equal(plain(page.status ?? []).trim(), '12/s, 21 received: 21 shown, 0 filtered, 0 dropped, buffer 21/5,000');
	assert.match(plain(page.head), /deployment\/checkout {2}2 pods {2}2 containers {2}FOLLOW {2}tail/);
});

test('a drop, a filter and a pause are said with their numbers', () => {
	const model = modelOf(drawn, {counters: {received: 121, held: 21, dropped: 100, bytes: 0}});
	const facts = factsOf(model, {filters: [{type: 'level', least: 'error'}], follow: false, pausedAt: 109}, setting(100, 24));
	const page = logsPage(facts);
	assert.equal(plain(page.status ?? []).trim(), '12/s, 121 received: 3 shown, 18 filtered, 100 dropped, buffer 21/5,000');
	assert.match(plain(page.head), /PAUSED, 12 new/);
	assert.match(textOf(page)[0] ?? '', /level>=error/);
});

test('the crashing run offers the one before; so many of so many are live', () => {
	const sources = [sourceOf('xw8pl', 'app', {crashing: true, hasPrevious: true}), sourceOf('8r2vn', 'app')];
	const page = logsPage(factsOf(modelOf(drawn, {sources, live: 1})));
	assert.match(plain(page.status ?? []), /p shows the run that crashed/);
	assert.match(plain(page.head), /1 of 2 live/);
});

const problem: Problem = {code: 'forbidden', what: 'Could not read the log', cause: 'you may not get pods/log in shop'};
const empties: ReadonlyArray<readonly [string, Parameters<typeof modelOf>[1], object, RegExp]> = [
	['no pod', {sources: []}, {}, /There is no pod of deployment\/checkout/],
	['denied', {sources: [sourceOf('xw8pl', 'app', {state: 'denied', problem})]}, {}, /xw8pl app may not be read: .*pods\/log/s],
	['waiting', {sources: [sourceOf('xw8pl', 'app', {state: 'waiting'})]}, {}, /has no log yet/],
	['silent', {}, {}, /has written nothing yet/],
	['a range', {}, {range: '1m'}, /Only the last 1m was asked for/],
	['the whole', {problem}, {}, /you may not get pods\/log/],
	['not yet in order', {sources: [sourceOf('xw8pl', 'app', {lines: 4})]}, {}, /put in order/],
];

for (const [what, fields, screen, says] of empties)
	test(`an empty log says why: ${what}`, () => assert.match(textOf(logsPage(factsOf(modelOf([], fields), screen))).join('\n'), says));

test('rows none of which a container wrote: the head says why', () => {
	const silent = (fields: Parameters<typeof sourceOf>[2]) =>
		textOf(logsPage(factsOf(modelOf(drawn.slice(3, 4), {sources: [sourceOf('xw8pl', 'app', fields), sourceOf('xw8pl', 'envoy', fields)]}))))[1];
	assert.equal(silent({}), ' + checkout-5b8c9f7d66-xw8pl app is read, and has writt~; 1 more without a line');
	assert.match(silent({state: 'denied'}) ?? '', /app may not be read/);
	assert.match(silent({state: 'opening'}) ?? '', /errors\/min {2}none/);
	assert.match(silent({lines: 3}) ?? '', /errors\/min {2}none/);
});

test('containers without a line are counted beside the lines of others', () => {
	const sources = [sourceOf('xw8pl', 'app', {lines: 9}), sourceOf('8r2vn', 'app'), sourceOf('zz4kd', 'app', {state: 'denied'})];
	const [shown = ''] = textOf(logsPage(factsOf(modelOf(drawn, {sources}), {}, setting(110, 24))));
	assert.match(shown, /events \[x\] {2}2 of 3 containers without a line, 1 may not or cannot be read$/);
});

test('a mark that is too long goes on below, and is cut where lines are', () => {
	const long = markRecord(0, `ended: exit 137. Evicted: ${'The node was low on resource: memory. '.repeat(2)}`.trim());
	const first = ' --------- ended: exit 137. Evicted: The node was low on resource:';
	assert.deepEqual(rowsOf([long], {wrap: true}), [`${first} ------ 14:01Z`, '           memory. The node was low on resource: memory.']);
	assert.deepEqual(rowsOf([long], {wrap: false}), [`${first} mem~ - 14:01Z`]);
});

test('errors and lines of another day or year have it beside their time', () => {
	const head = (later: number) => logsPage(factsOf(modelOf(drawn), {}, {...setting(80, 24), now: now + later * 86_400_000}));
	assert.match(textOf(head(1))[1] ?? '', /errors\/min {2}# {3}first X 01-14 14:01Z {2,}21 lines/);
	assert.match(textOf(head(400))[1] ?? '', /first X 2026-01-14 {2,}21 lines/);
	assert.match(plain(head(400).lines[0]?.line ?? []), /^.2026-01-14 14:01:48 {2}xw8pl/);
});

test('all lines hidden by filters say so, and how they come back', () => {
	const text = textOf(logsPage(factsOf(modelOf(drawn.slice(0, 2)), {filters: [{type: 'include', pattern: 'nothing', regex: false}]}))).join('\n');
	assert.match(text, /2 lines are hidden\. Esc takes the last filter off/);
});

test('a row can not be forged: whatever a line holds stays in the column of messages', () => {
	const forged = lineRecord(0, '\r14:01:50X xw8pl app    FATAL\x1b[1;1H\x1b[2K--------- deleted ---------\n\x9b1A');
	for (const wrap of [true, false]) for (const line of rowsOf([forged], {wrap}, 60)) assert.match(line, /^.14:01:48. xw8pl app {3}|^ {11}\| /);
});

test('fields: folded with their number, as columns, as written', () => {
	const json = [
		lineRecord(0, '{"level":"info","msg":"done","status":200,"path":"/a"}'),
		lineRecord(1, '{"level":"warn","msg":"not found","status":404,"path":"/b"}'),
	];
	const at = (fields: string) => rowsOf(json, {fields, wrap: false}, 90).map(row => row.slice(29));
	assert.deepEqual(at('folded'), ['done  (+2)', 'not found  (+2)']);
	assert.deepEqual(at('columns'), ['done       status=200  path=/a', 'not found  status=404  path=/b']);
	assert.match(at('raw')[0] ?? '', /^\{"level":"info"/);
});

test('times: UTC, ages, none', () => {
	const at = (stamps: string) => rowsOf(drawn.slice(0, 1), {stamps})[0]?.slice(0, 20);
	assert.match(at('time') ?? '', /^.14:01:48 {2}xw8pl/);
	assert.match(at('relative') ?? '', /^. {3}43s {2}xw8pl/);
	const later = logsPage(factsOf(modelOf(drawn.slice(0, 1)), {}, {...setting(80, 24), now: now + 86_400_000}));
	assert.match(plain(later.lines[0]?.line ?? []), /^.01-14 14:01:48 {2}xw8pl/, 'of another day');
	assert.match(at('none') ?? '', /^ {3}xw8pl app/);
});

test('what is searched for is drawn inverse, in what is folded too', () => {
	const page = logsPage(factsOf(modelOf([lineRecord(0, 'find me here'), lineRecord(1, '{"msg":"x","hidden":"me"}')]), {search: 'me'}));
	const inverse = page.lines.map(({line}) => line.filter(part => part.inverse).map(part => part.text));
	assert.deepEqual(inverse, [['me'], ['(+1)']]);
});

test('one line in full has its fields, its trace and the line as written', () => {
	const records = [
		lineRecord(0, 'ERROR failed'),
		lineRecord(1, '    at run (x.js:1:1)', {at: Date.UTC(2026, 0, 14, 14, 1, 48, 5)}),
		lineRecord(2, '{"msg":"a","deep":{"b":"c\\nd"}}'),
	];
	const text = (id: number) => textOf(logsPage(factsOf(modelOf(records), {detail: {id, top: 0}}))).join('\n');
	assert.match(text(0), /time +2026-01-14T14:01:48.000Z/);
	assert.match(text(0), /TRACE 1\n +at run/);
	assert.match(text(0), /AS WRITTEN\n ERROR failed/);
	assert.match(text(2), /deep\.b +c\n +d/);
	assert.match(text(99), /ERROR {1,2}failed/, 'a line that is gone shows the log');
});

test('it fits at every size, in every way of showing', () => {
	const wild = [
		...drawn,
		lineRecord(40, '語'.repeat(200), {pod: `${'very-'.repeat(30)}long-b2c4d`, container: 'container-with-a-long-name'}),
		lineRecord(41, 'x'.repeat(100_000)),
		lineRecord(42, '\x1b[31mred\x00\x1b]0;t\x07\u202e'),
	];
	for (const fields of ['folded', 'columns', 'raw'] as const)
		for (const stamps of ['time', 'relative', 'local', 'none'] as const)
			for (const wrap of [true, false])
				assertFits(at => logsPage(factsOf(modelOf(wild), {fields, stamps, wrap, search: '語', filters: [{type: 'level', least: 'info'}]}, at)));
	assertFits(at => logsPage(factsOf(modelOf([], {target: owner, sources: []}), {}, at)));
	assertFits(at => logsPage(factsOf(modelOf(wild), {detail: {id: 40, top: 0}}, at)));
});

test('only what is on screen is laid out: a frame of 20,000 rows takes no longer than one of few', () => {
	const many = Array.from({length: 20_000}, (_none, id) => lineRecord(id, `INFO request ${id} ${'x'.repeat(120)}`));
	const facts = factsOf(modelOf(many), {}, setting(140, 40));
	logsPage(facts);
	const startedAt = performance.now();
	for (let frame = 0; frame < 20; frame++) logsPage(facts);
	assert.ok((performance.now() - startedAt) / 20 < 50, 'below half the time of a frame, on a busy machine too');
});
