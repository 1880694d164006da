import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readArguments} from '../../../source/core/arguments.ts';
import {logsWords} from '../../../source/core/logs/logs-command-line.ts';
import {logsScreen} from '../../../source/core/logs/logs-start.ts';
import type {LogTarget} from '../../../source/core/logs/log-target.ts';
import {readRegex} from '../../../source/core/logs/read-regex.ts';
import {spellOut} from '../../../source/core/spell-out.ts';
import {parseFlags} from '../../../source/parse-flags.ts';

const now = Date.UTC(2026, 0, 14, 14, 2, 31);
const owner: LogTarget = {type: 'owner', kind: 'deployments.apps', namespace: 'shop', name: 'checkout'};

const pod: LogTarget = {type: 'pod', namespace: 'shop', name: 'web-1'};

const views: ReadonlyArray<readonly [string, readonly string[]]> = [
	['deployments.apps/checkout -n shop -c app --since=15m', logsWords(logsScreen(owner, {container: 'app', range: '15m'}), now)],
	['web-1 -n shop --previous', logsWords(logsScreen(pod, {previous: true}), now)],
	['-l app=web -A --since=90s', logsWords(logsScreen({type: 'selector', labelSelector: 'app=web'}, {fromTime: now - 90_000}), now)],
	[
		'-l app=web -n shop --level=warn --exclude=^x --include=a\\.b',
		logsWords(
			logsScreen(
				{type: 'selector', labelSelector: 'app=web', namespace: 'shop'},
				{
					filters: [
						{type: 'level', least: 'warn'},
						{type: 'include', pattern: 'a.b', regex: false},
						{type: 'exclude', pattern: '^x', regex: true},
						{type: 'field', name: 'status', value: '500', negated: false},
					],
				},
			),
			now,
		),
	],
	['web-1 -n shop --include=one --include=two', logsWords(logsScreen(pod, {filters: [{type: 'include-any', patterns: ['one', 'two']}]}), now)],
	[
		'web-1 -n shop --include=^(?=[^]*(?:one|two))(?=[^]*(?:a\\.b))',
		logsWords(
			logsScreen(pod, {
				filters: [
					{type: 'include-any', patterns: ['one', 'two']},
					{type: 'include', pattern: 'a.b', regex: false},
				],
			}),
			now,
		),
	],
	['nodes/node-a1 -c containerd', logsWords(logsScreen({type: 'node', node: 'node-a1', service: 'containerd'}), now)],
];

for (const [line, words] of views)
	test(`${line} opens the view`, () => {
		assert.equal(words.join(' '), line);
		const spelled = spellOut(['logs', ...words]);
		assert.ok(spelled.ok);
		const read = readArguments(parseFlags(spelled.argv), ['logs', ...words], {hasTerminal: true, isDumb: false});
		assert.ok(read.ok, JSON.stringify(read));
		assert.equal(read.invocation.mode, 'screen');
	});

test('one expression that looks ahead for each of several filters says what they say', () => {
	const [word = ''] = logsWords(logsScreen(pod, {filters: ['one', 'two'].map(pattern => ({type: 'include', pattern, regex: false}))}), now).filter(text =>
		text.startsWith('--include='),
	);
	const read = readRegex(word.slice('--include='.length));
	assert.ok(read.ok);
	assert.deepEqual(
		['two and one', 'one\n at two', 'one', 'two'].map(text => read.regex.test(text)),
		[true, true, false, false],
	);
});
