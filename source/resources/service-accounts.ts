import type {ResourceKind} from '../core/resource-kind.ts';
import {age, count, labels, name} from '../core/standard-columns.ts';

export const serviceAccounts: ResourceKind = {
	apiVersion: 'v1',
	kind: 'ServiceAccount',
	plural: 'serviceaccounts',
	aliases: [],
	scope: 'namespaced',
	mode: 'metadata',
	columns: [name, count('Secrets'), age, labels],
	sort: {by: 'name'},
};
