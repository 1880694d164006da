import {httpRoutes} from '../../source/resources/http-routes.ts';
import {fixtureItem, testKind} from '../tools/kind-cases.ts';
import {besideOf} from '../tools/table-item.ts';

const service = fixtureItem('services', 'ready', {meta: {namespace: 'shop'}});
const slice = (ready: boolean) =>
	fixtureItem('endpointslices', 'ready', {meta: {namespace: 'shop'}, object: {endpoints: [{addresses: ['10.0.0.1'], conditions: {ready}}]}});
const beside = besideOf({services: [service], endpointslices: [slice(true)]});
const parent = (type: string, status: string, reason: string, message: string) => ({status: {parents: [{conditions: [{type, status, reason, message}]}]}});

testKind(httpRoutes, {
	fixture: 'accepted',
	beside,
	shows: {name: 'shop', hostnames: 'shop.example.test', parents: 'public', status: 'Accepted', age: '60m'},
	cases: [
		{name: 'accepted', tone: 'ok'},
		{
			name: 'not accepted',
			object: parent('Accepted', 'False', 'NoMatchingParent', 'no listener fits'),
			tone: 'error',
			why: 'no listener fits',
			shows: {status: 'Not accepted'},
		},
		{
			name: 'not resolved',
			object: parent('ResolvedRefs', 'False', 'RefNotPermitted', ''),
			tone: 'error',
			why: 'something it refers to is missing',
			shows: {status: 'RefNotPermitted'},
		},
		{name: 'Service missing', beside: besideOf({services: [], endpointslices: []}), tone: 'error', why: 'there is no Service web'},
		{
			name: 'Service without endpoints',
			beside: besideOf({services: [service], endpointslices: [slice(false)]}),
			tone: 'warning',
			why: 'Service web has no ready endpoint',
		},
		{
			name: 'a backend that is no Service',
			object: {spec: {rules: [{backendRefs: [{group: 'x.io', kind: 'Bucket', name: 'b'}]}]}},
			beside: besideOf({services: []}),
			tone: 'ok',
		},
		{name: 'not looked at for 2m', object: {status: {parents: []}}, age: '2m', tone: 'progressing'},
		{
			name: 'not looked at for longer',
			object: {status: {parents: []}},
			tone: 'unknown',
			why: 'no Gateway controller has looked at it',
			shows: {status: 'No controller'},
		},
	],
});
