import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cutLine, dropCells, fitLine, lineWidth, overlayLine, spreadLine} from '../../source/core/cut-line.ts';
import {type Line, plain} from '../../source/core/line.ts';

const line: Line = [{text: 'ab', tone: 'ok'}, {text: 'cdé'}, {text: '世界', tone: 'error'}];

test('widths count cells', () => {
	assert.equal(lineWidth(line), 9);
	assert.equal(lineWidth([]), 0);
});

test('a cut keeps spans and looks; half a wide character becomes a blank', () => {
	assert.deepEqual(cutLine(line, 3), [{text: 'ab', tone: 'ok'}, {text: 'c'}]);
	assert.deepEqual(cutLine(line, 6), [{text: 'ab', tone: 'ok'}, {text: 'cdé'}, {text: ' ', tone: 'error'}]);
	assert.deepEqual(cutLine(line, 0), []);
	for (let columns = 0; columns <= 9; columns++) assert.equal(lineWidth(cutLine(line, columns)), columns);
});

test('cells dropped at the left', () => {
	assert.equal(plain(dropCells(line, 3)), 'dé世界');
	assert.deepEqual(dropCells(line, 2)[0], {text: 'cdé'});
	assert.deepEqual(dropCells(line, 99), []);
	assert.equal(dropCells(line, 0).length, 3);
});

test('half a wide character dropped at the left leaves a blank, so that all behind it keeps its column', () => {
	for (let columns = 0; columns <= 9; columns++) assert.equal(lineWidth(dropCells(line, columns)), 9 - columns, String(columns));
});

test('fit and spread fill to the cell', () => {
	assert.equal(plain(fitLine([{text: 'ab'}], 4)), 'ab  ');
	assert.equal(plain(fitLine([{text: 'abcdef'}], 4)), 'abcd');
	assert.equal(plain(spreadLine([{text: 'left side'}], [{text: 'right'}], 12)), 'left siright');
	assert.equal(plain(spreadLine([{text: 'l'}], [{text: 'r'}], 5)), 'l   r');
	assert.equal(plain(spreadLine([{text: 'l'}], [{text: 'right'}], 3)), 'rig');
});

test('a line over a line, also across wide characters', () => {
	assert.equal(plain(overlayLine([{text: 'abcdefgh'}], 2, [{text: 'XY'}], 8)), 'abXYefgh');
	assert.equal(plain(overlayLine([], 2, [{text: 'XY'}], 6)), '  XY  ');
	const over = overlayLine([{text: '世界世界'}], 1, [{text: '|'}], 8);
	assert.equal(lineWidth(over), 8);
	assert.equal(plain(over), ' |界世界');
});
