import {humanDuration} from '../core/age.ts';
import {eventFacts, eventFirstTime, eventSource, type KubeEvent} from '../core/event-facts.ts';
import {type Item, itemKey} from '../core/kubernetes.ts';
import {span} from '../core/line.ts';
import type {ObjectModel} from '../core/object-model.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {describeProblem} from '../core/problem.ts';
import {still, timeText} from './fit.ts';
import {type BlockRow, tableBlock} from './summary/table-block.ts';

/** The Events tab, newest first. Says why when there are none. */
export function eventLines(model: ObjectModel, setting: PageSetting): readonly PageLine[] {
	const {events, eventsStream} = model;
	if (events === undefined && (eventsStream.state === 'denied' || eventsStream.state === 'reconnecting' || eventsStream.state === 'login-needed'))
		return [still(span('? ', 'unknown'), describeProblem(eventsStream.problem))];
	if (events === undefined) return [still(span('Reading events', 'muted'))];
	const rows = events.flatMap(item => eventRow(item, setting));
	if (rows.length === 0) return [still('No event about this object. The API server keeps events for an hour unless told otherwise.')];
	const specs = [
		{title: 'LAST', align: 'end'},
		{title: 'TYPE', drop: 2},
		{title: 'REASON', min: 8},
		{title: 'COUNT', align: 'end', drop: 1},
		{title: 'FROM', min: 8, drop: 3},
		{title: 'MESSAGE', min: 10},
	] as const;
	return tableBlock(specs, rows, setting).flatMap(({lines}) => lines);
}

function eventRow(item: Item, setting: PageSetting): readonly BlockRow[] {
	const facts = eventFacts(item);
	if (!facts) return [];
	const {at, count, warning, reason, message} = facts;
	// Items of the kind `events` hold Events.
	const event = item.object as KubeEvent;
	const counted = count > 1 ? `x${count} in ${humanDuration(at - (eventFirstTime(event) ?? at))}` : '';
	return [
		{
			tone: warning ? 'warning' : 'text',
			id: `event:${itemKey(item)}`,
			copy: message === '' ? reason : `${reason}: ${message}`,
			cells: [
				span(timeText(at, setting)),
				span(warning ? 'Warning' : 'Normal', warning ? 'warning' : 'muted'),
				span(reason),
				span(counted),
				span(eventSource(event).split(',')[0] ?? '', 'muted'),
				span(message),
			],
		},
	];
}
