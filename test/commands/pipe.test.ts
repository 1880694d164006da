import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pipe} from '../../source/commands/pipe.ts';
import {editorOf} from '../../source/core/editor.ts';
import {logsScreen} from '../../source/core/logs/logs-start.ts';
import {commandContext, pageFrame} from '../tools/frames.ts';

const context = commandContext(pageFrame({screen: logsScreen({type: 'pod', namespace: 'shop', name: 'web-1'})}));

test(':pipe gives the command to the shell as it was typed', () => {
	assert.deepEqual(pipe.run(['less', '-S'], context), [{type: 'page-command', command: 'pipe', words: ['less', '-S']}]);
	const line = 'pipe grep "a b" | wc -l';
	const prompt = {kind: 'command', editor: editorOf(line, []), picked: 0, before: ''} as const;
	const frame = pageFrame({screen: logsScreen({type: 'pod', namespace: 'shop', name: 'web-1'}), state: {prompt}});
	assert.deepEqual(pipe.run(['grep', 'a b', '|', 'wc', '-l'], commandContext(frame)), [{type: 'page-command', command: 'pipe', words: ['grep "a b" | wc -l']}]);
});

test('without a command, or without a log, it says so', () => {
	assert.equal(pipe.run([], context)[0]?.type, 'notice');
	assert.equal(pipe.run(['less'], commandContext(pageFrame()))[0]?.type, 'notice');
});
