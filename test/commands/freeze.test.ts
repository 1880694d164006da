import assert from 'node:assert/strict';
import {test} from 'node:test';
import {freeze} from '../../source/commands/freeze.ts';
import {commandContext, pageFrame} from '../tools/frames.ts';

test(':freeze holds the screen, and lets it go again', () => {
	assert.deepEqual(freeze.run([], commandContext())[0], {type: 'switch', to: {frozen: true}});
	assert.deepEqual(freeze.run([], commandContext(pageFrame({state: {frozen: true}})))[0], {type: 'switch', to: {frozen: false}});
});
