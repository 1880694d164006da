import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readFilter} from '../../../source/core/logs/filter-words.ts';
import {entryText} from '../../../source/core/logs/log-entry.ts';
import {LogReading, type ReadingQuestion} from '../../../source/core/logs/log-reading.ts';
import type {LogRecord} from '../../../source/core/logs/log-record.ts';
import type {LogFilter} from '../../../source/core/logs/logs-screen.ts';
import {fuzzPlan, seededRandom} from '../../tools/random.ts';
import {eventRecord, lineRecord, markRecord} from './log-fixture.ts';

const all: ReadingQuestion = {filters: [], context: 0, clearedBefore: 0, fold: true, events: true};

function filters(...words: readonly string[]): readonly LogFilter[] {
	return words.map(word => {
		const read = readFilter(word);
		assert.ok(read.ok, word);
		return read.filter;
	});
}

test('of several expressions to include one is enough; a filter that is pushed on them narrows', () => {
	const any: LogFilter = {type: 'include-any', patterns: ['timeout', 'DB_URL']};
	assert.deepEqual(
		new LogReading().read(some, {...all, filters: [any]}).shown.map(({id}) => id),
		[1, 2, 4],
	);
	assert.deepEqual(
		new LogReading().read(some, {...all, filters: [any, ...filters('level>=error')]}).shown.map(({id}) => id),
		[2, 4],
	);
});

function shown(records: readonly LogRecord[], question: Partial<ReadingQuestion> = {}): readonly string[] {
	return new LogReading().read(records, {...all, ...question}).shown.map(entryText);
}

const some: readonly LogRecord[] = [
	lineRecord(0, 'INFO  starting'),
	lineRecord(1, 'WARN  DB_URL is empty'),
	lineRecord(2, 'ERROR lookup failed: timeout', {pod: 'checkout-5b8c9f7d66-8r2vn'}),
	lineRecord(3, '    at lookup (x.js:1:1)', {pod: 'checkout-5b8c9f7d66-8r2vn', at: Date.UTC(2026, 0, 14, 14, 1, 50)}),
	markRecord(4, 'restarted: exit 137 OOMKilled, 3rd time'),
	eventRecord(5, 'BackOff', 'restarting failed container'),
	lineRecord(6, '{"level":"info","msg":"GET /health","status":200}'),
	lineRecord(7, 'a line of no level'),
];

const cases: ReadonlyArray<readonly [readonly string[], readonly number[]]> = [
	[[], [0, 1, 2, 4, 5, 6, 7]],
	[['+timeout'], [2, 4]],
	[['-health'], [0, 1, 2, 4, 5, 7]],
	[['+/x\\.js:\\d/'], [2, 4]],
	[
		['-/^INFO/', '-health'],
		[1, 2, 4, 5, 7],
	],
	[['level>=warn'], [1, 2, 4, 5]],
	[['level>=info'], [0, 1, 2, 4, 5, 6, 7]],
	[['status=200'], [4, 6]],
	[['status!=200'], [0, 1, 2, 4, 5, 7]],
	[['pod=8r2vn'], [2, 4]],
	[
		['container=app', 'level>=error'],
		[2, 4],
	],
	[['reason=BackOff'], [4, 5]],
];

for (const [words, ids] of cases)
	test(`filters ${words.length === 0 ? 'none' : words.join(' ')}`, () => {
		const rows = new LogReading().read(some, {...all, filters: filters(...words)});
		assert.deepEqual(
			rows.shown.map(({id}) => id),
			ids,
		);
	});

test('context lines stand around what passes, and are told apart', () => {
	const records = Array.from({length: 20}, (_none, id) => lineRecord(id, id === 10 ? 'ERROR here' : `line ${id}`));
	const rows = new LogReading().read(records, {...all, filters: filters('+here'), context: 2});
	assert.deepEqual(
		rows.shown.map(({id}) => id),
		[8, 9, 10, 11, 12],
	);
	assert.deepEqual(
		[...rows.around].map(({id}) => id),
		[8, 9, 11, 12],
	);
});

test('cleared lines and events that are off are hidden and counted', () => {
	const reading = new LogReading();
	const rows = reading.read(some, {...all, clearedBefore: 2, events: false});
	assert.deepEqual(
		rows.shown.map(({id}) => id),
		[2, 4, 6, 7],
	);
	assert.equal(rows.hiddenRecords, 3);
});

test('repeats of a container are folded over what others write in between, and unfolded on request', () => {
	const records = Array.from({length: 12}, (_none, id) =>
		lineRecord(id, id % 2 === 0 ? 'health check failed' : `probe ${id}`, {container: id % 2 === 0 ? 'envoy' : 'app'}),
	);
	const rows = new LogReading().read(records, all);
	assert.equal(rows.shown.length, 7);
	const [first] = rows.shown;
	assert.ok(first?.type === 'line' && first.repeats === 5 && first.lastAt === records[10]?.at);
	assert.equal(shown(records, {fold: false}).length, 12);
});

test('marks that say the same of several containers are one row', () => {
	const none = (id: number, container: string) =>
		markRecord(id, 'there is no run before this one', {kind: 'empty', origin: {namespace: 'shop', pod: 'web-1', container, restart: 0}});
	const rows = new LogReading().read([none(0, 'a'), none(1, 'b'), none(2, 'c'), lineRecord(3, 'x'), none(4, 'd')], all);
	assert.deepEqual(
		rows.shown.map(entry => [entry.id, entry.type === 'line' ? 0 : entry.others, entry.held]),
		[
			[0, 2, 3],
			[3, 0, 1],
			[4, 0, 1],
		],
	);
});

test('errors are counted by the minute, repeats with them', () => {
	const at = Date.UTC(2026, 0, 14, 14, 0, 30);
	const rows = new LogReading().read(
		[
			lineRecord(0, 'ERROR a', {at}),
			lineRecord(1, 'ERROR a', {at: at + 1}),
			lineRecord(2, 'INFO b', {at: at + 2}),
			lineRecord(3, 'FATAL c', {at: at + 60_000}),
		],
		all,
	);
	assert.equal(rows.errors, 3);
	assert.equal(rows.firstErrorAt, at);
	assert.deepEqual([...rows.errorMinutes.values()], [2, 1]);
});

test('a growing trace that now holds the text comes into view in its place', () => {
	const reading = new LogReading();
	const question = {...all, filters: filters('+needle')};
	const first = [lineRecord(0, 'ERROR a'), lineRecord(1, 'needle')];
	assert.equal(reading.read(first, question).shown.length, 1);
	const trace = lineRecord(2, '   at needle (x.js:1:1)', {at: (first[1]?.at ?? 0) + 1});
	const late = [...first, trace];
	assert.deepEqual(
		reading.read(late, question).shown.map(({id}) => id),
		[1],
	);
	assert.equal(reading.read(late, question).shownRecords, 2);
});

test('property: from one state of the ring to the next the rows are those of reading it anew, and the counts add up', () => {
	const {runs, seed} = fuzzPlan(40);
	const random = seededRandom(seed);
	const texts = ['INFO a', 'ERROR b', '   at x (y.js:1:1)', 'health', '{"level":"warn","msg":"c"}', 'Traceback (most recent call last):', '', 'health'];
	for (let run = 0; run < runs; run++) {
		const limit = 5 + random.below(30);
		const reading = new LogReading();
		let records: LogRecord[] = [];
		let received = 0;
		let question: ReadingQuestion = all;
		for (let step = 0; step < 20; step++) {
			const more = Array.from({length: random.below(12)}, (): LogRecord => {
				const id = received++;
				const kind = random.below(12);
				if (kind === 0) return markRecord(id, 'restarted');
				if (kind === 1) return eventRecord(id, 'BackOff', 'again');
				return lineRecord(id, random.pick(texts), {at: 1000 + id * random.below(400), container: random.pick(['app', 'envoy'])});
			});
			if (more.length > 0) records = [...records, ...more].slice(-limit);
			if (random.below(4) === 0)
				question = {...question, filters: random.pick([filters(), filters('level>=warn'), filters('-health'), filters('+a', 'level>=info')])};
			if (random.below(8) === 0) question = {...question, context: random.below(3)};
			const rows = reading.read(records, question);
			const held = rows.shownRecords + rows.hiddenRecords;
			assert.equal(held, records.length, `seed ${seed}`);
			assert.equal(rows.shownRecords + rows.hiddenRecords + (received - records.length), received, `seed ${seed}`);
			assert.equal(
				rows.shown.reduce((sum, entry) => sum + entry.held, 0),
				rows.shownRecords,
				`seed ${seed}`,
			);
			assert.equal(reading.shownRecords().length, rows.shownRecords, `seed ${seed}`);
			for (const [index, entry] of rows.shown.entries()) assert.ok((rows.shown[index - 1]?.order ?? -1) < entry.order, `seed ${seed}: order`);
			if (question.context === 0 && records.length === received) {
				const anew = new LogReading().read(records, question);
				assert.deepEqual(
					rows.shown.map(({id, held: lines}) => [id, lines]),
					anew.shown.map(({id, held: lines}) => [id, lines]),
					`seed ${seed}`,
				);
			}
		}
	}
});

test('20,000 records and 1,000 new ones a frame are read in a few milliseconds', () => {
	const line = (id: number): LogRecord => lineRecord(id, `2026-01-14T14:01:50Z INFO request ${id} took ${id % 97}ms path=/api/${id % 13}`);
	let records = Array.from({length: 20_000}, (_none, id) => line(id));
	const reading = new LogReading();
	reading.read(records, all);
	const startedAt = performance.now();
	for (let frame = 0; frame < 10; frame++) {
		records = [...records.slice(1000), ...Array.from({length: 1000}, (_none, index) => line(20_000 + frame * 1000 + index))];
		assert.equal(reading.read(records, {...all, filters: []}).shown.length, 20_000);
	}
	// Ten frames are a second of 10,000 lines; on a busy machine it takes a tenth of that.
	assert.ok(performance.now() - startedAt < 1000);
});
