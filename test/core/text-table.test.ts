import assert from 'node:assert/strict';
import {test} from 'node:test';
import {serverCellText, textTable} from '../../source/core/text-table.ts';

test('columns as kubectl lays them out: three blanks, at least six wide, the last as it is', () => {
	assert.deepEqual(
		textTable([
			['NAME', 'A', 'AGE'],
			['coredns-5d7c6cdd6-m2sqk', '1', '9m'],
			['x', '', ''],
		]),
		['NAME                      A     AGE', 'coredns-5d7c6cdd6-m2sqk   1     9m', `x${' '.repeat(31)}`],
	);
});

test('widths count code points, as Go does', () => {
	assert.deepEqual(
		textTable([
			['\u{1f600}\u{1f600}\u{1f600}\u{1f600}', 'x'],
			['日本語', 'y'],
		]),
		['\u{1f600}\u{1f600}\u{1f600}\u{1f600}   x', '日本語    y'],
	);
});

test('no rows, one cell', () => {
	assert.deepEqual(textTable([]), []);
	assert.deepEqual(textTable([['NAME'], ['a']]), ['NAME', 'a']);
});

const cells: ReadonlyArray<readonly [string | number | boolean | undefined, string]> = [
	[undefined, ''],
	['', ''],
	[3, '3'],
	[1.5, '1.5'],
	[true, 'true'],
	['Running', 'Running'],
	['first\nsecond', 'first...'],
	['a\rb', 'a...'],
	['a\fb', 'a...'],
	['\u001b[31mred', '^[[31mred'],
	['a\tb', 'a b'],
	['\u0007bell\u007f', '^Gbell^?'],
	['\u009b31m', '\\x9b31m'],
	['日本 é', '日本 é'],
];
for (const [value, text] of cells) test(`cell ${JSON.stringify(value)}`, () => assert.equal(serverCellText(value), text));
