import type {ResourceKind} from '../core/resource-kind.ts';
import {age, count, labels, name} from '../core/standard-columns.ts';

export const configMaps: ResourceKind = {
	apiVersion: 'v1',
	kind: 'ConfigMap',
	plural: 'configmaps',
	aliases: [],
	scope: 'namespaced',
	mode: 'metadata',
	columns: [name, count('Data'), age, labels],
	sort: {by: 'name'},
};
