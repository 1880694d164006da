import assert from 'node:assert/strict';
import {test} from 'node:test';
import {storyNames} from '../../../source/core/story-names.ts';
import {isReached, tourText} from '../../../source/core/tours/tour.ts';
import {tours} from '../../../source/core/tours/tours.ts';

test('every story has a tour of five to seven steps, which fit the status row of 80 columns', () => {
	for (const name of storyNames) {
		assert.ok(tours[name].length >= 5 && tours[name].length <= 7, name);
		for (const [done, {text}] of tours[name].entries()) {
			const shown = tourText(tours[name], done, 78);
			assert.ok(shown.includes(text) && shown.length <= 78, `${name}: ${shown}`);
		}
	}
});

test('a step is reached on the screen with its fields, whatever else it has', () => {
	const step = {text: '', keys: '', at: {type: 'object', tab: 'yaml'}} as const;
	const ref = {apiVersion: 'v1', kind: 'Pod', name: 'a', uid: ''};
	const object = {type: 'object', kind: 'pods', ref, managedFields: false, revealed: [], fullScreen: false, left: 0, top: 0} as const;
	assert.ok(isReached(step, {...object, tab: 'yaml'}));
	assert.ok(!isReached(step, {...object, tab: 'summary'}));
	assert.ok(!isReached(step, {type: 'overview', top: 0}));
});
