import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dark} from '../../source/themes/dark.ts';
import {checkAttributes, checkContrast} from '../tools/check-theme.ts';

test('dark can be read, with colours and without', () => {
	assert.equal(dark.name, 'dark');
	checkContrast(dark);
	checkAttributes(dark);
});
