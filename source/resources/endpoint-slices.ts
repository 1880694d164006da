import {countEndpoints, type EndpointSlice, serviceNameLabel} from '../core/endpoints.ts';
import {leaving} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, ratioCell, server, shortfall} from '../core/standard-columns.ts';
import type {Column} from '../core/table.ts';

const service: Column = {
	id: 'service',
	title: 'SERVICE',
	priority: 2,
	cut: 'middle',
	cell: ({meta}) => ({type: 'text', text: meta.labels?.[serviceNameLabel] ?? ''}),
};

const ready: Column<EndpointSlice> = {
	id: 'ready',
	title: 'READY',
	align: 'end',
	priority: 1,
	cell({object}) {
		if (!object) return {type: 'text', text: ''};
		const counted = countEndpoints(object);
		return ratioCell(counted.ready, counted.total, true);
	},
};

/** Whole objects, because the server's column cuts its addresses and does not say which are ready. */
export const endpointSlices: ResourceKind<EndpointSlice> = {
	apiVersion: 'discovery.k8s.io/v1',
	kind: 'EndpointSlice',
	plural: 'endpointslices',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	columns: [name, service, server('AddressType', {priority: 6}), server('Ports', {priority: 4}), ready, server('Endpoints', {priority: 3}), age, labels],
	sort: {by: 'name'},
	tone(item) {
		const gone = leaving(item);
		if (gone || !item.object) return gone?.tone ?? 'text';
		const counted = countEndpoints(item.object);
		return shortfall(counted.ready, counted.total) ?? (counted.total === 0 ? 'muted' : 'ok');
	},
	why({object}) {
		const counted = object && countEndpoints(object);
		return counted && counted.ready < counted.total ? `${counted.ready}/${counted.total} endpoints ready` : undefined;
	},
	tonedColumn: 'ready',
};
