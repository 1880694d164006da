import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exportActions} from '../../source/actions/export.ts';
import {exportFormats} from '../../source/core/export/shot.ts';

test('each format has a key behind E, and a recording begins and ends', () => {
	const keys = exportActions.flatMap(({keys: own}) => own);
	assert.equal(new Set(keys).size, keys.length);
	for (const format of exportFormats) assert.ok(exportActions.some(({id}) => id === `export.${format}`));
	assert.ok(keys.filter(key => key.startsWith('E ')).length === exportFormats.length + 2);
});
