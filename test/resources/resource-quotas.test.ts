import {resourceQuotas} from '../../source/resources/resource-quotas.ts';
import {testKind} from '../tools/kind-cases.ts';

const used = (hard: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>) => ({status: {hard: {pods: undefined, ...hard}, used: now}});
const only = (hard: string, now: string) => ({
	status: {hard: {pods: undefined, 'requests.cpu': undefined, 'limits.memory': hard}, used: {'limits.memory': now}},
});

testKind(resourceQuotas, {
	fixture: 'compute',
	shows: {
		name: 'compute',
		used: '10%',
		status: 'pods 1/10',
		request: 'pods: 1/10, requests.cpu: 10m/4',
		limit: 'limits.memory: 64Mi/8Gi',
		age: '60m',
	},
	cases: [
		{name: 'room left', tone: 'ok'},
		{name: '90% used', object: only('10Gi', '9Gi'), tone: 'ok', shows: {used: '90%'}},
		{
			name: 'more than 90% used',
			object: only('10Gi', '9728Mi'),
			tone: 'warning',
			why: 'limits.memory 9728Mi/10Gi (95%)',
			shows: {used: '95%', status: 'limits.memory 9728Mi/10Gi'},
		},
		{name: 'over its limit', object: used({pods: '10'}, {pods: '12'}), tone: 'warning', why: 'pods 12/10 (120%)'},
		{name: 'a limit of 0 forbids', object: only('0', '0'), tone: 'ok', shows: {used: '0%'}},
	],
});
