import {leases} from '../../source/resources/leases.ts';
import {readFixture, testKind} from '../tools/kind-cases.ts';

const created = Date.parse(readFixture('leases', 'node').object.metadata.creationTimestamp ?? '');

testKind(leases, {
	fixture: 'node',
	shows: {name: 'n1', holder: 'n1', renewed: '37m', age: '60m'},
	cases: [{name: 'renewed 7s ago', object: {spec: {renewTime: new Date(created + 3593_000).toISOString()}}, tone: 'text', shows: {renewed: '7s'}}],
});
