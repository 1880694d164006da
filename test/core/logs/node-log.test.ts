import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileTail} from '../../../source/core/logs/file-tail.ts';
import {nodeAnswer, nodeProblem} from '../../../source/core/logs/node-log-refusal.ts';
import {nodeStamp} from '../../../source/core/logs/node-stamp.ts';

const now = Date.UTC(2026, 10, 21, 16, 0, 0);

test('the times of klog, the journal and ISO lines are read', () => {
	const iso = (line: string) => {
		const at = nodeStamp(line, now);
		return at === undefined ? undefined : new Date(at).toISOString();
	};
	assert.equal(iso('I1121 13:01:21.786057      91 flags.go:64] FLAG'), '2026-11-21T13:01:21.786Z');
	assert.equal(iso('Nov  1 04:05:06.123456 n1 kubelet[91]: text'), '2026-11-01T04:05:06.123Z');
	assert.equal(iso('time="2026-11-21T16:04:13.803363Z" level=info msg=x'), '2026-11-21T16:04:13.803Z');
	assert.equal(iso('2026-11-21T16:04:13+02:00 text'), '2026-11-21T14:04:13.000Z');
	assert.equal(iso('Flag --x has been deprecated'), undefined);
	assert.equal(nodeStamp('I1231 23:59:59.000000 1 a.go:1] x', Date.UTC(2027, 0, 1)), Date.UTC(2026, 11, 31, 23, 59, 59));
});

test('a file that is read again as a whole: only what was added is new', () => {
	const tail = new FileTail();
	const read = (lines: readonly string[]) => {
		tail.begin();
		const fresh = [...tail.take(lines.slice(0, 2)), ...tail.take(lines.slice(2))];
		const {isRotated} = tail;
		tail.end(lines.at(-1));
		return {fresh, isRotated};
	};
	assert.deepEqual(read(['a', 'b', 'c']).fresh, ['a', 'b', 'c']);
	assert.deepEqual(read(['a', 'b', 'c', 'c', 'd']), {fresh: ['c', 'd'], isRotated: false});
	assert.deepEqual(read(['a', 'b', 'c', 'c', 'd']), {fresh: [], isRotated: false});
	assert.equal(read(['x']).isRotated, true);
	tail.forget();
	assert.deepEqual(read(['x', 'y']).fresh, ['x', 'y']);
	assert.equal(read(['p', 'q', 'r']).isRotated, true);
});

test('what a kubelet says instead of a log', () => {
	assert.equal(nodeAnswer('\noptions present and query resolved to log files for [kubelet]\ntry without specifying options'), 'no-options');
	assert.equal(nodeAnswer('\nlog not found for foo'), 'not-found');
	assert.equal(nodeAnswer('<!doctype html>\n<pre>\n<a href="pods/">pods/</a>'), 'folder');
	assert.equal(nodeAnswer('I1121 13:01:21 log not found for the thing, and a long line about it'.repeat(5)), undefined);
});

test('the reason, and the command on the host', () => {
	const place = {node: 'n1', service: 'kubelet'};
	assert.match(nodeProblem(place, 'folder').cause, /node log query switched off/);
	assert.equal(nodeProblem(place, 'not-found').remedy, 'On n1 itself: journalctl -u kubelet.');
	assert.match(nodeProblem({node: 'n1', service: 'etcd'}, 'not-found').remedy ?? '', /look for etcd-n1 in kube-system/);
	const denied = nodeProblem(place, {code: 'forbidden', what: '', cause: 'user eve may not get nodes/proxy', status: 403});
	assert.match(denied.remedy ?? '', /Ask for get on nodes\/proxy\. On n1 itself: journalctl -u kubelet\./);
});
