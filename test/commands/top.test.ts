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
	['pods deploy/web', {level: 'pods', namespace: 'shop', workload: 'Deployment shop/web'}],
	['pods node/n1', {level: 'pods', node: 'n1'}],
	['containers po/web-1', {level: 'containers', namespace: 'shop', workload: 'Pod shop/web-1'}],
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

test('what pods cannot belong to is said, and in which namespace a name is looked up', () => {
	const text = (words: string) => top.run(words.split(' '), commandContext()).map(effect => (effect.type === 'notice' ? effect.text : effect.type));
	assert.deepEqual(text('pods svc/web'), ['Pods belong to a node or to a workload, and svc/web is neither: node/n1, deploy/web']);
	assert.deepEqual(text('nodes deploy/web'), ['What belongs to deploy/web is shown by :top pods deploy/web']);
	assert.deepEqual(text('pods deploy/web -A'), ['Name the namespace of deploy/web: :top pods deploy/web NAMESPACE']);
	assert.deepEqual(text('pods deploy/web data'), ['namespace', 'go']);
});
