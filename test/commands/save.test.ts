import assert from 'node:assert/strict';
import {test} from 'node:test';
import {save} from '../../source/commands/save.ts';
import {logsScreen} from '../../source/core/logs/logs-start.ts';
import {commandContext, pageFrame} from '../tools/frames.ts';

const context = commandContext(pageFrame({screen: logsScreen({type: 'pod', namespace: 'shop', name: 'web-1'})}));

test(':save names a file, blanks and all', () => {
	assert.deepEqual(save.run(['~/my', 'file.log'], context), [{type: 'page-command', command: 'save', words: ['~/my file.log']}]);
	assert.equal(save.run([], context)[0]?.type, 'notice');
	assert.equal(save.run(['x'], commandContext(pageFrame()))[0]?.type, 'notice');
});
