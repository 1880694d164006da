import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mono} from '../../source/themes/mono.ts';
import {checkAttributes, checkContrast} from '../tools/check-theme.ts';

test('mono can be read, with colours and without', () => {
	assert.equal(mono.name, 'mono');
	checkContrast(mono);
	checkAttributes(mono);
});
