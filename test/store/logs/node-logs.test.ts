import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ClusterClient} from '../../../source/core/cluster-client.ts';
import type {NodeLogQuestion} from '../../../source/core/logs/log-question.ts';
import {ProblemError} from '../../../source/core/problem.ts';
import {createLogs} from '../../../source/store/logs/create-logs.ts';
import type {LogsOptions} from '../../../source/store/logs/logs-options.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {LogCluster} from '../../tools/log-cluster.ts';

const target = {type: 'node', node: 'n1', service: 'kubelet'} as const;
const wantsNone = '\noptions present and query resolved to log files for [kubelet]\ntry without specifying options\n';

/** A node whose kubelet answers so. */
async function world(answer: (question: NodeLogQuestion) => string, range: LogsOptions['range'] = 'tail') {
	const clock = createFakeClock(Date.UTC(2026, 10, 21, 15, 0, 0));
	const asked: NodeLogQuestion[] = [];
	const nodeLog: ClusterClient['nodeLog'] = async function* (question) {
		asked.push(question);
		yield new Uint8Array();
		yield Buffer.from(answer(question));
	};
	const base = new LogCluster(clock).options({target, range});
	const logs = createLogs({...base, client: {...base.client, nodeLog}});
	const leave = logs.subscribe(() => {});
	await clock.advance(1000);
	return {
		clock,
		asked,
		model: logs.snapshot,
		texts: () => logs.snapshot().records.flatMap(record => (record.type === 'line' ? [record.text] : [])),
		marks: () => logs.snapshot().records.flatMap(record => (record.type === 'mark' ? [record.text] : [])),
		async [Symbol.asyncDispose]() {
			leave();
			await clock.settle();
			assert.equal(clock.pending(), 0);
		},
	};
}

test('a log file takes no options: it is read whole, and again, and what was added is new', async () => {
	const lines = ['Flag --x is deprecated', 'I1121 14:59:00.000000 1 a.go:1] one', 'I1121 14:59:01.000000 1 a.go:1] two'];
	await using one = await world(({tailLines}) => (tailLines === undefined ? `${lines.join('\n')}\n` : wantsNone));
	assert.deepEqual(one.texts(), lines);
	lines.push('I1121 15:00:03.000000 1 a.go:1] three');
	await one.clock.advance(6000);
	assert.deepEqual(one.texts(), lines);
	assert.deepEqual(
		one.model().records.map(({at}) => new Date(at).toISOString().slice(11, 19)),
		['14:59:00', '14:59:00', '14:59:01', '15:00:03'],
	);
	lines.splice(0, lines.length, 'I1121 15:00:10.000000 1 a.go:1] rotated');
	await one.clock.advance(6000);
	assert.deepEqual(one.texts().at(-1), lines[0]);
	assert.match(one.marks()[0] ?? '', /^gap: the log was rotated/);
	assert.equal(one.model().sources[0]?.state, 'polled');
});

test('a journal is asked for what is new', async () => {
	const journal = Array.from({length: 5}, (_line, index) => `Nov 21 14:59:0${index}.000000 n1 kubelet[1]: line ${index}`);
	await using one = await world(({sinceTime}) =>
		journal.filter((_line, index) => sinceTime === undefined || Date.UTC(2026, 10, 21, 14, 59, index) >= Date.parse(sinceTime)).join('\n'),
	);
	assert.deepEqual(one.texts(), journal);
	assert.equal(one.asked[0]?.tailLines, 1000);
	journal.push('Nov 21 14:59:05.000000 n1 kubelet[1]: line 5');
	await one.clock.advance(6000);
	assert.deepEqual(one.texts(), journal);
	assert.equal(one.asked[1]?.sinceTime, '2026-11-21T14:59:03Z');
});

test('the last lines, or those since a time, of a file that knows no options', async () => {
	const lines = Array.from(
		{length: 3000},
		(_line, index) => `I1121 14:${String(Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}.000000 1 a.go:1] ${index}`,
	);
	const answer = ({tailLines, sinceTime}: NodeLogQuestion): string => (tailLines === undefined && sinceTime === undefined ? lines.join('\n') : wantsNone);
	await using tail = await world(answer);
	assert.equal(tail.texts().length, 1000);
	await using minutes = await world(answer, '15m');
	assert.equal(minutes.texts().length, 300);
});

test('no log of that name, no node log query: the reason and the command on the host', async () => {
	await using none = await world(() => '\nlog not found for kubelet');
	assert.match(none.model().problem?.cause ?? '', /the node has no log of kubelet/);
	assert.match(none.marks()[0] ?? '', /On n1 itself: journalctl -u kubelet/);
	await using off = await world(() => '<!doctype html>\n<pre>\n<a href="pods/">pods/</a>\n</pre>');
	assert.match(off.model().problem?.cause ?? '', /node log query switched off/);
	await using denied = await world(() => {
		throw new ProblemError({code: 'forbidden', what: '', cause: 'user eve may not get nodes/proxy in the whole cluster', status: 403});
	});
	assert.equal(denied.model().sources[0]?.state, 'denied');
	await denied.clock.advance(120_000);
	assert.equal(denied.marks().length, 1);
});
