import {endpointSlices} from '../../source/resources/endpoint-slices.ts';
import {testKind} from '../tools/kind-cases.ts';

const endpoints = (...ready: ReadonlyArray<boolean | undefined>) => ({
	endpoints: ready.map(each => ({addresses: ['10.0.0.1'], conditions: each === undefined ? {} : {ready: each}})),
});

testKind(endpointSlices, {
	fixture: 'ready',
	shows: {name: 'web-bczjg', service: 'web', addresstype: 'IPv4', ports: '8080', ready: '2/2', endpoints: '10.244.2.3,10.244.1.2', age: '60m'},
	cases: [
		{name: 'all ready', tone: 'ok'},
		{name: 'ready unless said otherwise', object: endpoints(undefined), tone: 'ok', shows: {ready: '1/1'}},
		{name: 'some ready', object: endpoints(true, false), tone: 'warning', why: '1/2 endpoints ready'},
		{name: 'none ready', object: endpoints(false), tone: 'error', why: '0/1 endpoints ready'},
		{name: 'empty', object: {endpoints: null}, tone: 'muted', shows: {ready: '0/0'}},
		{name: 'without the object', bare: true, tone: 'text', shows: {ready: '-'}},
	],
});
