import type {HttpRoute} from '../core/gateway.ts';
import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {judgeRoute} from '../core/route-state.ts';
import {age, labels, name, textOf} from '../core/standard-columns.ts';

export const httpRoutes: ResourceKind<HttpRoute> = {
	apiVersion: 'gateway.networking.k8s.io/v1',
	kind: 'HTTPRoute',
	plural: 'httproutes',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	family: 'network',
	beside: ['services', 'endpointslices'],
	columns: [
		name,
		// The server prints the list as JSON.
		textOf<HttpRoute>('Hostnames', ({spec}) => spec?.hostnames?.join(','), {priority: 2}),
		textOf<HttpRoute>('Parents', ({spec}) => spec?.parentRefs?.map(parent => parent.name).join(',')),
		statusColumn(judgeRoute),
		age,
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeRoute),
};
