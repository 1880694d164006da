import assert from 'node:assert/strict';
import {test} from 'node:test';
import {calls} from '../../source/commands/calls.ts';
import {commandContext} from '../tools/frames.ts';

test(':api opens our own requests', () => {
	assert.ok(calls.aliases.includes('api'));
	assert.deepEqual(calls.run([], commandContext()), [{type: 'open', screen: {type: 'calls', top: 0}}]);
});
