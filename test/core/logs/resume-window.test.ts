import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {RawLine} from '../../../source/core/logs/line-splitter.ts';
import {ResumeWindow} from '../../../source/core/logs/resume-window.ts';

const start = Date.UTC(2026, 10, 21, 15, 0, 0);

function line(ms: number, text: string): RawLine {
	return {stamp: new Date(start + ms).toISOString(), at: start + ms, text, weight: text.length};
}

/** What a server that holds these lines answers for the window's `since`, as the reader sees it. */
function resumed(window: ResumeWindow, held: readonly RawLine[]) {
	const since = Date.parse(window.since ?? '');
	const filter = window.filter();
	const fresh = held.filter(one => (one.at ?? 0) >= since && filter.judge(one) === 'new');
	return {fresh, isMet: filter.isMet};
}

test('wherever a log is cut, each line is taken once, identical ones too', () => {
	const held = Array.from({length: 400}, (_one, index) => line(Math.floor(index / 7) * 97, `same ${index % 3}`));
	for (let cut = 1; cut < held.length; cut++) {
		const window = new ResumeWindow();
		for (const one of held.slice(0, cut)) window.remember(one);
		const {fresh, isMet} = resumed(window, held);
		assert.deepEqual(fresh, held.slice(cut), `cut after ${cut}`);
		assert.ok(isMet);
	}
});

test('lines of stdout and stderr that changed places are not lost', () => {
	const held = [line(900, 'a'), line(1010, 'b'), line(990, 'late'), line(1020, 'c')];
	const window = new ResumeWindow();
	for (const one of held.slice(0, 2)) window.remember(one);
	assert.deepEqual(resumed(window, held).fresh, held.slice(2));
});

test('a log that was rotated is not met', () => {
	const window = new ResumeWindow();
	window.remember(line(0, 'old'));
	const {fresh, isMet} = resumed(window, [line(500, 'new')]);
	assert.equal(fresh.length, 1);
	assert.equal(isMet, false);
});

test('lines before the first that was asked for stay out', () => {
	const held = [line(0, 'before the tail'), line(100, 'first'), line(200, 'second')];
	const window = new ResumeWindow();
	window.remember(line(100, 'first'));
	assert.deepEqual(
		resumed(window, held).fresh.map(({text}) => text),
		['second'],
	);
});

test('a clock that is set back is seen, until the old time is passed', () => {
	const window = new ResumeWindow();
	window.remember(line(3_600_000, 'ahead'));
	assert.equal(window.isSetBack, false);
	window.remember(line(0, 'back'));
	assert.equal(window.isSetBack, true);
	assert.equal(window.since, '2026-11-21T14:59:59Z');
	window.remember(line(3_600_001, 'passed'));
	assert.equal(window.isSetBack, false);
});

test('only the last seconds are remembered', () => {
	const window = new ResumeWindow();
	for (let index = 0; index < 60_000; index++) window.remember(line(index, `line ${index}`));
	const held = Array.from({length: 60_010}, (_one, index) => line(index, `line ${index}`));
	assert.deepEqual(resumed(window, held).fresh, held.slice(60_000));
});
