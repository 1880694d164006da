import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at} from '../../source/commands/at.ts';
import {logsScreen} from '../../source/core/logs/logs-start.ts';
import {commandContext, pageFrame} from '../tools/frames.ts';

const context = commandContext(pageFrame({screen: logsScreen({type: 'pod', namespace: 'shop', name: 'web-1'})}));

test(':at goes to a time in the log on screen', () => {
	assert.deepEqual(at.run(['14:02'], context), [{type: 'page-command', command: 'at', words: ['14:02']}]);
	assert.equal(at.run(['14:02'], commandContext(pageFrame()))[0]?.type, 'notice');
});
