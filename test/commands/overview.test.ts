import assert from 'node:assert/strict';
import {test} from 'node:test';
import {overview} from '../../source/commands/overview.ts';
import {commandContext} from '../tools/frames.ts';

test(':pulse goes back to the Overview, as in k9s', () => {
	assert.ok(overview.aliases.includes('pulse'));
	assert.deepEqual(overview.run([], commandContext()), [{type: 'go', screen: {type: 'overview', top: 0}}]);
});
