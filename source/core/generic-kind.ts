import type {ServerColumn} from './feed.ts';
import type {Item} from './kubernetes.ts';
import {printedSince, printedText} from './printed.ts';
import type {ResourceKind} from './resource-kind.ts';
import {apiVersionOf, type ResourceType} from './resource-type.ts';
import {age, ageCell, columnId, name, printedCell} from './standard-columns.ts';
import {toneOfReadiness, toneOfWord} from './status-words.ts';
import type {CellContext, Column} from './table.ts';
import {ageMs, timestamp} from './timestamp.ts';
import type {Tone} from './tone.ts';

const statusNames = /^(?:status|state|phase|condition|health|health[ -]?status|sync[ -]?status)$/i;
const readyNames = /^(?:ready|available|healthy|established|programmed|accepted|synced|valid)$/i;
/** The object's own age, under the names that printers and the generic converter give it. */
const ageNames = /^(?:age|created at)$/i;
/** An object that says it is not ready may just have been made. */
const newMs = 60_000;

/**
 * What is shown of a kind without a record of its own: the server's columns, typed by what they hold, and a tone from
 * well-known words. Without columns (none came yet, or the server sent a plain list): name and age.
 */
export function genericKind(type: ResourceType, serverColumns: readonly ServerColumn[]): ResourceKind {
	const nameColumn = serverColumns.find(({format, name: title}) => format === 'name' || title.toLowerCase() === 'name');
	const own = serverColumns.filter(column => column !== nameColumn && !ageNames.test(column.name));
	const toned = tonedColumnsOf(own);
	const tonedColumn = toned.status ?? toned.ready;
	return {
		apiVersion: apiVersionOf(type),
		kind: type.kind,
		plural: type.plural,
		aliases: [],
		scope: type.namespaced ? 'namespaced' : 'cluster',
		mode: 'metadata',
		columns: uniqueIds([name, ...own.map(column => genericColumn(column, tonedColumn)), age]),
		sort: {by: 'name'},
		tone: (item, context) => genericTone(item, context, toned),
		why: (item, context) => {
			const tone = genericTone(item, context, toned);
			if (tone !== 'error' && tone !== 'warning' && tone !== 'unknown') return undefined;
			return tonedColumn === undefined ? undefined : `${tonedColumn} ${printedText(item, tonedColumn)}`;
		},
		...(tonedColumn === undefined ? {} : {tonedColumn: columnId(tonedColumn)}),
	};
}

type Toned = Readonly<{status: string | undefined; ready: string | undefined}>;

function tonedColumnsOf(columns: readonly ServerColumn[]): Toned {
	return {
		status: columns.find(column => statusNames.test(column.name))?.name,
		ready: columns.find(column => readyNames.test(column.name))?.name,
	};
}

/** A word in a status column first, then a Ready-ish column; neither: nothing is known of its health. */
function genericTone(item: Item, {now}: CellContext, {status, ready}: Toned): Tone {
	if (item.meta.deletionTimestamp !== undefined) return 'terminating';
	const tone = (status && toneOfWord(printedText(item, status))) || (ready && toneOfReadiness(printedText(item, ready))) || undefined;
	return tone === 'error' && ageMs(item, now) < newMs ? 'progressing' : (tone ?? 'text');
}

function genericColumn(column: ServerColumn, tonedColumn: string | undefined): Column {
	const number = column.type === 'integer' || column.type === 'number';
	return {
		id: columnId(column.name),
		title: column.name.toUpperCase(),
		...(number || column.type === 'date' ? {align: 'end'} : {}),
		...(column.priority > 0 ? {wide: true} : {}),
		priority: column.name === tonedColumn ? 1 : column.priority > 0 ? 7 : 3,
		cell: column.type === 'date' ? (item, {now}) => dateCell(item, column.name, now) : item => printedCell(item, column.name),
	};
}

/** The generic converter prints RFC 3339, custom resources an age (apiextensions tableconvertor). */
function dateCell(item: Item, column: string, now: number): ReturnType<Column['cell']> {
	const text = printedText(item, column);
	return text === '' ? ageCell(undefined) : ageCell(printedSince(item, text, now) ?? timestamp(text));
}

/** Two columns may have one title; ids tell them apart. */
function uniqueIds(columns: readonly Column[]): readonly Column[] {
	const seen = new Map<string, number>();
	return columns.map(column => {
		const times = (seen.get(column.id) ?? 0) + 1;
		seen.set(column.id, times);
		return times === 1 ? column : {...column, id: `${column.id}-${times}`};
	});
}
