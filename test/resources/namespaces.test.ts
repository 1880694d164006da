import {namespaces} from '../../source/resources/namespaces.ts';
import {pod} from '../tools/scripted-feed.ts';
import {readFixture, testKind} from '../tools/kind-cases.ts';
import {besideOf} from '../tools/table-item.ts';

const created = Date.parse(readFixture('namespaces', 'active').object.metadata.creationTimestamp ?? '');

testKind(namespaces, {
	fixture: 'active',
	shows: {name: 'k8tui-records', status: 'Active', pods: '-', faulty: '-', age: '60m'},
	cases: [
		{name: 'active', tone: 'ok', shows: {pods: '-', faulty: '-'}},
		{
			name: 'with pods',
			beside: besideOf({
				pods: [pod('a', {namespace: 'k8tui-records'}), pod('b', {namespace: 'k8tui-records', status: 'CrashLoopBackOff'}), pod('c', {namespace: 'elsewhere'})],
			}),
			tone: 'ok',
			shows: {pods: '2', faulty: '1'},
		},
		{
			name: 'deleted 5m ago',
			cells: {Status: 'Terminating'},
			meta: {deletionTimestamp: new Date(created + 55 * 60_000).toISOString()},
			tone: 'terminating',
			shows: {status: 'Terminating 5m'},
		},
	],
});
