import {jobs} from '../../source/resources/jobs.ts';
import {readFixture, testKind} from '../tools/kind-cases.ts';

const {object} = readFixture('jobs', 'complete');
const running = {status: {completionTime: undefined, succeeded: undefined, active: 1, conditions: undefined}};

testKind(jobs, {
	fixture: 'complete',
	shows: {
		name: object.metadata.name,
		status: 'Complete',
		completions: '1/1',
		duration: '4s',
		age: '60m',
		containers: 'date',
		images: 'localhost/k8tui-lab/busybox:1',
		selector: `batch.kubernetes.io/controller-uid=${object.metadata.uid}`,
	},
	cases: [
		{name: 'complete is done', tone: 'muted'},
		{name: 'complete after a failed try is done', object: {status: {failed: 1}}, tone: 'muted'},
		{
			name: 'backoff limit',
			cells: {Status: 'Failed', Completions: '0/1'},
			object: {status: {failed: 3, conditions: [{type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded'}]}},
			tone: 'error',
			why: 'BackoffLimitExceeded',
		},
		{name: 'failed, without the object', cells: {Status: 'Failed'}, bare: true, tone: 'error', why: 'Failed'},
		{name: 'active', cells: {Status: 'Running', Completions: '0/1'}, object: running, tone: 'progressing', shows: {duration: '60m'}},
		{
			name: 'retries',
			cells: {Status: 'Running', Completions: '0/1'},
			object: {status: {...running.status, failed: 2}},
			tone: 'warning',
			why: '2 failed tries',
			shows: {status: 'Running, 2 failed'},
		},
		{name: 'suspended', cells: {Status: 'Suspended'}, object: running, tone: 'muted'},
		{name: 'a server without a Status column', cells: {Status: undefined}, tone: 'muted', shows: {status: 'Complete'}},
		{name: 'many at once', cells: {Completions: '1/1 of 3'}, tone: 'muted', shows: {completions: '1/1 of 3'}},
	],
});
