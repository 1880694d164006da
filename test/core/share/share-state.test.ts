import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pressedWith, shareWords, typingHidden} from '../../../source/core/share/share-state.ts';

test('the last twelve keys are shown, typing once and never its letters', () => {
	let pressed: readonly string[] = [];
	for (const key of ['/', typingHidden, typingHidden, 'Enter']) pressed = pressedWith(pressed, key);
	assert.deepEqual(pressed, ['/', typingHidden, 'Enter']);
	for (let key = 0; key < 20; key++) pressed = pressedWith(pressed, 'j');
	assert.equal(pressed.length, 12);
});

test('the flag says what is masked besides', () => {
	assert.equal(shareWords({addresses: true, names: true}), 'ip,names');
	assert.equal(shareWords({addresses: false, names: false}), '');
});
