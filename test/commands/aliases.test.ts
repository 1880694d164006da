import assert from 'node:assert/strict';
import {test} from 'node:test';
import {aliases} from '../../source/commands/aliases.ts';
import {commandContext} from '../tools/frames.ts';

test(':aliases opens the list of kinds', () => {
	assert.deepEqual(aliases.run([], commandContext()), [{type: 'open', screen: {type: 'aliases', top: 0}}]);
	assert.ok(aliases.aliases.includes('api-resources'));
});
