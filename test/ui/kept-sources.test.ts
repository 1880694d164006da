import assert from 'node:assert/strict';
import {test} from 'node:test';
import {KeptSources} from '../../source/ui/kept-sources.ts';
import type {PageSource} from '../../source/ui/page-source.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

function source(canRest = true) {
	const seen: string[] = [];
	const made: PageSource = {
		page: () => ({crumb: '', head: [], fixed: [], lines: [], hints: []}),
		...(canRest ? {rest: (isResting: boolean) => void seen.push(isResting ? 'rests' : 'goes on')} : {}),
		[Symbol.dispose]: () => void seen.push('ended'),
	};
	return {made, seen};
}

test('what can rest is kept for five minutes and handed back as it was', async () => {
	const clock = createFakeClock(0);
	using kept = new KeptSources(clock);
	const {made, seen} = source();
	kept.leave('a', made);
	await clock.advance(299_000);
	assert.equal(kept.take('a'), made);
	assert.equal(kept.take('a'), undefined);
	kept.leave('a', made);
	await clock.advance(300_000);
	assert.equal(kept.take('a'), undefined);
	assert.deepEqual(seen, ['rests', 'goes on', 'rests', 'goes on', 'ended']);
});

test('two are kept, what cannot rest ends at once', () => {
	using kept = new KeptSources(createFakeClock(0));
	const [one, two, three, other] = [source(), source(), source(), source(false)];
	kept.leave('1', one.made);
	kept.leave('2', two.made);
	kept.leave('3', three.made);
	assert.equal(one.seen.at(-1), 'ended');
	assert.equal(two.seen.at(-1), 'rests');
	kept.leave('o', other.made);
	assert.deepEqual(other.seen, ['ended']);
});

test('leaving the cluster ends them all', () => {
	const kept = new KeptSources(createFakeClock(0));
	const {made, seen} = source();
	kept.leave('a', made);
	kept[Symbol.dispose]();
	assert.equal(seen.at(-1), 'ended');
});
