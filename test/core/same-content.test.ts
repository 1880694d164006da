import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sameContent} from '../../source/core/same-content.ts';
import {tableScreen} from '../../source/core/targets.ts';

test('where one stands in a screen does not matter, what it shows does', () => {
	const pods = tableScreen('pods', {namespace: 'shop'});
	assert.ok(sameContent(pods, {...pods, cursor: 'x', line: 3, marks: ['x'], firstColumn: 2, column: 'age'}));
	for (const other of [{...pods, filter: 'x'}, {...pods, namespace: 'data'}, {...pods, wide: true}, {...pods, labelSelector: 'a=b'}, tableScreen('pods')])
		assert.ok(!sameContent(pods, other));
	assert.ok(sameContent({type: 'calls', top: 0}, {type: 'calls', top: 9, cursor: 'x'}));
	assert.ok(!sameContent({type: 'calls', top: 0}, {type: 'notices', top: 0}));
});
