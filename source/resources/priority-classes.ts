import type {ResourceKind} from '../core/resource-kind.ts';
import {age, count, labels, name, server} from '../core/standard-columns.ts';

export const priorityClasses: ResourceKind = {
	apiVersion: 'scheduling.k8s.io/v1',
	kind: 'PriorityClass',
	plural: 'priorityclasses',
	aliases: [],
	scope: 'cluster',
	mode: 'metadata',
	columns: [name, count('Value', {priority: 2}), server('Global-Default'), age, server('PreemptionPolicy', {priority: 5}), labels],
	sort: {by: 'name'},
};
