import assert from 'node:assert/strict';
import {test} from 'node:test';
import {theme} from '../../source/commands/theme.ts';
import {commandContext} from '../tools/frames.ts';

test(':theme takes a theme that exists', () => {
	assert.deepEqual(theme.run(['light'], commandContext()), [{type: 'theme', name: 'light'}]);
	assert.deepEqual(theme.run(['pink'], commandContext()), [{type: 'notice', tone: 'warning', text: 'There is no theme pink: dark, light, mono'}]);
	assert.deepEqual(theme.run([], commandContext()), [{type: 'notice', tone: 'warning', text: 'Name a theme: dark, light, mono'}]);
	assert.deepEqual(theme.choices?.(commandContext()), ['dark', 'light', 'mono']);
});
