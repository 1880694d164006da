import {at, textAt} from '../json.ts';
import {ageColumn, column, type DemoKind, nameColumn, status} from '../kind.ts';
import {podCells} from './pod-cells.ts';

export const pods: DemoKind = {
	group: '',
	version: 'v1',
	plural: 'pods',
	singular: 'pod',
	kind: 'Pod',
	namespaced: true,
	shortNames: ['po'],
	categories: ['all'],
	subresources: [
		{name: 'attach', verbs: ['create', 'get'], kind: 'PodAttachOptions'},
		{name: 'ephemeralcontainers', verbs: ['get', 'patch', 'update']},
		{name: 'eviction', verbs: ['create'], kind: 'Eviction', group: 'policy', version: 'v1'},
		{name: 'exec', verbs: ['create', 'get'], kind: 'PodExecOptions'},
		{name: 'log', verbs: ['get']},
		{name: 'portforward', verbs: ['create', 'get'], kind: 'PodPortForwardOptions'},
		{name: 'proxy', verbs: ['create', 'delete', 'get', 'patch', 'update'], kind: 'PodProxyOptions'},
		status,
	],
	columns: [
		nameColumn,
		column('Ready', {description: 'Ready containers of all containers.'}),
		column('Status', {description: 'The state of the pod in one word, worst container first.'}),
		column('Restarts', {description: 'How often its containers were restarted, and when last.'}),
		ageColumn,
		column('IP', {wide: true}),
		column('Node', {wide: true}),
		column('Nominated Node', {wide: true}),
		column('Readiness Gates', {wide: true}),
	],
	cells: podCells,
	completed: pod => {
		const phase = textAt(pod, 'status', 'phase');
		if (phase === 'Succeeded') return {reason: phase, message: 'The pod has completed successfully.'};
		return phase === 'Failed' ? {reason: phase, message: 'The pod failed.'} : undefined;
	},
	fields: pod => ({
		'spec.nodeName': textAt(pod, 'spec', 'nodeName'),
		'spec.restartPolicy': textAt(pod, 'spec', 'restartPolicy'),
		'spec.schedulerName': textAt(pod, 'spec', 'schedulerName'),
		'spec.serviceAccountName': textAt(pod, 'spec', 'serviceAccountName'),
		'spec.hostNetwork': String(at(pod, 'spec', 'hostNetwork') === true),
		'status.phase': textAt(pod, 'status', 'phase'),
		'status.podIP': textAt(pod, 'status', 'podIP'),
		'status.nominatedNodeName': textAt(pod, 'status', 'nominatedNodeName'),
	}),
};
