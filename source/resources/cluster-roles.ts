import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name} from '../core/standard-columns.ts';

export const clusterRoles: ResourceKind = {
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'ClusterRole',
	plural: 'clusterroles',
	aliases: ['cr'],
	scope: 'cluster',
	mode: 'metadata',
	columns: [name, age, labels],
	sort: {by: 'name'},
};
