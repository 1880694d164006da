import type {Item, KubeObject} from './kubernetes.ts';
import {printedNumber, printedRatio, printedRestarts, printedText} from './printed.ts';
import {parseQuantity} from './quantity.ts';
import type {Cell, Column} from './table.ts';
import {timestamp} from './timestamp.ts';
import type {Tone} from './tone.ts';

/** What a column may set beside its title; see core/table.ts. */
export type ColumnOptions = Partial<Pick<Column, 'id' | 'title' | 'wide' | 'priority' | 'width' | 'cut'>>;

/** Restarts are news for this long (screens.md 7, Pod). */
export const recentRestartMs = 10 * 60_000;

/** A server column's name as id: `Port(s)` -> `ports`, `Access Modes` -> `access-modes`. */
export function columnId(title: string): string {
	return title
		.toLowerCase()
		.replaceAll(/[^a-z0-9%]+/g, '-')
		.replaceAll(/^-|-$/g, '')
		.replace(/^port-s$/, 'ports');
}

export const name: Column = {
	id: 'name',
	title: 'NAME',
	priority: 1,
	width: {min: 12, ideal: 40},
	cut: 'middle',
	cell: item => ({type: 'text', text: item.meta.name}),
};

/** Added by the table itself when all namespaces are shown. */
export const namespaceColumn: Column = {
	id: 'namespace',
	title: 'NAMESPACE',
	priority: 1,
	width: {min: 8, ideal: 20},
	cut: 'middle',
	cell: item => ({type: 'text', text: item.meta.namespace ?? ''}),
};

export const age: Column = {
	id: 'age',
	title: 'AGE',
	align: 'end',
	priority: 4,
	cell: item => ageCell(timestamp(item.meta.creationTimestamp)),
};

export const labels: Column = {
	id: 'labels',
	title: 'LABELS',
	wide: true,
	priority: 10,
	width: {min: 8, ideal: 40},
	cell: item => ({
		type: 'text',
		text: Object.entries(item.meta.labels ?? {})
			.map(([key, value]) => `${key}=${value}`)
			.join(','),
	}),
};

/**
 * A column of the server's Table under its own name: a number where the server printed one, else the text as it is.
 * `align: 'end'` for numbers, because a column has one alignment and cells come later.
 */
export function server(title: string, options: ColumnOptions & Readonly<{align?: 'start' | 'end'}> = {}): Column {
	return {id: columnId(title), title: title.toUpperCase(), priority: options.wide ? 7 : 3, ...options, cell: item => printedCell(item, title)};
}

/** The server's cell, typed by what it printed. */
export function printedCell(item: Item, column: string): Cell {
	const printed = item.printed(column);
	return typeof printed === 'number' ? {type: 'number', value: printed, unit: 'count'} : {type: 'text', text: printedText(item, column)};
}

/** A server column of whole numbers. */
export function count(title: string, options: ColumnOptions = {}): Column {
	return {
		...server(title, {align: 'end', ...options}),
		cell(item) {
			const value = printedNumber(item, title);
			return value === undefined ? {type: 'text', text: printedText(item, title)} : {type: 'number', value, unit: 'count'};
		},
	};
}

/** A server column like `2/3`; what cannot be read as one stays text (`1/1 of 3`). With `faults` a shortfall takes a tone. */
export function ratio(title: string, options: ColumnOptions & Readonly<{faults?: boolean}> = {}): Column {
	const {faults = false, ...rest} = options;
	return {
		...server(title, {align: 'end', priority: 1, ...rest}),
		cell(item) {
			const parts = printedRatio(item, title);
			return parts ? ratioCell(parts.have, parts.want, faults) : {type: 'text', text: printedText(item, title)};
		},
	};
}

/** `2/3`; with `faults` none of some is an error and too few a warning. */
export function ratioCell(have: number, want: number, faults: boolean): Cell {
	const tone = faults ? shortfall(have, want) : undefined;
	return tone === undefined ? {type: 'ratio', have, want} : {type: 'ratio', have, want, tone};
}

/** None of some is an error, too few a warning (screens.md 7); undefined when there is enough. */
export function shortfall(have: number, want: number): Tone | undefined {
	if (have >= want) return undefined;
	return have === 0 ? 'error' : 'warning';
}

/** A pod's restarts as the server printed them; a recent one takes a tone. */
export const restarts: Column = {
	id: 'restarts',
	title: 'RESTARTS',
	align: 'end',
	priority: 2,
	cell(item, {now}) {
		const printed = printedRestarts(item, now);
		if (!printed) return {type: 'text', text: printedText(item, 'Restarts')};
		const {count: value, since} = printed;
		if (since === undefined) return {type: 'number', value, unit: 'count'};
		const cell: Cell = {type: 'number', value, unit: 'count', since};
		return now - since < recentRestartMs ? {...cell, tone: 'warning'} : cell;
	},
};

/** An age of something other than the object itself: `ageOf('Last Schedule', job => job.status?.lastScheduleTime)`; needs object mode. */
export function ageOf<O extends KubeObject>(title: string, at: (object: O) => string | undefined, options: ColumnOptions = {}): Column<O> {
	return {
		id: columnId(title),
		title: title.toUpperCase(),
		align: 'end',
		priority: 3,
		...options,
		cell: item => ageCell(item.object && timestamp(at(item.object))),
	};
}

/** A text made of the whole object; needs object mode. */
export function textOf<O extends KubeObject>(title: string, text: (object: O) => string | undefined, options: ColumnOptions = {}): Column<O> {
	return {
		id: columnId(title),
		title: title.toUpperCase(),
		priority: options.wide ? 7 : 3,
		...options,
		cell: item => ({type: 'text', text: (item.object && text(item.object)) ?? ''}),
	};
}

/** A server column of storage sizes: `5Gi` as bytes, so that it sorts and filters by value. */
export function quantity(title: string, options: ColumnOptions = {}): Column {
	return {
		...server(title, {align: 'end', ...options}),
		cell(item) {
			const value = parseQuantity(printedText(item, title));
			return value === undefined ? {type: 'number', unit: 'bytes'} : {type: 'number', value, unit: 'bytes'};
		},
	};
}

/** `yes` where an annotation is `true`: the default class of its kind. */
export function annotated(title: string, annotation: string): Column {
	return {
		id: columnId(title),
		title: title.toUpperCase(),
		priority: 3,
		cell: ({meta}) => ({type: 'text', text: meta.annotations?.[annotation] === 'true' ? 'yes' : ''}),
	};
}

/** An age, or a missing value. */
export function ageCell(since: number | undefined): Cell {
	return since === undefined ? {type: 'age'} : {type: 'age', since};
}

/** How long something took, or runs since: ms since the epoch. */
export function durationCell(from: number | undefined, until: number | undefined): Cell {
	if (from === undefined) return {type: 'duration'};
	return until === undefined ? {type: 'duration', from} : {type: 'duration', ms: until - from};
}
