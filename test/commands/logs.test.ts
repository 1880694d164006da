import assert from 'node:assert/strict';
import {test} from 'node:test';
import {logs} from '../../source/commands/logs.ts';
import {logsScreen} from '../../source/core/logs/logs-start.ts';
import type {LogTarget} from '../../source/core/logs/log-target.ts';
import {objectScreen} from '../../source/core/targets.ts';
import {commandContext, pageFrame, podItem, tableFrame} from '../tools/frames.ts';

const targets: ReadonlyArray<readonly [string, LogTarget]> = [
	['web-1', {type: 'pod', namespace: 'shop', name: 'web-1'}],
	['web-1 -n blog', {type: 'pod', namespace: 'blog', name: 'web-1'}],
	['deployments/web', {type: 'owner', kind: 'deployments.apps', namespace: 'shop', name: 'web'}],
	['services/web', {type: 'owner', kind: 'services', namespace: 'shop', name: 'web'}],
	['nodes/node-a1', {type: 'node', node: 'node-a1', service: 'kubelet'}],
	['node-a1:containerd', {type: 'node', node: 'node-a1', service: 'containerd'}],
	['-l app=web', {type: 'selector', labelSelector: 'app=web', namespace: 'shop'}],
	['-A -l app=web', {type: 'selector', labelSelector: 'app=web'}],
];

for (const [words, target] of targets)
	test(`:logs ${words}`, () => assert.deepEqual(logs.run(words.split(' '), commandContext(tableFrame())), [{type: 'open', screen: logsScreen(target)}]));

test(':logs alone is about the object on screen, -c names its container', () => {
	const target = {type: 'pod', namespace: 'shop', name: 'web-1'} as const;
	assert.deepEqual(logs.run([], commandContext(tableFrame({items: [podItem('web-1')]}))), [{type: 'open', screen: logsScreen(target)}]);
	const page = pageFrame({screen: objectScreen('pods', {apiVersion: 'v1', kind: 'Pod', name: 'web-1', namespace: 'shop'})});
	assert.deepEqual(logs.run(['-c', 'envoy'], commandContext(page)), [{type: 'open', screen: logsScreen(target, {container: 'envoy'})}]);
});

test('what has no logs says how to name what has', () => {
	for (const words of [[], ['secret/x'], ['nothing/x']]) {
		const [effect] = logs.run(words, commandContext(pageFrame()));
		assert.ok(effect?.type === 'notice' && effect.text.includes(logs.usage), words.join(' '));
	}
});
