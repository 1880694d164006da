import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dialogKey} from '../../source/ui/dialog-keys.ts';

const plain = {title: 'Sure?', lines: [], confirm: 'yes', keep: 'no', effects: [{type: 'theme', name: 'light'} as const], typed: '', top: 0, remembered: false};
const typed = (text: string) => ({...plain, word: 'shop', typed: text});

test('Enter does it, Esc keeps; y and n decide nothing', () => {
	assert.deepEqual(dialogKey(plain, 'enter'), [{type: 'close'}, ...plain.effects]);
	for (const key of ['esc', 'ctrl-c']) assert.deepEqual(dialogKey(plain, key), [{type: 'close'}]);
	for (const key of ['y', 'n', 'Y', 'space', 'tab']) assert.deepEqual(dialogKey(plain, key), [], key);
});

test('where a word is asked for, Enter waits for it', () => {
	assert.deepEqual(dialogKey(typed('sho'), 'enter'), []);
	assert.deepEqual(dialogKey(typed('shop'), 'enter'), [{type: 'close'}, ...plain.effects]);
	assert.deepEqual(dialogKey(typed('sho'), 'p'), [{type: 'type', typed: 'shop'}]);
	assert.deepEqual(dialogKey(typed('sho'), 'space'), [{type: 'type', typed: 'sho '}]);
	assert.deepEqual(dialogKey(typed('sho'), 'backspace'), [{type: 'type', typed: 'sh'}]);
	assert.deepEqual(dialogKey(typed('sho'), 'ctrl-d'), []);
});

test('a paste never answers: a person has to have read the word', () => {
	assert.deepEqual(dialogKey(typed(''), {paste: 'shop'}), []);
	assert.deepEqual(dialogKey(plain, {paste: '\r'}), []);
});
