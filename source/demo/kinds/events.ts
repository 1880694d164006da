import {at, numberAt, textAt} from '../json.ts';
import {type Cell, column, type DemoKind, type Printing} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';
import {orElse} from './cell-text.ts';

function sourceText(event: StoredObject): string {
	const component = orElse(textAt(event, 'source', 'component'), textAt(event, 'reportingComponent'));
	const instance = orElse(textAt(event, 'source', 'host'), textAt(event, 'reportingInstance'));
	return instance === '' ? component : `${component}, ${instance}`;
}

function eventCells(event: StoredObject, {since}: Printing): readonly Cell[] {
	const first = since(orElse(textAt(event, 'firstTimestamp'), textAt(event, 'eventTime')));
	const series = at(event, 'series');
	const last = textAt(event, 'lastTimestamp');
	const name = textAt(event, 'involvedObject', 'name');
	const kind = textAt(event, 'involvedObject', 'kind').toLowerCase();
	return [
		series === undefined ? (last === '' ? first : since(last)) : since(at(series, 'lastObservedTime')),
		textAt(event, 'type'),
		textAt(event, 'reason'),
		name === '' ? kind : `${kind}/${name}`,
		textAt(event, 'involvedObject', 'fieldPath'),
		sourceText(event),
		textAt(event, 'message').trim(),
		first,
		series === undefined ? numberAt(event, 'count') || 1 : numberAt(series, 'count'),
		event.metadata.name,
	];
}

function involvedFields(event: StoredObject): Readonly<Record<string, string>> {
	const names = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];
	return Object.fromEntries(names.map(name => [`involvedObject.${name}`, textAt(event, 'involvedObject', name)]));
}

export const events: DemoKind = {
	group: '',
	version: 'v1',
	plural: 'events',
	singular: 'event',
	kind: 'Event',
	namespaced: true,
	shortNames: ['ev'],
	bookmarks: false,
	columns: [
		column('Last Seen'),
		column('Type'),
		column('Reason'),
		column('Object'),
		column('Subobject', {wide: true}),
		column('Source', {wide: true}),
		column('Message'),
		column('First Seen', {wide: true}),
		column('Count', {wide: true}),
		column('Name', {format: 'name', wide: true}),
	],
	cells: eventCells,
	fields: event => ({
		...involvedFields(event),
		reason: textAt(event, 'reason'),
		reportingComponent: textAt(event, 'reportingComponent'),
		source: orElse(textAt(event, 'source', 'component'), textAt(event, 'reportingComponent')),
		type: textAt(event, 'type'),
	}),
};

/** The same stored object in the words of events.k8s.io/v1. */
function asNewEvent(event: StoredObject): StoredObject {
	const {involvedObject, message, source, firstTimestamp, lastTimestamp, count, reportingComponent, ...rest} = event;
	return {
		...rest,
		apiVersion: 'events.k8s.io/v1',
		reportingController: reportingComponent,
		note: message,
		regarding: involvedObject,
		deprecatedSource: source,
		deprecatedFirstTimestamp: firstTimestamp,
		deprecatedLastTimestamp: lastTimestamp,
		deprecatedCount: count,
	};
}

export const newEvents: DemoKind = {...events, group: 'events.k8s.io', sameAs: {plural: 'events', convert: asNewEvent}};
