import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type LogRefusal, readRefusal, withNode} from '../../../source/core/logs/log-refusal.ts';
import type {Problem} from '../../../source/core/problem.ts';

const refused = (status: number, serverMessage: string, code: Problem['code'] = 'invalid'): Problem => ({
	code,
	what: 'Could not read the log',
	cause: serverMessage,
	serverMessage,
	status,
});

const answers: ReadonlyArray<readonly [Problem, LogRefusal]> = [
	[refused(400, 'container "main" in pod "web-1" is waiting to start: ContainerCreating'), 'waiting'],
	[refused(400, 'container "main" in pod "web-1" is waiting to start: PodInitializing'), 'waiting'],
	[refused(400, 'container "main" in pod "web-1" is waiting to start: trying and failing to pull image'), 'waiting'],
	[refused(400, 'previous terminated container "main" in pod "web-1" not found'), 'no-previous'],
	[refused(400, 'container zz is not valid for pod web-1'), 'wrong'],
	[refused(403, 'pods "web-1" is forbidden', 'forbidden'), 'denied'],
	[refused(404, 'pods "web-1" not found', 'not-found'), 'missing'],
	[refused(500, 'Get "https://10.0.0.7:10250/x": dial tcp 10.0.0.7:10250: connect: connection refused', 'server'), 'unreachable'],
	[{code: 'refused', what: '', cause: 'connection refused by 127.0.0.1:6443'}, 'unreachable'],
];

test('each refusal of the log end-point has its meaning', () => {
	for (const [problem, meaning] of answers) assert.equal(readRefusal(problem), meaning, problem.cause);
});

test('a kubelet that cannot be reached is told with its node', () => {
	const problem = refused(500, 'Get "https://10.0.0.7:10250/x": dial tcp 10.0.0.7:10250: i/o timeout', 'server');
	assert.equal(withNode(problem, 'n2').cause, 'the kubelet of node n2 does not answer (dial tcp 10.0.0.7:10250: i/o timeout)');
	assert.equal(withNode(problem, undefined), problem);
	const other = refused(500, 'etcdserver: request timed out', 'server');
	assert.equal(withNode(other, 'n2'), other);
});
