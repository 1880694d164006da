import {ingresses} from '../../source/resources/ingresses.ts';
import {fixtureItem, testKind} from '../tools/kind-cases.ts';
import {besideOf} from '../tools/table-item.ts';

const namespace = 'k8tui-records';
const service = fixtureItem('services', 'ready', {meta: {namespace}});
const slice = (ready: boolean) =>
	fixtureItem('endpointslices', 'ready', {meta: {namespace}, object: {endpoints: [{addresses: ['10.0.0.1'], conditions: {ready}}]}});
const ingressClass = fixtureItem('ingressclasses', 'default');
const secret = fixtureItem('secrets', 'opaque');
const all = {services: [service], endpointslices: [slice(true)], secrets: [secret], ingressclasses: [ingressClass]};
const addressed = {Address: '203.0.113.20'};
const noClass = {cells: {...addressed, Class: '<none>'}, object: {spec: {ingressClassName: undefined}}};

testKind(ingresses, {
	fixture: 'no-address',
	beside: besideOf(all),
	shows: {name: 'shop', class: 'nginx', hosts: 'shop.example.test', address: '-', ports: '80, 443', status: 'No address', age: '60m'},
	cases: [
		{name: 'all there', cells: addressed, tone: 'ok', shows: {status: 'Ready'}},
		{name: 'no address for 2m', age: '2m', tone: 'progressing', shows: {status: 'No address yet'}},
		{name: 'no address for longer', age: '121s', tone: 'warning', why: 'no address for more than 2m'},
		{name: 'Service missing', beside: besideOf({...all, services: []}), tone: 'error', why: 'there is no Service web', shows: {status: 'Service missing'}},
		{
			name: 'TLS Secret missing',
			beside: besideOf({...all, secrets: []}),
			tone: 'error',
			why: 'there is no TLS Secret shop-tls',
			shows: {status: 'Secret missing'},
		},
		{
			name: 'backend without endpoints',
			cells: addressed,
			beside: besideOf({...all, endpointslices: [slice(false)]}),
			tone: 'warning',
			why: 'Service web has no ready endpoint',
		},
		{name: 'unknown class', beside: besideOf({...all, ingressclasses: []}), tone: 'unknown', why: 'there is no IngressClass nginx'},
		{name: 'no class but a default one', ...noClass, tone: 'ok'},
		{
			name: 'no class at all',
			...noClass,
			beside: besideOf({
				...all,
				ingressclasses: [fixtureItem('ingressclasses', 'default', {meta: {annotations: {'ingressclass.kubernetes.io/is-default-class': 'false'}}})],
			}),
			tone: 'unknown',
			why: 'it names no IngressClass and there is no default one',
		},
		{
			name: 'a class by annotation',
			...noClass,
			meta: {annotations: {'kubernetes.io/ingress.class': 'old'}},
			beside: besideOf({...all, ingressclasses: []}),
			tone: 'ok',
		},
		{name: 'nothing beside was read', cells: addressed, beside: besideOf({}), tone: 'ok'},
	],
});
