import assert from 'node:assert/strict';
import {test} from 'node:test';
import {set} from '../../source/commands/set.ts';
import {commandContext} from '../tools/frames.ts';

test(':set changes one setting', () => {
	assert.deepEqual(set.run(['theme', 'light'], commandContext()), [{type: 'theme', name: 'light'}]);
	assert.deepEqual(set.run(['times', 'utc'], commandContext()), [{type: 'switch', to: {times: 'utc'}}]);
	for (const name of ['motion', 'header', 'crumbs', 'split'])
		assert.deepEqual(set.run([name, 'off'], commandContext()), [{type: 'switch', to: {[name]: false}}]);
});

test('what is no setting, or has no such value, changes nothing and says what there is', () => {
	for (const words of [[], ['theme', 'pink'], ['motion', 'maybe'], ['times', 'noon'], ['frozen', 'on']]) {
		const effects = set.run(words, commandContext());
		assert.deepEqual(
			effects.map(({type}) => type),
			['notice'],
			words.join(' '),
		);
	}
});
