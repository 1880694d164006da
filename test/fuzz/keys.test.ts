import assert from 'node:assert/strict';
import {test} from 'node:test';
import {flushKeys, type Key, type KeyFlags, splitKeys} from '../../source/core/keys.ts';
import {fuzzPlan, seededRandom} from '../tools/random.ts';
import {randomText} from '../tools/random-text.ts';

const {runs, seed} = fuzzPlan(1000);

const pieces = [
	...Array.from({length: 256}, (_, code) => String.fromCharCode(code)),
	...[
		'\x1b[',
		'\x1b]',
		'\x1bP',
		'\x1bO',
		'\x1b_',
		'\x1b\\',
		'\x1b[200~',
		'\x1b[201~',
		'\x1b[A',
		'\x1b[1;5C',
		';',
		'\x07',
		'\ud800',
		'\u4e2d',
		'e\u0301',
		'\u{1f680}',
		'11;rgb:',
	],
];
const flags: readonly KeyFlags[] = [
	{},
	{meta: true},
	{ctrl: true},
	{upArrow: true},
	{escape: true},
	{paste: true},
	{eventType: 'release'},
	{tab: true, shift: true},
];

function isWellFormed(key: Key): boolean {
	// A chord holds no control byte: an escape never reaches the keymap or a text field.
	return typeof key === 'string' ? key !== '' && !/[\x00-\x1f\x7f]/.test(key) : !/[\x00-\x08\x0b-\x1f\x7f]/.test(key.paste);
}

test(`any bytes become keys, seed ${seed}`, () => {
	const random = seededRandom(seed);
	for (let round = 0; round < runs * 20; round++) {
		const text = randomText(random, pieces, 12);
		const {chords, pending} = splitKeys(text, random.pick(flags), random.next() < 0.2 ? '\x1b]' : '');
		for (const key of [...chords, ...flushKeys(pending)]) assert.ok(isWellFormed(key), JSON.stringify([text, key]));
		assert.ok(pending === '' || pending.startsWith('\x1b'), JSON.stringify([text, pending]));
	}
});

test(`ASCII keys come out the same however the bytes are cut, seed ${seed}`, () => {
	const random = seededRandom(seed);
	const typed = [
		'j',
		'k',
		'G',
		':',
		'\r',
		'\t',
		' ',
		'\x04',
		'\x1b[A',
		'\x1b[1;5C',
		'\x1b[5~',
		'\x1bOB',
		'\x1b[200~a b\x1b[201~',
		'\x1b]11;rgb:0/0/0\x07',
		'\x1bP1$r0m\x1b\\',
	];
	for (let round = 0; round < runs * 5; round++) {
		const text = randomText(random, typed, 8);
		const whole = splitKeys(text).chords;
		const cut = random.below(text.length + 1);
		const first = splitKeys(text.slice(0, cut));
		const second = splitKeys(text.slice(cut), {}, first.pending);
		// The rest of a CSI at the start of a chunk is what Ink strips the escape from; with the escape pending it is read whole.
		assert.deepEqual([...first.chords, ...second.chords], whole, JSON.stringify([text, cut]));
	}
});
