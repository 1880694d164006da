import assert from 'node:assert/strict';
import {test} from 'node:test';
import {top} from '../../source/commands/top.ts';
import {topScreenOf} from '../../source/core/top/top-screen.ts';
import type {TopView} from '../../source/core/top/top-view.ts';
import {commandContext} from '../tools/frames.ts';

const cases: ReadonlyArray<readonly [string, Partial<TopView>]> = [
	['', {level: 'nodes'}],
	['nodes', {level: 'nodes'}],
	['pods', {level: 'pods', namespace: 'shop'}],
	['po -A', {level: 'pods'}],
	['pods all', {level: 'pods'}],
	['containers shop -l app=web', {level: 'containers', namespace: 'shop', labelSelector: 'app=web'}],
	['workloads', {level: 'workloads', namespace: 'shop'}],
	['namespaces', {level: 'namespaces'}],
];
for (const [words, view] of cases)
	test(`:top ${words}`, () =>
		assert.deepEqual(
			top.run(
				words.split(' ').filter(word => word !== ''),
				commandContext(),
			),
			[{type: 'go', screen: topScreenOf(view)}],
		));

test(':top pods NAMESPACE goes into that namespace', () => {
	assert.deepEqual(top.run(['pods', 'data'], commandContext()), [
		{type: 'namespace', namespace: 'data'},
		{type: 'go', screen: topScreenOf({level: 'pods', namespace: 'data'})},
	]);
});

test('a level that does not exist is answered with those that do', () => {
	assert.deepEqual(top.run(['planets'], commandContext()), [
		{type: 'notice', tone: 'warning', text: 'There is no level planets of Top. There are nodes, pods, containers, workloads, namespaces'},
	]);
	assert.deepEqual(top.choices?.(commandContext()), ['nodes', 'pods', 'containers', 'workloads', 'namespaces']);
});
