import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, server} from '../core/standard-columns.ts';

export const clusterRoleBindings: ResourceKind = {
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'ClusterRoleBinding',
	plural: 'clusterrolebindings',
	aliases: ['crb'],
	scope: 'cluster',
	mode: 'metadata',
	columns: [
		name,
		server('Role', {priority: 2}),
		age,
		server('Users', {wide: true}),
		server('Groups', {wide: true}),
		server('ServiceAccounts', {wide: true}),
		labels,
	],
	sort: {by: 'name'},
};
