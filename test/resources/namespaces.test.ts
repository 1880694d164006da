import {namespaces} from '../../source/resources/namespaces.ts';
import {readFixture, testKind} from '../tools/kind-cases.ts';

const created = Date.parse(readFixture('namespaces', 'active').object.metadata.creationTimestamp ?? '');

testKind(namespaces, {
	fixture: 'active',
	shows: {name: 'k8tui-records', status: 'Active', age: '60m'},
	cases: [
		{name: 'active', tone: 'ok'},
		{
			name: 'deleted 5m ago',
			cells: {Status: 'Terminating'},
			meta: {deletionTimestamp: new Date(created + 55 * 60_000).toISOString()},
			tone: 'terminating',
			shows: {status: 'Terminating 5m'},
		},
	],
});
