import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, server} from '../core/standard-columns.ts';

export const networkPolicies: ResourceKind = {
	apiVersion: 'networking.k8s.io/v1',
	kind: 'NetworkPolicy',
	plural: 'networkpolicies',
	aliases: ['np'],
	scope: 'namespaced',
	mode: 'metadata',
	columns: [name, server('Pod-Selector', {priority: 2}), age, labels],
	sort: {by: 'name'},
};
