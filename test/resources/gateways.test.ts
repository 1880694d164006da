import {gateways} from '../../source/resources/gateways.ts';
import {fixtureItem, testKind} from '../tools/kind-cases.ts';
import {besideOf} from '../tools/table-item.ts';

const beside = besideOf({gatewayclasses: [fixtureItem('gatewayclasses', 'accepted')]});
const noAddress = {cells: {Address: undefined}, object: {status: {addresses: []}}};
const condition = (type: string, status: string, reason: string, message: string) => [{type, status, reason, message}];

testKind(gateways, {
	fixture: 'programmed',
	beside,
	shows: {name: 'public', class: 'nginx', address: '203.0.113.20', programmed: 'True', status: 'Programmed', age: '60m'},
	cases: [
		{name: 'programmed', tone: 'ok'},
		{
			name: 'not accepted',
			object: {status: {conditions: condition('Accepted', 'False', 'ListenersNotValid', 'no listener is valid')}},
			tone: 'error',
			why: 'no listener is valid',
			shows: {status: 'Not accepted'},
		},
		{
			name: 'TLS Secret missing',
			object: {status: {listeners: [{name: 'https', conditions: condition('ResolvedRefs', 'False', 'InvalidCertificateRef', 'Secret shop-tls not found')}]}},
			tone: 'error',
			why: 'Secret shop-tls not found',
			shows: {status: 'InvalidCertificateRef'},
		},
		{name: 'unknown class', beside: besideOf({gatewayclasses: []}), tone: 'unknown', why: 'there is no GatewayClass nginx'},
		{name: 'no address for 2m', ...noAddress, age: '2m', tone: 'progressing', shows: {status: 'No address yet'}},
		{name: 'no address for longer', ...noAddress, age: '121s', tone: 'warning', why: 'no address for more than 2m'},
		{name: 'not programmed yet', object: {status: {conditions: condition('Accepted', 'True', 'Accepted', '')}}, tone: 'progressing'},
	],
});
