import {clusterRoleBindings} from '../../source/resources/cluster-role-bindings.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(clusterRoleBindings, {
	fixture: 'cluster-admin',
	shows: {name: 'cluster-admin', role: 'ClusterRole/cluster-admin', age: '60m', users: '-', groups: 'system:masters', serviceaccounts: '-'},
});
