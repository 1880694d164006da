import assert from 'node:assert/strict';
import {test} from 'node:test';
import {asciiGlyphs} from '../../../source/core/glyphs.ts';
import {plain} from '../../../source/core/line.ts';
import type {Problem} from '../../../source/core/problem.ts';
import type {TableSnapshot} from '../../../source/core/table.ts';
import {compose} from '../../../source/ui/frame/compose.ts';
import {now, podItem, tableFrame} from '../../tools/frames.ts';

const problem: Problem = {code: 'expired', what: 'Could not watch pods', cause: 'the server no longer has that version', status: 410};
const items = [podItem('a'), podItem('b')];

function text(stream: TableSnapshot['stream'], more: Partial<TableSnapshot> = {}): string {
	const frame = tableFrame({items, snapshot: {stream, ...more}});
	return compose(frame, {glyphs: asciiGlyphs, actions: [], bindings: []})
		.map(({line}) => plain(line).trimEnd())
		.join('\n');
}

const downFor = (ms: number): TableSnapshot['stream'] => ({state: 'reconnecting', since: now - ms, problem, nextTryAt: now + 800});

test('a watch that is opened again within a second makes no row jump and says nothing of old data', () => {
	for (const asOf of [now - 100, now - 40_000]) {
		const shown = text(downFor(200), {asOf});
		assert.doesNotMatch(shown, /Data is|STALE|Next try/);
		assert.match(shown, /quiet (0\.1|4)/);
	}
});

test('from a second on it says why and how old', () => {
	assert.match(text(downFor(1000), {asOf: now - 1100}), /X STALE 1\.1s[\s\S]*Next try in \S+ \(r now\)\. Data is 1s old\./);
});

test('what was never read, or may no longer be, is said at once', () => {
	assert.match(text(downFor(200), {data: 'none'}), /no answer 0\.2s/);
	assert.match(text({state: 'denied', since: now - 200, problem}), /r tries again\. Data is 0s old/);
});
