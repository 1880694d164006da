import assert from 'node:assert/strict';
import {test} from 'node:test';
import {clipboardLimitBytes, clipboardSequence} from '../../source/core/clipboard.ts';

const plain = `\u001b]52;c;${Buffer.from('Grüße 😀').toString('base64')}\u0007`;

test('plain terminals get OSC 52 with the UTF-8 bytes', () => {
	assert.equal(clipboardSequence('Grüße 😀'), plain);
});

test('tmux gets it plain and passed through with every escape doubled', () => {
	assert.equal(clipboardSequence('Grüße 😀', 'tmux'), `${plain}\u001bPtmux;\u001b${plain}\u001b\\`);
});

test('GNU screen gets it in short strings that add up to it', () => {
	const text = 'x'.repeat(5000);
	const sequence = clipboardSequence(text, 'screen') ?? '';
	const parts = [...sequence.matchAll(/\u001bP([\s\S]*?)\u001b\\/g)].map(([whole, part = '']) => ({whole, part}));
	assert.ok(parts.every(({whole}) => whole.length <= 256));
	assert.equal(parts.map(({part}) => part).join(''), clipboardSequence(text));
});

test('the limit counts bytes, not characters', () => {
	assert.ok(clipboardSequence('x'.repeat(clipboardLimitBytes)));
	assert.equal(clipboardSequence('x'.repeat(clipboardLimitBytes + 1)), undefined);
	assert.equal(clipboardSequence('ü'.repeat(clipboardLimitBytes / 2 + 1)), undefined);
});
