import {eventCount, eventFirstTime, eventObject, eventSource, eventTime, eventTone, type KubeEvent} from '../core/event-facts.ts';
import {printedCell, ageCell, name, server, textOf} from '../core/standard-columns.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import type {Column} from '../core/table.ts';

const lastSeen: Column<KubeEvent> = {
	id: 'last-seen',
	title: 'LAST SEEN',
	align: 'end',
	priority: 1,
	cell: ({object}) => ageCell(object && eventTime(object)),
};

const firstSeen: Column<KubeEvent> = {
	id: 'first-seen',
	title: 'FIRST SEEN',
	align: 'end',
	wide: true,
	priority: 7,
	cell: ({object}) => ageCell(object && eventFirstTime(object)),
};

const count: Column<KubeEvent> = {
	id: 'count',
	title: 'COUNT',
	align: 'end',
	priority: 3,
	cell: item => (item.object ? {type: 'number', value: eventCount(item.object), unit: 'count'} : printedCell(item, 'Count')),
};

/** Whole objects, because their times are in no column as times. Sorted by age: the newest first. */
export const events: ResourceKind<KubeEvent> = {
	apiVersion: 'v1',
	kind: 'Event',
	plural: 'events',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	columns: [
		lastSeen,
		server('Type', {priority: 4}),
		server('Reason', {priority: 1}),
		textOf<KubeEvent>('Object', eventObject, {priority: 1, cut: 'middle', width: {min: 12, ideal: 26}}),
		count,
		server('Message', {priority: 1, width: {min: 16, ideal: 80}}),
		server('Subobject', {wide: true}),
		textOf<KubeEvent>('Source', eventSource, {wide: true}),
		firstSeen,
		{...name, wide: true, priority: 9},
	],
	sort: {by: 'last-seen'},
	tone: eventTone,
	why(item) {
		return eventTone(item) === 'text' ? undefined : (item.object?.reason ?? String(item.printed('Reason') ?? ''));
	},
	tonedColumn: 'reason',
	// kube-apiserver --event-ttl
	note: 'older ones expire, by default after 1h',
	enter: 'regarding',
};
