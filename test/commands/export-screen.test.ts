import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exportScreen} from '../../source/commands/export-screen.ts';
import {commandContext} from '../tools/frames.ts';

test('a format by its name or its beginning; text where none is named', () => {
	assert.deepEqual(exportScreen.run([], commandContext()), [{type: 'export', format: 'text'}]);
	assert.deepEqual(exportScreen.run(['mark'], commandContext()), [{type: 'export', format: 'markdown'}]);
	const [unknown] = exportScreen.run(['png'], commandContext());
	assert.ok(unknown?.type === 'notice' && /text, markdown, json, svg/.test(unknown.text));
});
