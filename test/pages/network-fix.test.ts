import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {NetReport} from '../../source/core/net/net-report.ts';
import {emptyReport} from '../../source/core/net/report/empty-report.ts';
import {fixLines, notCheckedLines} from '../../source/pages/network-fix.ts';
import {setting} from './page-fixture.ts';

const command = `kubectl -n kube-system patch configmap coredns --type merge -p '{"data":{"Corefile":"forward . 10.0.0.2"}}'`;
const empty = emptyReport('dns');
const report: NetReport = {
	...empty,
	verdict: {
		...empty.verdict,
		remedy: [
			{text: 'Name an upstream', command, changes: true},
			{text: 'Look', command: 'kubectl get pods', changes: false},
		],
	},
	notChecked: [1, 2, 3].map(number => ({what: `check ${number}`, why: 'User viewer may not list pods'})),
};

test('a command is never cut: it goes on in the next line, and is copied whole', () => {
	const lines = fixLines(report, setting(80, 24));
	const texts = lines.map(({line}) => plain(line));
	assert.match(texts[0] ?? '', /FIX {2}Name an upstream \(changes the cluster\)/);
	assert.ok(texts.every(text => text.length <= 80));
	const shown = texts
		.slice(
			1,
			texts.findIndex(text => text.includes('Look')),
		)
		.map(text => text.trim())
		.join(' ');
	assert.equal(shown, command);
	assert.deepEqual(
		lines.flatMap(({copy}) => copy ?? []),
		[command, 'kubectl get pods'],
	);
	assert.deepEqual(fixLines(empty, setting(80, 24)), []);
});

test('what was not checked is marked as such, and what is left out is counted', () => {
	const texts = notCheckedLines(report, setting(80, 24), 2).map(({line}) => plain(line).trim());
	assert.deepEqual(texts, [
		'? not checked: check 1: User viewer may not list pods',
		'? not checked: check 2: User viewer may not list pods',
		'and 1 more not checked',
	]);
});
