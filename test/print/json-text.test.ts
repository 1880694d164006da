import assert from 'node:assert/strict';
import {test} from 'node:test';
import {jsonText} from '../../source/print/json-text.ts';

test('what a terminal would act on is escaped, and it is the same JSON', () => {
	const value = {text: 'a\u001b[1m\u007f\u0085\u009b2Jb é 日'};
	assert.equal(jsonText(value), '{"text":"a\\u001b[1m\\u007f\\u0085\\u009b2Jb é 日"}');
	assert.deepEqual(JSON.parse(jsonText(value, 4)), value);
});
