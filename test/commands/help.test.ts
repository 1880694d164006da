import assert from 'node:assert/strict';
import {test} from 'node:test';
import {help} from '../../source/commands/help.ts';
import {commandContext, tableFrame} from '../tools/frames.ts';

test(':help is about the screen on top', () => {
	assert.deepEqual(help.run([], commandContext(tableFrame())), [{type: 'open', screen: {type: 'help', about: 'table', filter: '', top: 0}}]);
});
