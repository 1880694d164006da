import {deployments} from '../../source/resources/deployments.ts';
import {testKind} from '../tools/kind-cases.ts';

const condition = (type: string, status: string, reason: string, message: string) => ({status: {conditions: [{type, status, reason, message}]}});

testKind(deployments, {
	fixture: 'ready',
	shows: {
		name: 'web',
		ready: '2/2',
		status: 'Ready',
		'up-to-date': '2',
		available: '2',
		age: '60m',
		containers: 'echo',
		images: 'localhost/k8tui-lab/echo:1',
		selector: 'app=web',
	},
	cases: [
		{name: 'all ready', tone: 'ok'},
		{name: 'none ready', cells: {Ready: '0/2'}, tone: 'error', why: '0/2 ready', shows: {status: 'None ready'}},
		{name: 'none ready without the object', cells: {Ready: '0/2'}, bare: true, tone: 'error', why: '0/2 ready'},
		{name: 'none ready yet', cells: {Ready: '0/2'}, age: '60s', tone: 'progressing', shows: {status: 'Starting'}},
		{
			name: 'stuck rollout',
			object: condition('Progressing', 'False', 'ProgressDeadlineExceeded', 'timed out progressing'),
			tone: 'error',
			why: '2/2 ready, timed out progressing',
			shows: {status: 'ProgressDeadlineExceeded'},
		},
		{
			name: 'pods cannot be made',
			object: condition('ReplicaFailure', 'True', 'FailedCreate', 'exceeded quota'),
			tone: 'error',
			why: '2/2 ready, exceeded quota',
			shows: {status: 'FailedCreate'},
		},
		{name: 'too few ready', cells: {Ready: '1/2'}, tone: 'warning', why: '1/2 ready', shows: {status: '1 unready'}},
		{name: 'not all updated', cells: {'Up-to-date': 1}, tone: 'progressing', shows: {status: 'Rolling out'}},
		{name: 'old pods left', object: {status: {replicas: 3}}, tone: 'progressing', shows: {status: 'Rolling out'}},
		{name: 'a change not seen yet', meta: {generation: 9}, tone: 'progressing', shows: {status: 'Rolling out'}},
		{name: 'scaled to 0', cells: {Ready: '0/0', 'Up-to-date': 0, Available: 0}, object: {status: {replicas: 0}}, tone: 'muted', shows: {status: 'Scaled to 0'}},
		{name: 'paused', object: {spec: {paused: true}}, tone: 'muted', shows: {status: 'Paused'}},
		{
			name: 'paused with a hole',
			cells: {Ready: '1/2'},
			object: {spec: {paused: true}},
			tone: 'warning',
			why: '1/2 ready',
			shows: {status: 'Paused, 1 unready'},
		},
		{name: 'deleted', meta: {deletionTimestamp: '2026-11-21T14:00:00Z'}, tone: 'terminating', shows: {status: 'Terminating'}},
	],
});
