import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Check} from '../../../source/core/check.ts';
import {judge} from '../../../source/core/diagnose/judge.ts';
import {type Finding, findingKey} from '../../../source/core/finding.ts';
import {fault} from '../../../source/core/net/fault.ts';
import {clusterView, deniedKind, serviceObject, viewNow} from '../../tools/cluster-view.ts';

const subject = {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web'};

function found(rest: Partial<Finding> = {}): Finding {
	return {...fault({id: 'SVC_BAD', family: 'Service', severity: 'critical', confidence: 'proven', subject, title: 'Service shop/web is bad'}), ...rest};
}

function checkOf(run: Check['run'], rest: Partial<Check> = {}): Check {
	return {ids: ['SVC_BAD'], title: 'Services are good', family: 'Service', reads: ['services'], graceMs: 60_000, run, ...rest};
}

const always = checkOf(() => [found()]);

test('a kind that may not be read gives a coverage finding in the place of an answer, and never an ok', () => {
	const judged = judge([always], clusterView([], {unread: {services: deniedKind('services')}, oneShot: true}));
	assert.deepEqual(judged.ran, []);
	assert.deepEqual(
		judged.findings.map(({id, class: kind, severity, title}) => ({id, kind, severity, title})),
		[
			{
				id: 'NOT_CHECKED',
				kind: 'coverage',
				severity: 'info',
				title: 'Not checked: Services are good: services may not be read',
			},
		],
	);
	assert.deepEqual(judged.notChecked, [{what: 'Services are good', why: 'services may not be read'}]);
});

test('a kind that the server does not have is empty, one that is still being read is waited for', () => {
	const counted = checkOf(view => (view.all('services').length === 0 ? [] : [found()]));
	assert.deepEqual(judge([counted], clusterView([serviceObject('shop/web', {})], {unread: {services: {state: 'absent'}}})).ran, ['Services are good']);
	const loading = judge([counted], clusterView([], {unread: {services: {state: 'loading'}}}));
	assert.deepEqual([loading.ran, loading.loading, loading.findings], [[], ['services'], []]);
});

test('a check that throws is not checked, and says why; the others go on', () => {
	const broken = checkOf(
		() => {
			throw new Error('no such field');
		},
		{ids: ['SVC_OTHER'], title: 'Broken'},
	);
	const judged = judge([broken, always], clusterView([], {oneShot: true}));
	assert.deepEqual(
		judged.findings.map(({id}) => id),
		['SVC_BAD', 'NOT_CHECKED'],
	);
	assert.match(judged.notChecked[0]?.why ?? '', /stopped with an error of its own: no such field/);
});

test('a one-shot run tells at once what does not say since when, as likely', () => {
	const [told] = judge([always], clusterView([], {oneShot: true})).findings;
	assert.equal(told?.confidence, 'likely');
});

test('a one-shot run takes the grace time from the objects where they tell it', () => {
	const old = checkOf(() => [found({since: viewNow - 61_000})]);
	assert.equal(judge([old], clusterView([], {oneShot: true})).findings[0]?.confidence, 'proven');
	const fresh = judge([checkOf(() => [found({since: viewNow - 5000})])], clusterView([], {oneShot: true}));
	assert.deepEqual(fresh.findings, []);
	assert.deepEqual(
		fresh.waiting.map(({why}) => why),
		['seen for 5 s, told after 60 s'],
	);
});

test('live: a fault that comes up holds for its grace time before it is told, and clears only after 10 s of health', () => {
	const healthy = checkOf(() => []);
	const at = (seconds: number) => clusterView([], {now: viewNow + seconds * 1000});
	const first = judge([healthy], at(0));
	const up = judge([always], at(1), first.memory);
	assert.deepEqual(up.findings, [], 'it has just come');
	const held = judge([always], at(62), up.memory);
	assert.equal(held.findings[0]?.confidence, 'proven');
	const gone = judge([healthy], at(65), held.memory);
	assert.equal(gone.findings.length, 1, 'health has not lasted yet');
	const better = judge([healthy], at(74), gone.memory);
	assert.deepEqual(better.findings, []);
});

test('live: what is bad already at the first look is told at once', () => {
	assert.equal(judge([always], clusterView([])).findings.length, 1);
});

test('findings with one key stand once; practice is told without a grace time', () => {
	const twice = checkOf(() => [found({class: 'practice'}), found({class: 'practice'})]);
	assert.equal(judge([twice], clusterView([]), new Map()).findings.length, 1);
	assert.equal(findingKey('A', subject, 'http'), 'A Service shop/web http');
});
