import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseTerminalAnswers} from '../../source/system/terminal-answers.ts';
import {fuzzPlan, seededRandom} from '../tools/random.ts';

const place = (column: number) => `\u001b[5;${column}R`;
const synchronized = '\u001b[?2026;2$y';
const background = '\u001b]11;rgb:1111/1515/1c1c\u0007';
const attributes = '\u001b[?62;22c';

test('all answers of a modern terminal', () => {
	assert.deepEqual(parseTerminalAnswers(place(1) + place(2) + synchronized + background + attributes), {
		answers: 5,
		complete: true,
		synchronizedOutput: true,
		typed: '',
		background: '#11151c',
		appearance: 'dark',
		ambiguousWidth: 1,
	});
});

test('each answer by itself', () => {
	assert.equal(parseTerminalAnswers(place(1) + place(3)).ambiguousWidth, 2);
	assert.equal(parseTerminalAnswers(place(80) + place(80)).ambiguousWidth, undefined, 'at the edge nothing is known');
	assert.equal(parseTerminalAnswers(place(1)).ambiguousWidth, undefined, 'one place is no width');
	assert.equal(parseTerminalAnswers('').complete, false);
	for (const [mode, expected] of [
		['0', false],
		['1', true],
		['2', true],
		['3', true],
		['4', false],
	] as const) {
		assert.equal(parseTerminalAnswers(`\u001b[?2026;${mode}$y`).synchronizedOutput, expected, mode);
	}
	for (const [answer, colour, appearance] of [
		['\u001b]11;rgb:ff/ff/ff\u001b\\', '#ffffff', 'light'],
		['\u001b]11;rgba:0000/0000/0000/8000\u0007', '#000000', 'dark'],
		['\u001b]11;#FDF6E3\u0007', '#fdf6e3', 'light'],
		['\u001b]11;rgb:f/0/0\u0007', '#ff0000', 'light'],
	] as const) {
		const found = parseTerminalAnswers(answer);
		assert.deepEqual([found.background, found.appearance], [colour, appearance], answer);
	}
	assert.equal(parseTerminalAnswers('\u001b]11;nonsense\u0007').background, undefined);
});

test('what was typed between the answers is kept, half answers are not', () => {
	assert.equal(parseTerminalAnswers(`j${place(1)}:po${place(2)}\r${attributes}\u001b[A`).typed, 'j:po\r\u001b[A');
	assert.equal(parseTerminalAnswers(`x\u001b]11;rgb:11`).typed, 'x');
	assert.equal(parseTerminalAnswers(`x\u001b[?62;`).typed, 'x');
	assert.equal(parseTerminalAnswers(`\u001bP>|other terminal\u001b\\q`).typed, 'q');
	assert.equal(parseTerminalAnswers('\u001b').typed, '\u001b', 'the Esc key');
});

test('fuzz: no bytes make it fail, and typed text always comes back', () => {
	const {runs, seed} = fuzzPlan(400);
	const pieces = [
		place(1),
		place(2),
		synchronized,
		background,
		attributes,
		'\u001b[?2026$p',
		'\u001b]11;?',
		'\u001b[',
		'\u001b]',
		'\u001bP',
		'\u0007',
		'\u001b\\',
		';',
		'\u0000',
		'ü',
		'😀',
	];
	for (let run = 0; run < runs; run++) {
		const random = seededRandom(seed + run);
		parseTerminalAnswers(Array.from({length: random.below(12)}, () => random.pick(pieces)).join(''));
		const words = Array.from({length: 4}, () => random.pick(['j', 'kk', ':pods\r', 'ä', '']));
		const answers = Array.from({length: 4}, () => random.pick([place(1), place(2), synchronized, background, attributes]));
		assert.equal(parseTerminalAnswers(words.map((word, index) => word + answers[index]).join('')).typed, words.join(''), `FUZZ_SEED=${seed + run}`);
	}
});
