import {pods} from '../../source/resources/pods.ts';
import {fixtureItem, type KindCase, testKind} from '../tools/kind-cases.ts';
import {besideOf} from '../tools/table-item.ts';

const lostNode = fixtureItem('nodes', 'ready', {object: {status: {conditions: [{type: 'Ready', status: 'Unknown'}]}}, cells: {Status: 'NotReady'}});
const error = (status: string): KindCase => ({
	name: `${status} is an error`,
	cells: {Status: status, Ready: '0/1'},
	tone: 'error',
	why: status,
	shows: {status},
});
const done = (status: string): KindCase => ({name: `${status} is done`, cells: {Status: status, Ready: '0/1'}, tone: 'muted'});
const starting = (status: string): readonly KindCase[] => [
	{name: `${status} for 59s is progress`, cells: {Status: status, Ready: '0/1'}, age: '59s', tone: 'progressing'},
	{name: `${status} for 61s is late`, cells: {Status: status, Ready: '0/1'}, age: '61s', tone: 'warning', why: `${status} for more than a minute`},
];
const deleted = (secondsAgo: number): Readonly<{deletionTimestamp: string; deletionGracePeriodSeconds: number}> => ({
	// The API sets the time at which the grace period ends.
	deletionTimestamp: new Date(Date.parse('2026-11-21T13:01:26Z') + (3600 - secondsAgo + 30) * 1000).toISOString(),
	deletionGracePeriodSeconds: 30,
});

testKind(pods, {
	fixture: 'running',
	shows: {
		name: 'web-84c776d9b7-6dg5p',
		ready: '1/1',
		status: 'Running',
		restarts: '0',
		cpu: '-',
		mem: '-',
		age: '60m',
		node: 'n1',
		ip: '10.244.1.2',
		'cpu/r': '-',
		'cpu/l': '-',
		'mem/r': '-',
		'mem/l': '-',
		'nominated-node': '-',
		'readiness-gates': '-',
	},
	cases: [
		{name: 'running and ready', tone: 'ok'},
		...['CrashLoopBackOff', 'ImagePullBackOff', 'ErrImagePull', 'CreateContainerConfigError', 'CreateContainerError'].map(error),
		...['OOMKilled', 'Error', 'Failed', 'Evicted', 'InvalidImageName', 'RunContainerError', 'ExitCode:3', 'Signal:9'].map(error),
		...['Init:CrashLoopBackOff', 'Init:Error', 'Init:OOMKilled', 'OutOfcpu', 'UnexpectedAdmissionError', 'ErrImageNeverPull'].map(error),
		{name: 'a crash loop says how often', cells: {Status: 'CrashLoopBackOff', Restarts: '31 (48s ago)'}, tone: 'error', why: 'CrashLoopBackOff, 31 restarts'},
		{name: 'one restart is one', cells: {Status: 'CrashLoopBackOff', Restarts: '1 (48s ago)'}, tone: 'error', why: 'CrashLoopBackOff, 1 restart'},
		{name: 'no node for 59s', cells: {Status: 'Pending', Ready: '0/1', Node: '<none>'}, age: '59s', tone: 'progressing'},
		{name: 'no node for 61s', cells: {Status: 'Pending', Ready: '0/1', Node: '<none>'}, age: '61s', tone: 'error', why: 'no node takes it', troubledFor: '61s'},
		...['Pending', 'ContainerCreating', 'PodInitializing', 'Init:1/3'].flatMap(starting),
		{name: 'unready', cells: {Ready: '1/2'}, tone: 'warning', why: '1 of 2 containers not ready', shows: {status: 'Running, 1 unready', ready: '1/2'}},
		{name: 'its only container is unready', cells: {Ready: '0/1'}, tone: 'warning', why: 'its container is not ready'},
		{name: 'unready as a whole', cells: {Status: 'NotReady'}, tone: 'warning', why: 'NotReady'},
		{
			name: 'restarted 9m ago',
			cells: {Restarts: '3 (9m10s ago)'},
			tone: 'warning',
			why: 'restarted less than 10m ago',
			troubledFor: '9m10s',
			shows: {restarts: '3 (9m10s)'},
		},
		{name: 'restarted 10m ago', cells: {Restarts: '3 (10m ago)'}, tone: 'ok', shows: {restarts: '3 (10m)'}},
		{name: 'deleted 10s ago', cells: {Status: 'Terminating'}, meta: deleted(10), tone: 'terminating', shows: {status: 'Terminating 10s'}},
		{
			name: 'deleted 6m ago',
			cells: {Status: 'Terminating'},
			meta: deleted(360),
			tone: 'warning',
			why: 'still there after its grace period',
			shows: {status: 'Terminating 6m'},
		},
		{name: 'deleted on an unreachable node', cells: {Status: 'Unknown'}, meta: deleted(360), tone: 'unknown', why: 'Unknown'},
		...['Completed', 'Succeeded', 'SchedulingGated'].map(done),
		{name: 'its node is lost', beside: besideOf({nodes: [lostNode]}), tone: 'unknown', why: 'node n1 is not answering', shows: {status: 'Unknown (node)'}},
		{name: 'its node is gone', beside: besideOf({nodes: []}), tone: 'unknown', why: 'node n1 is not answering'},
		{name: 'its node is fine', beside: besideOf({nodes: [fixtureItem('nodes', 'ready')]}), tone: 'ok'},
		{name: 'done on a lost node', cells: {Status: 'Completed'}, beside: besideOf({nodes: [lostNode]}), tone: 'muted'},
		{name: 'a word nobody knows', cells: {Status: 'Levitating'}, tone: 'unknown', why: 'Levitating'},
	],
});
