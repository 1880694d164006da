import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readArguments} from '../../../source/core/arguments.ts';
import {spellOut} from '../../../source/core/spell-out.ts';
import {topScreenOf} from '../../../source/core/top/top-screen.ts';
import {topScreenFor, topWords} from '../../../source/core/top/top-start.ts';
import type {TopView} from '../../../source/core/top/top-view.ts';
import {parseFlags} from '../../../source/parse-flags.ts';

function read(words: readonly string[]) {
	const spelled = spellOut(['top', ...words]);
	assert.ok(spelled.ok);
	return readArguments(parseFlags(spelled.argv), ['top', ...words], {hasTerminal: true, isDumb: false});
}

const views: ReadonlyArray<readonly [string, Partial<TopView>]> = [
	['nodes', {}],
	['nodes n1 --sort=memory', {node: 'n1', sort: 'memory', descending: false}],
	['pods -A -l app=web', {level: 'pods', labelSelector: 'app=web'}],
	['pods node/n1', {level: 'pods', node: 'n1'}],
	['containers node/n1 -n shop --sort=-memory', {level: 'containers', node: 'n1', namespace: 'shop', sort: 'memory'}],
	['pods deployment/web -n shop', {level: 'pods', workload: 'Deployment shop/web', namespace: 'shop'}],
	['containers Rollout/web -n shop -l app=web', {level: 'containers', workload: 'Rollout shop/web', namespace: 'shop', labelSelector: 'app=web'}],
	['containers web-0 -n shop', {level: 'containers', pod: 'shop/web-0', namespace: 'shop'}],
	['namespaces', {level: 'namespaces'}],
	['workloads -n shop', {level: 'workloads', namespace: 'shop'}],
];

for (const [line, view] of views)
	test(`top ${line} is said of its screen, and opens it`, () => {
		const screen = topScreenOf(view);
		const words = topWords(screen);
		assert.equal(words.join(' '), line);
		const answer = read(words);
		assert.ok(
			answer.ok && answer.invocation.mode === 'screen' && answer.invocation.view !== undefined && 'top' in answer.invocation.view,
			JSON.stringify(answer),
		);
		const {connection, view: wish} = answer.invocation;
		assert.deepEqual(topScreenFor(wish.top, connection.namespace), screen);
	});

const refusals: ReadonlyArray<readonly [readonly string[], RegExp]> = [
	[['pods', 'deploy/'], /no kind and name/],
	[['pods', 'secret/x'], /not to secret/],
	[['nodes', 'deploy/web'], /k8tui top pods deploy\/web/],
	[['pods', 'deploy/web', '-A'], /in one namespace/],
];

for (const [words, says] of refusals)
	test(`top ${words.join(' ')} is refused`, () => {
		const answer = read(words);
		assert.match(answer.ok ? '' : answer.refusal, says);
	});
