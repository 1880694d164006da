import {statefulSets} from '../../source/resources/stateful-sets.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(statefulSets, {
	fixture: 'ready',
	shows: {name: 'db', ready: '1/1', status: 'Ready', age: '60m', containers: 'db', images: 'localhost/k8tui-lab/echo:1'},
	optional: ['Up-to-date'],
	cases: [
		{name: 'all ready', tone: 'ok'},
		{name: 'none ready', cells: {Ready: '0/3'}, tone: 'error', why: '0/3 ready', shows: {ready: '0/3'}},
		{name: 'too few ready', cells: {Ready: '2/3'}, tone: 'warning', why: '2/3 ready'},
		{
			name: 'rolling out',
			object: {status: {currentRevision: 'db-1', updateRevision: 'db-2', updatedReplicas: 0}},
			tone: 'progressing',
			shows: {status: 'Rolling out'},
		},
		{name: 'scaled to 0', cells: {Ready: '0/0'}, tone: 'muted', shows: {status: 'Scaled to 0'}},
	],
});
