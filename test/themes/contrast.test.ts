import assert from 'node:assert/strict';
import {test} from 'node:test';
import {contrast} from '../../source/themes/contrast.ts';
import {checkAttributes, checkContrast} from '../tools/check-theme.ts';

test('contrast can be read, with colours and without', () => {
	assert.equal(contrast.name, 'contrast');
	checkContrast(contrast);
	checkAttributes(contrast);
});
