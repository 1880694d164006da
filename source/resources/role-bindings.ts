import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, server} from '../core/standard-columns.ts';

export const roleBindings: ResourceKind = {
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'RoleBinding',
	plural: 'rolebindings',
	aliases: ['rb'],
	scope: 'namespaced',
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
