import {services} from '../../source/resources/services.ts';
import {fixtureItem, testKind} from '../tools/kind-cases.ts';
import {besideOf} from '../tools/table-item.ts';

const endpoint = (ready: boolean, terminating = false) => ({addresses: ['10.244.1.9'], conditions: {ready, serving: ready, terminating}});
const slice = (endpoints: readonly object[], addressType = 'IPv4') =>
	fixtureItem('endpointslices', 'ready', {object: {endpoints, addressType}, meta: {name: `web-${addressType}`}});
const beside = besideOf({endpointslices: [slice([endpoint(true), endpoint(true)])]});
const balancer = {Type: 'LoadBalancer', 'External-IP': '<pending>'};

testKind(services, {
	fixture: 'ready',
	beside,
	shows: {
		name: 'web',
		type: 'ClusterIP',
		'cluster-ip': '10.96.201.176',
		'external-ip': '-',
		ports: '80/TCP',
		endpoints: '2/2',
		status: 'Ready',
		age: '60m',
		selector: 'app=web',
	},
	cases: [
		{name: 'all ready', tone: 'ok'},
		{name: 'one of two ready', beside: besideOf({endpointslices: [slice([endpoint(true), endpoint(false)])]}), tone: 'ok', shows: {endpoints: '1/2'}},
		{
			name: 'selects pods, none ready',
			beside: besideOf({endpointslices: [slice([endpoint(false), endpoint(false)])]}),
			tone: 'error',
			why: '0/2 endpoints ready',
			shows: {endpoints: '0/2', status: 'None ready'},
		},
		{name: 'selects none', beside: besideOf({endpointslices: [slice([])]}), tone: 'warning', why: 'selects no pods: app=web', shows: {status: 'Selects none'}},
		{name: 'without a slice', beside: besideOf({endpointslices: []}), tone: 'warning', why: 'selects no pods: app=web'},
		{name: 'of pods on their way out', beside: besideOf({endpointslices: [slice([endpoint(false, true)])]}), tone: 'warning', why: 'selects no pods: app=web'},
		{
			name: 'both families count once',
			beside: besideOf({endpointslices: [slice([endpoint(true)]), slice([endpoint(true)], 'IPv6')]}),
			tone: 'ok',
			shows: {endpoints: '1/1'},
		},
		{name: 'slices not read', beside: besideOf({}), tone: 'text', shows: {endpoints: '-', status: '-'}},
		{name: 'load balancer pending for 2m', cells: balancer, age: '2m', tone: 'progressing', shows: {status: 'No address yet'}},
		{name: 'load balancer pending for longer', cells: balancer, age: '121s', tone: 'warning', why: 'no load balancer address for more than 2m'},
		{name: 'ExternalName', cells: {Type: 'ExternalName', Selector: '<none>'}, tone: 'muted', shows: {status: 'External name', endpoints: '-'}},
		{name: 'no selector', cells: {Selector: '<none>'}, tone: 'muted', shows: {status: 'No selector'}},
	],
});
