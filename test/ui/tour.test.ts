import assert from 'node:assert/strict';
import {test} from 'node:test';
import {storyNames} from '../../source/core/story-names.ts';
import {tours} from '../../source/core/tours/tours.ts';
import {openApp} from '../tools/open-app.ts';

for (const name of storyNames) {
	test(`the keys of the tour of ${name} walk it to its end`, async () => {
		const scenario = name === 'ten-thousand-pods' ? 'ten-thousand-pods:60' : name;
		await using app = await openApp({scenario, demo: true});
		for (const [done, {keys, text}] of tours[name].entries()) {
			assert.equal(app.state().tour?.done, done, `before step ${done + 1}: ${text}\n${app.text()}`);
			await app.press(keys);
		}
		assert.equal(app.state().tour, undefined, app.text());
		assert.match(app.text(), /The tour is over/);
	});
}

test('] passes over a step, :tour off ends it, :tour begins anew', async () => {
	await using app = await openApp({scenario: 'crash-loop', demo: true});
	assert.match(app.text(), /Tour step 1 of 7: Enter opens the red row {3}\] skips/);
	await app.press(']');
	assert.match(app.text(), /Tour step 2 of 7/);
	await app.press(':tour off<enter>');
	assert.doesNotMatch(app.text(), /Tour step/);
	await app.press(':tour<enter>');
	assert.match(app.text(), /Tour step 1 of 7/);
});
