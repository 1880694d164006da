import assert from 'node:assert/strict';
import {test} from 'node:test';
import {share} from '../../source/commands/share.ts';
import {commandContext, pageFrame} from '../tools/frames.ts';

const plain = {addresses: false, names: false};

test('share mode goes on with what it masks besides secrets, and off', () => {
	assert.deepEqual(share.run([], commandContext()), [{type: 'share', share: plain}]);
	assert.deepEqual(share.run(['ip,names'], commandContext()), [{type: 'share', share: {addresses: true, names: true}}]);
	assert.deepEqual(share.run(['off'], commandContext(pageFrame({state: {share: plain}}))), [{type: 'share', share: undefined}]);
});

test('what it does not know it says', () => {
	const [off] = share.run(['off'], commandContext());
	assert.ok(off?.type === 'notice' && /off already/.test(off.text));
	const [unknown] = share.run(['users'], commandContext());
	assert.ok(unknown?.type === 'notice' && /not users/.test(unknown.text));
});
