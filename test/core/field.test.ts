import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fieldAt, fieldsOf, listAt, numberAt, textAt, textPairsAt, timeAt} from '../../source/core/field.ts';

const object = {spec: {name: 'a', count: 3, on: false, empty: '', list: [1], map: {a: 'x', b: 2}, at: '2026-01-02T03:04:05Z', nothing: null}};

test('what is there, as its type', () => {
	assert.equal(fieldAt(object, 'spec', 'name'), 'a');
	assert.equal(textAt(object, 'spec', 'count'), '3');
	assert.equal(textAt(object, 'spec', 'on'), 'false');
	assert.equal(numberAt(object, 'spec', 'count'), 3);
	assert.deepEqual(listAt(object, 'spec', 'list'), [1]);
	assert.deepEqual(textPairsAt(object, 'spec', 'map'), [['a', 'x']]);
	assert.equal(timeAt(object, 'spec', 'at'), Date.UTC(2026, 0, 2, 3, 4, 5));
});

test('what is missing or of another type is undefined or empty, and never throws', () => {
	for (const value of [undefined, null, 7, 'text', [], {}, {spec: null}, {spec: 7}, {spec: []}]) {
		assert.equal(fieldAt(value, 'spec', 'name'), undefined);
		assert.equal(textAt(value, 'spec', 'name'), undefined);
		assert.equal(numberAt(value, 'spec', 'count'), undefined);
		assert.deepEqual(listAt(value, 'spec', 'list'), []);
		assert.deepEqual(textPairsAt(value, 'spec', 'map'), []);
		assert.equal(timeAt(value, 'spec', 'at'), undefined);
	}
	assert.equal(textAt(object, 'spec', 'empty'), undefined);
	assert.equal(textAt(object, 'spec', 'map'), undefined);
	assert.equal(timeAt(object, 'spec', 'name'), undefined);
	assert.deepEqual(fieldsOf([1, 2]), {});
});

test('what every JavaScript object inherits is no field', () => {
	assert.equal(fieldAt({}, 'constructor'), undefined);
	assert.equal(fieldAt({}, 'toString', 'name'), undefined);
});
