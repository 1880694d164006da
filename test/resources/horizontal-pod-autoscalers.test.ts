import {horizontalPodAutoscalers} from '../../source/resources/horizontal-pod-autoscalers.ts';
import {testKind} from '../tools/kind-cases.ts';

const active = (status: string, reason: string, message = '') => ({status: {conditions: [{type: 'ScalingActive', status, reason, message}]}});

testKind(horizontalPodAutoscalers, {
	fixture: 'active',
	shows: {
		name: 'db',
		reference: 'StatefulSet/db',
		targets: 'cpu: 0%/80%',
		minpods: '1',
		maxpods: '3',
		replicas: '1',
		status: 'Active',
		'last-scale': '-',
		age: '60m',
	},
	cases: [
		{name: 'active', tone: 'ok'},
		{
			name: 'cannot read metrics',
			object: active('False', 'FailedGetResourceMetric', 'no metrics returned'),
			tone: 'error',
			why: 'no metrics returned',
			shows: {status: 'No metrics'},
		},
		{
			name: 'cannot scale',
			object: {status: {conditions: [{type: 'AbleToScale', status: 'False', reason: 'FailedGetScale', message: 'not found'}]}},
			tone: 'error',
			why: 'not found',
			shows: {status: 'FailedGetScale'},
		},
		{name: 'at max', object: {status: {currentReplicas: 3, desiredReplicas: 3}}, tone: 'warning', why: 'at max 3/3', shows: {status: 'At max'}},
		{name: 'pinned by its own bounds', object: {spec: {minReplicas: 3}, status: {currentReplicas: 3, desiredReplicas: 3}}, tone: 'ok'},
		{name: 'scaling', object: {status: {currentReplicas: 1, desiredReplicas: 2}}, tone: 'progressing', shows: {status: 'Scaling 1 -> 2'}},
		{name: 'its target is scaled to 0', object: active('False', 'ScalingDisabled'), tone: 'muted', shows: {status: 'Disabled'}},
		{name: 'just made', object: {status: {conditions: null}}, tone: 'progressing'},
	],
});
