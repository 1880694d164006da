import assert from 'node:assert/strict';
import {test} from 'node:test';
import {contexts} from '../../source/commands/contexts.ts';
import {commandContext} from '../tools/frames.ts';

test(':ctx lists the contexts, and goes to the one that is named', () => {
	assert.deepEqual(contexts.run([], commandContext()), [{type: 'open', screen: {type: 'contexts', top: 0}}]);
	assert.deepEqual(contexts.run(['lab'], commandContext()), [{type: 'context', name: 'lab'}]);
	assert.deepEqual(contexts.choices?.(commandContext()), ['prod-eu1', 'lab']);
});

test('an unknown context is not gone to', () => {
	assert.deepEqual(contexts.run(['labb'], commandContext()), [{type: 'notice', tone: 'warning', text: 'There is no context labb. There is: prod-eu1, lab'}]);
});
