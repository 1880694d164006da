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

test('arrows, j and k move a long text; they never decide', () => {
	const long = {...plain, lines: Array.from({length: 40}, () => 'a line'), top: 3};
	for (const [key, top] of [
		['down', 4],
		['up', 2],
		['j', 4],
		['k', 2],
		['pagedown', 13],
		['pageup', 0],
	] as const)
		assert.deepEqual(dialogKey(long, key), [{type: 'dialog', to: {top}}], key);
	assert.deepEqual(dialogKey({...plain, lines: ['one line'], top: 1}, 'down'), [{type: 'dialog', to: {top: 1}}], 'not beyond the end');
	assert.deepEqual(dialogKey({...long, word: 'prod'}, 'j'), [{type: 'type', typed: 'j'}], 'a letter of the word');
});

test('y says whether the answer is remembered, Enter does it', () => {
	const effect = {type: 'theme', name: 'dark'} as const;
	const asking = {...plain, remember: {title: 'do not ask again', effects: [effect]}};
	assert.deepEqual(dialogKey(asking, 'y'), [{type: 'dialog', to: {remembered: true}}]);
	assert.deepEqual(dialogKey({...asking, remembered: true}, 'y'), [{type: 'dialog', to: {remembered: false}}]);
	assert.deepEqual(dialogKey({...asking, remembered: true}, 'enter'), [{type: 'close'}, effect, ...plain.effects]);
	assert.deepEqual(dialogKey(asking, 'enter'), [{type: 'close'}, ...plain.effects]);
	assert.deepEqual(dialogKey(plain, 'y'), []);
});

test('other ways: a digit or Tab asks about one, and does nothing yet; where a word is typed only Tab does', () => {
	const choices = ['passive', 'exec', 'pod'].map((title, index) => ({title, picked: index === 1, effects: [{type: 'theme', name: title} as const]}));
	const asking = {...plain, choices};
	const titleOf = (key: string, dialog: Parameters<typeof dialogKey>[0] = asking) => {
		const [effect] = dialogKey(dialog, key);
		return effect?.type === 'theme' ? effect.name : effect?.type;
	};
	assert.deepEqual(
		['0', '1', '2', '9', 'tab', 'shift-tab'].map(key => titleOf(key)),
		['passive', 'exec', 'pod', undefined, 'pod', 'passive'],
	);
	const last = {...asking, choices: choices.map((choice, index) => ({...choice, picked: index === 2}))};
	assert.equal(titleOf('tab', last), 'passive', 'round again');
	assert.equal(titleOf('2', {...asking, word: 'prod-2'}), 'type', 'a digit of the word');
	assert.equal(titleOf('tab', {...asking, word: 'prod-2'}), 'pod');
});
