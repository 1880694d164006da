import type {ResourceKind} from '../core/resource-kind.ts';
import {age, count, labels, name, server} from '../core/standard-columns.ts';

/** Metadata only: the values of Secrets are not asked for where a list is enough. */
export const secrets: ResourceKind = {
	apiVersion: 'v1',
	kind: 'Secret',
	plural: 'secrets',
	aliases: ['sec'],
	scope: 'namespaced',
	mode: 'metadata',
	columns: [name, server('Type', {priority: 2}), count('Data'), age, labels],
	sort: {by: 'name'},
};
