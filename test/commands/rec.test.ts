import assert from 'node:assert/strict';
import {test} from 'node:test';
import {rec} from '../../source/commands/rec.ts';
import {commandContext} from '../tools/frames.ts';

test('a recording begins and ends', () => {
	assert.deepEqual(rec.run([], commandContext()), [{type: 'record', on: true}]);
	assert.deepEqual(rec.run(['off'], commandContext()), [{type: 'record', on: false}]);
});
