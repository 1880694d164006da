import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name} from '../core/standard-columns.ts';

export const roles: ResourceKind = {
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'Role',
	plural: 'roles',
	aliases: ['ro'],
	scope: 'namespaced',
	mode: 'metadata',
	columns: [name, age, labels],
	sort: {by: 'name'},
};
