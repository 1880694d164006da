import assert from 'node:assert/strict';
import {test} from 'node:test';
import {filter} from '../../source/commands/filter.ts';
import {logsScreen} from '../../source/core/logs/logs-start.ts';
import {commandContext, pageFrame, tableFrame} from '../tools/frames.ts';

const level = {type: 'level', least: 'info'} as const;
const screen = logsScreen({type: 'pod', namespace: 'shop', name: 'web-1'}, {filters: [level]});
const context = commandContext(pageFrame({screen}));

test(':filter adds to the stack, around= shows lines beside', () => {
	assert.deepEqual(filter.run(['+timeout', 'status=500', 'around=3'], context), [
		{
			type: 'change',
			screen: {
				type: 'logs',
				filters: [level, {type: 'include', pattern: 'timeout', regex: false}, {type: 'field', name: 'status', value: '500', negated: false}],
				context: 3,
			},
		},
	]);
	assert.deepEqual(filter.run(['off'], context), [{type: 'change', screen: {type: 'logs', filters: [], context: 0}}]);
	assert.deepEqual(filter.run([], context), [{type: 'prompt', prompt: 'command', text: 'filter +'}]);
});

test('a wrong word changes nothing', () => {
	const [effect, ...more] = filter.run(['+a', 'level>=loud'], context);
	assert.ok(effect?.type === 'notice' && more.length === 0);
});

test('in a table it is the filter of its rows', () => {
	assert.deepEqual(filter.run(['web'], commandContext(tableFrame())), [{type: 'prompt', prompt: 'filter', text: 'web'}]);
	assert.deepEqual(filter.choices?.(commandContext(tableFrame())), []);
	assert.ok(filter.choices?.(context).includes('level>=warn'));
});
