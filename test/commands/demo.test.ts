import assert from 'node:assert/strict';
import {test} from 'node:test';
import {demo} from '../../source/commands/demo.ts';
import {commandContext} from '../tools/frames.ts';

test(':demo starts a story', () => {
	assert.deepEqual(demo.run([], commandContext()), [{type: 'connect', demo: 'healthy'}]);
	assert.deepEqual(demo.run(['oom-eviction'], commandContext()), [{type: 'connect', demo: 'oom-eviction'}]);
	assert.deepEqual(demo.choices?.(commandContext()), ['healthy', 'oom-eviction']);
});

test('an unknown story is told apart from the known ones', () => {
	const [effect] = demo.run(['fire'], commandContext());
	assert.ok(effect?.type === 'notice' && effect.text.includes('healthy, oom-eviction'));
});
