import assert from 'node:assert/strict';
import {test} from 'node:test';
import {notices} from '../../source/commands/notices.ts';
import {commandContext} from '../tools/frames.ts';

test(':notices opens what was said', () => {
	assert.deepEqual(notices.run([], commandContext()), [{type: 'open', screen: {type: 'notices', top: 0}}]);
});
