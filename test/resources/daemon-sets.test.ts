import {daemonSets} from '../../source/resources/daemon-sets.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(daemonSets, {
	fixture: 'ready',
	shows: {
		name: 'shell',
		desired: '2',
		current: '2',
		ready: '2',
		status: 'Ready',
		'up-to-date': '2',
		available: '2',
		'node-selector': '-',
		age: '60m',
		containers: 'sh',
		images: 'localhost/k8tui-lab/busybox:1',
		selector: 'app=shell',
	},
	cases: [
		{name: 'all ready', tone: 'ok'},
		{name: 'none ready', cells: {Ready: 0}, tone: 'error', why: '0/2 ready'},
		{name: 'too few ready', cells: {Ready: 1}, tone: 'warning', why: '1/2 ready'},
		{name: 'misscheduled', object: {status: {numberMisscheduled: 1}}, tone: 'warning', why: '1 on nodes it should not run on', shows: {status: 'Misscheduled'}},
		{name: 'rolling out', cells: {'Up-to-date': 1}, tone: 'progressing', shows: {status: 'Rolling out'}},
		{name: 'no node fits', cells: {Desired: 0, Current: 0, Ready: 0, 'Up-to-date': 0}, tone: 'muted'},
	],
});
