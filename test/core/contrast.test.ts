import assert from 'node:assert/strict';
import {test} from 'node:test';
import {colourDifference, contrastRatio, deuteranopia, lift} from '../../source/core/contrast.ts';

test('contrast ratios of WCAG', () => {
	assert.equal(contrastRatio('#000000', '#ffffff'), 21);
	assert.equal(contrastRatio('#123456', '#123456'), 1);
	// The lightest grey that passes on white, as WCAG's own examples have it.
	assert.equal(contrastRatio('#767676', '#ffffff').toFixed(2), '4.54');
});

test('deuteranopia brings red and green together and leaves blue and yellow apart', () => {
	assert.equal(deuteranopia('#ffffff'), '#ffffff');
	assert.equal(deuteranopia('#000000'), '#000000');
	const seen = (a: string, b: string): number => colourDifference(deuteranopia(a), deuteranopia(b));
	assert.ok(seen('#c04040', '#808040') < colourDifference('#c04040', '#808040') / 2);
	assert.ok(seen('#0000ff', '#ffff00') > 100);
});

test('differences of colours', () => {
	assert.equal(colourDifference('#abcdef', '#abcdef'), 0);
	assert.equal(Math.round(colourDifference('#000000', '#ffffff')), 100);
});

test('a skin is lifted until it can be read, and no further', () => {
	for (const background of ['#11151c', '#ffffff', '#777777']) {
		for (const hex of ['#11151c', '#ff0000', '#eeeeee', '#777777'])
			assert.ok(contrastRatio(lift(hex, background), background) >= 4.5, `${hex} on ${background}`);
	}
	assert.equal(lift('#d7dde8', '#11151c'), '#d7dde8');
});
