import assert from 'node:assert/strict';
import {test} from 'node:test';
import {light} from '../../source/themes/light.ts';
import {checkAttributes, checkContrast} from '../tools/check-theme.ts';

test('light can be read, with colours and without', () => {
	assert.equal(light.name, 'light');
	checkContrast(light);
	checkAttributes(light);
});
