import assert from 'node:assert/strict';
import {test} from 'node:test';
import {EntryBuilder} from '../../../source/core/logs/entry-builder.ts';
import type {LogEntry} from '../../../source/core/logs/log-entry.ts';
import {lineRecord} from './log-fixture.ts';

/** First lines of the entries that the lines make, and how many lines each has. */
function grouped(lines: readonly string[]): ReadonlyArray<readonly [string, number, string | undefined]> {
	const builder = new EntryBuilder(false);
	const entries: LogEntry[] = [];
	for (const [id, text] of lines.entries()) {
		const {entry, isNew} = builder.add(lineRecord(id, text, {at: 1000 + id}));
		if (isNew) entries.push(entry);
	}
	return entries.map(entry => (entry.type === 'line' ? [entry.line.text.slice(0, 20), entry.more.length + 1, entry.level] : ['', 0, undefined]));
}

const traces: ReadonlyArray<readonly [string, readonly string[], number, string | undefined]> = [
	[
		'Java',
		[
			'2026-01-14 14:01:50 ERROR 1 --- [main] c.s.Cart : failed',
			'java.lang.IllegalStateException: no item',
			'\tat com.shop.Cart.add(Cart.java:12)',
			'\tat com.shop.Api.post(Api.java:7)',
			'Caused by: java.io.IOException: closed',
			'\tat java.base/java.io.X.read(X.java:1)',
			'\t... 12 more',
			'2026-01-14 14:01:51 INFO 1 --- [main] c.s.Cart : on',
		],
		1,
		undefined,
	],
	[
		'Go',
		[
			'panic: runtime error: invalid memory address or nil pointer dereference',
			'[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x4a]',
			'',
			'goroutine 1 [running]:',
			'main.serve(0xc000012345, {0x1, 0x2})',
			'\t/app/main.go:12 +0x1d',
			'main.main()',
			'\t/app/main.go:5 +0x1a',
			'exit status 2',
		],
		9,
		'fatal',
	],
	['Python', ['Traceback (most recent call last):', '  File "/app/x.py", line 3, in <module>', '    run()', 'ValueError: no', '', 'started again'], 4, 'error'],
	['chained Python', ['Traceback (most recent call last):', '  File "/app/x.py", line 3, in run', 'KeyError: 1'], 3, 'error'],
	['node', ['TypeError: x is not a function', '    at run (/app/x.js:3:1)', '    at node:internal/main:1:1', '{', "  code: 'E'", '}'], 3, 'error'],
	['node, uncaught', ['/app/x.js:3', "throw new Error('no')", '^', '', 'Error: no', '    at run (/app/x.js:3:1)'], 6, 'error'],
	['a printed object', ['config = {', '  a: 1,', '  b: 2', '}', 'started'], 4, undefined],
];

for (const [name, lines, length, level] of traces)
	test(`the trace of ${name} is one entry`, () => {
		const entry = grouped(lines).find(([, count]) => count > 1);
		const [first] = grouped(lines);
		if (name === 'Java') {
			assert.equal(entry?.[2], 'error');
			assert.deepEqual(
				grouped(lines).map(([, count]) => count),
				[7, 1],
			);
			return;
		}
		assert.equal(first?.[1], length);
		assert.equal(first?.[2] ?? undefined, level);
	});

test('lines that come later, or from somebody else, begin an entry of their own', () => {
	const builder = new EntryBuilder(false);
	builder.add(lineRecord(0, 'Error: x', {at: 1000}));
	assert.equal(builder.add(lineRecord(1, '    at run (x.js:1:1)', {at: 1001, container: 'other'})).isNew, true);
	assert.equal(builder.add(lineRecord(2, '    at run (x.js:1:1)', {at: 1001})).isNew, false);
	assert.equal(builder.add(lineRecord(3, '    at late (x.js:1:1)', {at: 9000})).isNew, true);
});

test('a repeated trace is counted with its first line', () => {
	const builder = new EntryBuilder(true);
	const trace = ['Error: x', '    at a (x.js:1:1)', '    at b (x.js:2:1)'];
	const made = [...trace, ...trace, ...trace].map((text, id) => builder.add(lineRecord(id, text, {at: 1000 + id})));
	assert.equal(made.filter(({isNew}) => isNew).length, 1);
	const [first] = made;
	assert.ok(first?.entry.type === 'line');
	assert.deepEqual({repeats: first.entry.repeats, more: first.entry.more.length, held: first.entry.held}, {repeats: 2, more: 2, held: 9});
});
