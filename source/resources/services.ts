import {endpointsOf} from '../core/endpoints.ts';
import {judged, statusColumn} from '../core/judgement.ts';
import {printedText} from '../core/printed.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {judgeService} from '../core/service-state.ts';
import {age, labels, name, ratioCell, server} from '../core/standard-columns.ts';
import type {Column} from '../core/table.ts';

/** Ready and all endpoints of its EndpointSlices; without a selector or before they are read, none is shown. */
const endpoints: Column = {
	id: 'endpoints',
	title: 'ENDPOINTS',
	align: 'end',
	priority: 2,
	cell(item, {beside}) {
		const counted = printedText(item, 'Type') === 'ExternalName' ? undefined : endpointsOf(beside, item.meta.namespace, item.meta.name);
		return counted ? ratioCell(counted.ready, counted.total, true) : {type: 'text', text: ''};
	},
};

export const services: ResourceKind = {
	apiVersion: 'v1',
	kind: 'Service',
	plural: 'services',
	aliases: [],
	scope: 'namespaced',
	mode: 'metadata',
	family: 'network',
	beside: ['endpointslices'],
	columns: [
		name,
		server('Type'),
		server('Cluster-IP', {width: {min: 15}}),
		server('External-IP', {priority: 4}),
		server('Port(s)', {priority: 3}),
		endpoints,
		statusColumn(judgeService),
		age,
		server('Selector', {wide: true, priority: 9}),
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeService),
	enter: 'pods',
};
