import {gatewayClasses} from '../../source/resources/gateway-classes.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(gatewayClasses, {
	fixture: 'accepted',
	shows: {name: 'nginx', controller: 'gateway.nginx.org/nginx-gateway-controller', accepted: 'True', age: '60m', description: '-'},
	cases: [
		{name: 'accepted', tone: 'ok'},
		{name: 'not accepted', cells: {Accepted: 'False'}, tone: 'error', why: 'its controller does not accept it'},
		{name: 'not looked at', cells: {Accepted: 'Unknown'}, tone: 'unknown', why: 'no controller has looked at it'},
	],
});
