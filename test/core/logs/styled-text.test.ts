import assert from 'node:assert/strict';
import {test} from 'node:test';
import {styledText} from '../../../source/core/logs/styled-text.ts';

test('usual lines are taken as they are', () => {
	const line = 'GET /api 200 12ms';
	assert.deepEqual(styledText(line), {text: line, runs: []});
});

const kept: ReadonlyArray<readonly [string, string, ReturnType<typeof styledText>['runs']]> = [
	['\x1b[31mred\x1b[0m', 'red', [{from: 0, tone: 'error'}, {from: 3}]],
	[
		'\x1b[1;32mok\x1b[22m!',
		'ok!',
		[
			{from: 0, tone: 'ok', bold: true},
			{from: 2, tone: 'ok'},
		],
	],
	['\x1b[38;5;208mo\x1b[39m', 'o', [{from: 0, tone: 'warning'}, {from: 1}]],
	['\x1b[38;2;10;10;250mb', 'b', [{from: 0, tone: 'progressing'}]],
	['\x1b[48;5;1mx', 'x', [{from: 0}]],
	['\x1b[90mdim', 'dim', [{from: 0, tone: 'muted'}]],
	['\x1b[7;4mx', 'x', [{from: 0, underline: true, inverse: true}]],
];

for (const [raw, text, runs] of kept) test(`SGR ${JSON.stringify(raw)} is kept as a tone`, () => assert.deepEqual(styledText(raw), {text, runs}));

const removed: ReadonlyArray<readonly [string, string]> = [
	['a\x1b[2Jb', 'ab'],
	['a\x1b[10;10Hb', 'ab'],
	['a\x9b2Jb', 'ab'],
	['\x1b]0;title\x07text', 'text'],
	['\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\', 'link'],
	['\x1bP1$tx\x1b\\y', 'y'],
	['a\x1b]52;c;aGk= never ends', 'a52;c;aGk= never ends'],
	['\x1bc\x1b7\x1b(Bx', 'x'],
	['a\bb\x07c\x00', 'abc'],
	['10%\r20%\r', '10% 20%'],
	['evil\u202etxt.exe', 'eviltxt.exe'],
	['zero\u200bwidth\ufeff', 'zerowidth'],
	['a\tb', 'a   b'],
	['語 ok', '語 ok'],
	['trailing   ', 'trailing   '],
];

for (const [raw, text] of removed) test(`${JSON.stringify(raw)} becomes ${JSON.stringify(text)}`, () => assert.equal(styledText(raw).text, text));
