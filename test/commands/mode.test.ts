import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mode} from '../../source/commands/mode.ts';
import {commandContext, pageFrame} from '../tools/frames.ts';

test('raising the mode asks first, and says where', () => {
	const [effect, ...more] = mode.run(['write'], commandContext());
	assert.ok(effect?.type === 'ask' && more.length === 0);
	assert.match(`${effect.dialog.title} ${effect.dialog.lines.join(' ')}`, /prod-eu1/);
	assert.deepEqual(effect.dialog.effects, [{type: 'level', level: 'write'}]);
});

test('lowering it does not', () => {
	assert.deepEqual(mode.run(['read'], commandContext(pageFrame({state: {level: 'write'}}))), [{type: 'level', level: 'read'}]);
});

test('without a level it says which is in force', () => {
	const [effect] = mode.run(['all'], commandContext());
	assert.deepEqual(effect, {type: 'notice', tone: 'muted', text: 'The mode is READ-ONLY. :mode read|probe|write changes it'});
});
