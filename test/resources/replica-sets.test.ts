import {replicaSets} from '../../source/resources/replica-sets.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(replicaSets, {
	fixture: 'ready',
	shows: {
		name: 'web-84c776d9b7',
		desired: '2',
		current: '2',
		ready: '2',
		status: 'Ready',
		age: '60m',
		containers: 'echo',
		images: 'localhost/k8tui-lab/echo:1',
		selector: 'app=web,pod-template-hash=84c776d9b7',
	},
	optional: ['Up-to-date'],
	cases: [
		{name: 'all ready', tone: 'ok'},
		{name: 'none ready', cells: {Ready: 0}, tone: 'error', why: '0/2 ready'},
		{name: 'too few ready', cells: {Ready: 1}, tone: 'warning', why: '1/2 ready'},
		{name: 'of a past rollout', cells: {Desired: 0, Current: 0, Ready: 0}, tone: 'muted', shows: {status: 'Scaled to 0'}},
	],
});
