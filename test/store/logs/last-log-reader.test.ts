import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../../source/core/kubernetes.ts';
import type {LogQuestion} from '../../../source/core/logs/log-question.ts';
import {ProblemError} from '../../../source/core/problem.ts';
import {LastLogReader} from '../../../source/store/logs/last-log-reader.ts';

function crashed(minute: number): KubeObject {
	const lastState = {terminated: {exitCode: 1, finishedAt: `2026-11-21T12:0${minute}:00Z`}};
	const status = {containerStatuses: [{name: 'app', ready: false, state: {waiting: {reason: 'CrashLoopBackOff'}}, lastState}]};
	return {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-1', namespace: 'shop', uid: 'u'}, ...{status}};
}

const settled = async (): Promise<void> => {
	for (let turn = 0; turn < 50; turn++) await Promise.resolve();
};

function start(answer: () => AsyncIterable<Uint8Array>) {
	const asked: LogQuestion[] = [];
	const signals: AbortSignal[] = [];
	let told = 0;
	const reader = new LastLogReader(
		(question, signal) => {
			asked.push(question);
			signals.push(signal);
			return answer();
		},
		() => told++,
	);
	return {reader, asked, signals, told: () => told};
}

async function* written(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
	yield new Uint8Array();
	for (const text of texts) yield new TextEncoder().encode(text);
}

test('one small request a failed run, however often it is looked at', async () => {
	const stamped = Array.from({length: 7}, (_, index) => `2026-11-21T12:01:0${index}Z line ${index}\n`).join('');
	const {reader, asked, told} = start(() => written(stamped, '2026-11-21T12:01:08Z the end'));
	assert.equal(reader.of(crashed(1)), undefined);
	reader.of(crashed(1));
	await settled();
	const log = reader.of(crashed(1));
	assert.deepEqual(
		log?.lines.map(({text}) => text),
		['line 3', 'line 4', 'line 5', 'line 6', 'the end'],
	);
	assert.deepEqual([log?.container, log?.previous, log?.lines[4]?.at, told()], ['app', true, Date.parse('2026-11-21T12:01:08Z'), 1]);
	assert.deepEqual(asked, [{namespace: 'shop', pod: 'web-1', container: 'app', previous: true, follow: false, tailLines: 5, limitBytes: 16_384}]);
	reader.of(crashed(2));
	assert.equal(asked.length, 2, 'it crashed again');
	assert.equal(reader.of(crashed(2))?.lines.length, 5, 'what was read stays until the next has come');
});

test('what could not be read says why', async () => {
	const {reader} = start(() => ({
		[Symbol.asyncIterator]: () => ({next: () => Promise.reject(new ProblemError({code: 'forbidden', what: 'x', cause: 'you may not get pods/log'}))}),
	}));
	reader.of(crashed(1));
	await settled();
	assert.deepEqual([reader.of(crashed(1))?.problem?.cause, reader.of(crashed(1))?.lines], ['you may not get pods/log', []]);
});

test('the end of the reader ends its request, tells nobody and asks nothing more', async () => {
	const {reader, asked, signals, told} = start(() => written('2026-11-21T12:01:00Z late\n'));
	reader.of(crashed(1));
	reader[Symbol.dispose]();
	await settled();
	assert.deepEqual([signals[0]?.aborted, told(), reader.of(crashed(2)), asked.length], [true, 0, undefined, 1]);
});

test('what failed and is well again has no last log', async () => {
	const {reader} = start(() => written('2026-11-21T12:01:00Z x\n'));
	reader.of(crashed(1));
	await settled();
	assert.equal(reader.of({...crashed(1), ...{status: {containerStatuses: [{name: 'app', ready: true, state: {running: {}}}]}}}), undefined);
});
