import assert from 'node:assert/strict';
import {test} from 'node:test';
import {namespace} from '../../source/commands/namespace.ts';
import {tableScreen} from '../../source/core/targets.ts';
import {commandContext, podId, podItem, tableFrame} from '../tools/frames.ts';

const pods = commandContext(tableFrame({items: [podItem('a')], screen: {filter: 'x', cursor: podId('a'), marks: [podId('a')], wide: true}}));

test(':ns lists the namespaces', () => {
	assert.deepEqual(namespace.run([], commandContext()), [{type: 'open', screen: tableScreen('namespaces')}]);
	assert.deepEqual(namespace.choices?.(commandContext()), ['all', 'data', 'shop']);
});

test(':ns NAME shows the same table there, with its filter and without cursor and marks', () => {
	assert.deepEqual(namespace.run(['data'], pods), [
		{type: 'namespace', namespace: 'data'},
		{type: 'replace', screen: tableScreen('pods', {namespace: 'data', filter: 'x', wide: true})},
	]);
	assert.deepEqual(namespace.run(['all'], pods), [
		{type: 'namespace', namespace: undefined},
		{type: 'replace', screen: tableScreen('pods', {filter: 'x', wide: true})},
	]);
});

test('where no table has a namespace it is remembered, and said', () => {
	assert.deepEqual(namespace.run(['data'], commandContext(tableFrame({of: 'nodes'}))), [
		{type: 'namespace', namespace: 'data'},
		{type: 'notice', tone: 'muted', text: 'Namespace data'},
	]);
});
