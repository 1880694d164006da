import assert from 'node:assert/strict';
import {test} from 'node:test';
import {quit} from '../../source/commands/quit.ts';
import {commandContext} from '../tools/frames.ts';

test(':q leaves without a question', () => {
	assert.deepEqual(quit.run([], commandContext()), [{type: 'quit'}]);
	assert.ok(quit.aliases.includes('q') && quit.aliases.includes('q!'));
});
