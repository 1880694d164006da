import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Line, type Span, span} from '../../source/core/line.ts';
import {createPainter, type LineOptions} from '../../source/core/style.ts';
import {width} from '../../source/core/text.ts';
import type {ColourDepth} from '../../source/core/theme.ts';
import {contrast} from '../../source/themes/contrast.ts';
import {dark} from '../../source/themes/dark.ts';
import {mono} from '../../source/themes/mono.ts';

function paint(line: Line, depth: ColourDepth, options: Partial<LineOptions> = {}): string {
	return createPainter(dark, depth)
		.line(line, {width: 20, ...options})
		.replaceAll('\x1b', '^');
}
const bare = (text: string): string => text.replace(/\x1b\[[\d;]*m/g, '');

test('tones in every depth', () => {
	const line = [span('X', 'error'), span(' web')];
	assert.equal(paint(line, 'truecolor'), '^[38;2;255;123;114mX^[0m web');
	assert.equal(paint(line, '256'), '^[38;5;209mX^[0m web');
	assert.equal(paint(line, '16'), '^[91mX^[0m web');
	assert.equal(paint(line, 'none'), '^[1m^[4mX^[0m web');
});

test('text without a look costs nothing but its text', () => {
	assert.equal(paint([span('a'), span('  '), span('b')], '16'), 'a  b');
	assert.equal(paint([span('a', 'ok'), span('   '), span('b', 'ok'), span('    ')], '256'), '^[38;5;78ma   b^[0m');
	assert.equal(paint([], '256'), '');
	assert.equal(paint([span('   ')], '256'), '');
});

test('attributes come and go one by one', () => {
	const line: Line = [{text: 'a', bold: true}, {text: 'b', bold: true, underline: true}, {text: 'c', underline: true}, span('d')];
	assert.equal(paint(line, 'none'), '^[1ma^[4mb^[22mc^[0md');
	assert.equal(paint([{text: 'a', bold: true}, span('b')], 'none', {dimmed: true}), '^[1m^[2ma^[22m^[2mb^[0m');
	assert.equal(paint([{text: 'STATUS', inverse: true}], 'none'), '^[7mSTATUS^[0m');
});

test('the selected row is one pair over the whole width', () => {
	const line = [span('X', 'error'), span(' web ')];
	assert.equal(paint(line, '256', {selected: true, width: 8}), '^[38;5;231m^[48;5;24mX web   ^[0m');
	assert.equal(paint(line, '16', {selected: true, width: 8}), '^[7mX web   ^[0m');
	assert.equal(paint(line, 'none', {selected: true, width: 8}), '^[7mX web   ^[0m');
	assert.equal(paint([{text: 'a', inverse: true}, span('b')], 'none', {selected: true, width: 2}), 'a^[7mb^[0m');
});

test('changes flash, over the whole width where the whole row is new', () => {
	assert.equal(paint([{text: '31', flash: true}, span(' x')], '256'), '^[38;5;231m^[48;5;58m31^[0m x');
	assert.equal(paint([{text: 'new', flash: true}], '16', {width: 5}), '^[1mnew  ^[0m');
	assert.equal(paint([{text: 'new', flash: true}], 'none', {width: 5}), '^[4mnew  ^[0m');
	assert.equal(paint([{text: 'a', flash: true}], '256', {width: 2, selected: true}), '^[4m^[38;5;231m^[48;5;24ma^[24m ^[0m');
	assert.equal(createPainter(contrast, '16').line([{text: 'a', flash: true}], {width: 1}), '\x1b[7ma\x1b[0m');
});

test("where only a part of the line is the cursor's, the rest keeps its look", () => {
	assert.equal(paint([{text: 'row', selected: true}, span('|', 'muted')], '256'), '^[38;5;231m^[48;5;24mrow^[38;5;103m^[49m|^[0m');
});

test('no line is wider than it may be', () => {
	assert.equal(paint([span('abcdef'), span('gh', 'ok')], '16', {width: 4}), 'abcd');
	assert.equal(bare(createPainter(dark, '256').line([span('a\u4e2d\u6587')], {width: 4, selected: true})), 'a\u4e2d ');
	for (let columns = 0; columns < 12; columns++) {
		const text = bare(createPainter(dark, '256').line([span('ab', 'ok'), span('\u4e2d\u6587'), span(' c')], {width: columns, selected: true}));
		assert.equal(width(text), columns);
	}
});

test('the theme without colours has none in any depth', () => {
	assert.equal(createPainter(mono, 'truecolor').line([span('X', 'error'), span(' a')], {width: 9}), '\x1b[1m\x1b[4mX\x1b[0m a');
});

test('a cursor move at 140 columns stays within its bytes', () => {
	const cells: readonly Span[] = [
		span('>'),
		span('X', 'error'),
		span('* '),
		span('checkout-5b8c9f7d66-xw8pl'.padEnd(32)),
		span('0/1   '),
		span('CrashLoopBackOff'.padEnd(20), 'error'),
		span('30 (2m)'.padEnd(12)),
		span('     -      -   9m  '),
		span('10.244.2.37'.padEnd(18)),
		span('node-a2'.padEnd(28)),
	];
	const painter = createPainter(dark, 'truecolor');
	const bytes = painter.line(cells, {width: 140, selected: true}).length + painter.line(cells, {width: 140}).length;
	// Two cursor addresses of up to 10 bytes come on top; the budget is 600 (architecture.md 6).
	assert.ok(bytes <= 580, String(bytes));
});

test('what somebody forgot to clean does nothing to the terminal', () => {
	assert.equal(paint([span('a\u001b[31mb\u009b2Jc\u202ed\u0007')], 'none', {width: 60}), 'a\\x1b[31mb\\x9b2Jc<U+202E>d\\x07');
});
