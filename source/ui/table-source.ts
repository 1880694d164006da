import type {Clock} from '../core/clock.ts';
import type {Scope} from '../core/feed.ts';
import {compareRows} from '../core/order.ts';
import type {PageSetting} from '../core/page.ts';
import {typedColumns} from '../core/query/columns.ts';
import {mistypedColumns, termMatches, withoutValue} from '../core/query/explain.ts';
import {matchRow} from '../core/query/match.ts';
import {parseQuery} from '../core/query/parse.ts';
import type {Query} from '../core/query/query.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import type {ResourceType} from '../core/resource-type.ts';
import type {TableScreen} from '../core/screen.ts';
import {namespaceColumn} from '../core/standard-columns.ts';
import type {Column, SortOrder, TableSnapshot} from '../core/table.ts';
import type {View} from '../core/view.ts';
import type {Glyphs} from '../core/glyphs.ts';
import {LiveTable, type TableShape} from '../store/live-table.ts';
import {TableMetrics} from '../store/metrics/table-metrics.ts';
import type {Session} from '../store/session.ts';
import {splitAt} from './frame/split.ts';
import {insteadOfRows} from './instead-of-rows.ts';
import {Preview} from './preview.ts';

export type TableSourceOptions = Readonly<{session: Session; clock: Clock; glyphs: Glyphs; changed(): void; settings: TableSettings}>;

/** What the user's settings say of tables: columns and order by kind (plural name). */
export type TableSettings = Readonly<{columns: Readonly<Record<string, readonly string[]>>; sorts: Readonly<Record<string, SortOrder>>}>;

/** The live table behind the table screen on top, with its preview. */
export class TableSource implements Disposable {
	readonly #options: TableSourceOptions;
	readonly #key: string;
	readonly #type: ResourceType;
	readonly #table: LiveTable;
	readonly #leave: () => void;
	readonly #preview: Preview;
	#shapeKey = '';
	#filterError: Readonly<{at: number; message: string}> | undefined;
	/** The last filter without an error: it stays in force while a wrong one is typed. */
	#query: Query | undefined;
	readonly #openedAt: number;
	readonly #namespace: string | undefined;
	readonly #closing = new AbortController();
	#askedWhoCan = false;
	#whoCanFound: readonly string[] | undefined;

	constructor(options: TableSourceOptions, screen: TableScreen) {
		this.#options = options;
		this.#key = keyOf(screen, options.session);
		const {session} = options;
		this.#type = typeOf(screen, session);
		this.#namespace = screen.namespace;
		const shape = this.#shape(screen);
		this.#table = new LiveTable(
			{
				scopes: session.scopes,
				scope: this.#scope(screen),
				kindOf: columns => session.catalogue.kindOf(this.#type, columns),
				besideScope: plural => besideScope(plural, screen, session),
				clock: options.clock,
				now: () => session.now(),
				serverVersion: () => session.version,
				...(isMeasured(this.#type)
					? {
							metrics: changed =>
								new TableMetrics({
									usage: session.usage,
									kind: this.#type.plural === 'nodes' ? 'nodes' : 'pods',
									...(screen.namespace === undefined ? {} : {namespace: screen.namespace}),
									changed,
								}),
						}
					: {}),
			},
			shape,
		);
		this.#shapeKey = shapeKey(screen);
		this.#leave = this.#table.subscribe(options.changed);
		this.#preview = new Preview({session, clock: options.clock, changed: options.changed});
		this.#openedAt = options.clock.now();
	}

	/** Is this the table of that screen, whatever its filter, order and cursor? */
	fits(screen: TableScreen): boolean {
		return this.#key === keyOf(screen, this.#options.session);
	}

	view(screen: TableScreen, setting: PageSetting & Readonly<{split: boolean}>): View {
		if (shapeKey(screen) !== this.#shapeKey) {
			this.#shapeKey = shapeKey(screen);
			this.#table.reshape(this.#shape(screen));
		}
		const snapshot = this.#table.snapshot();
		const row = snapshot.rows.find(({id}) => id === screen.cursor) ?? snapshot.rows[0];
		const instead =
			snapshot.rows.length === 0
				? insteadOfRows({screen, type: this.#type, snapshot, openedAt: this.#openedAt, whoCan: this.#whoCan(snapshot), note: this.#table.kind.note}, setting)
				: undefined;
		const preview = setting.split && row ? this.#preview.lines(this.#type, row, paneSetting(setting)) : undefined;
		if (!setting.split) this.#preview.rest();
		return {
			type: 'table',
			resource: this.#type,
			kind: this.#kind(),
			snapshot,
			item: id => this.#table.item(id),
			...(instead === undefined ? {} : {instead}),
			...(preview === undefined ? {} : {preview}),
			...(this.#filterError === undefined ? {} : {filterError: this.#filterError}),
		};
	}

	/** How many rows have come, changed or gone. */
	changes(): number {
		return this.#table.changes;
	}

	/** The record with the order that the user's settings give it: what is drawn and turned round is what is in force. */
	#kind(): ResourceKind {
		const {kind} = this.#table;
		const own = this.#options.settings.sorts[this.#type.plural];
		return own === undefined ? kind : {...kind, sort: own};
	}

	[Symbol.dispose](): void {
		this.#closing.abort();
		this.#leave();
		this.#preview[Symbol.dispose]();
	}

	/** For a denied list: who may, asked once. */
	#whoCan(snapshot: TableSnapshot): readonly string[] | undefined {
		if (snapshot.stream.state !== 'denied') return undefined;
		if (!this.#askedWhoCan) {
			this.#askedWhoCan = true;
			const {session, changed} = this.#options;
			const question = {
				verb: 'list',
				group: this.#type.group,
				resource: this.#type.plural,
				...(this.#namespace === undefined ? {} : {namespace: this.#namespace}),
			};
			void session.client.whoCan(question, this.#closing.signal).then(
				found => {
					this.#whoCanFound = found;
					changed();
				},
				() => undefined,
			);
		}
		return this.#whoCanFound;
	}

	#scope(screen: TableScreen): Scope {
		const kind = this.#options.session.catalogue.kindOf(this.#type, []);
		return {
			type: this.#type,
			mode: kind.mode,
			...(this.#type.namespaced && screen.namespace !== undefined ? {namespace: screen.namespace} : {}),
			...(screen.labelSelector === undefined ? {} : {labelSelector: screen.labelSelector}),
			...(screen.fieldSelector === undefined ? {} : {fieldSelector: screen.fieldSelector}),
		};
	}

	#shape(screen: TableScreen): TableShape {
		const columns = (kind: ResourceKind): readonly Column[] =>
			tableColumns(kind, {
				allNamespaces: this.#type.namespaced && screen.namespace === undefined,
				wide: screen.wide,
				chosen: this.#options.settings.columns[this.#type.plural],
			});
		this.#readFilter(screen);
		const query = this.#query;
		const order = screen.sort ?? this.#options.settings.sorts[this.#type.plural];
		return {
			sortedBy: order?.by ?? this.#options.session.catalogue.kindOf(this.#type, []).sort.by,
			columns,
			faultsOnly: screen.faultsOnly,
			...(query === undefined
				? {}
				: {
						matches: (row, shown, now) => matchRow(query, row, shown, now),
						terms: (rows, shown, now) => termMatches(query, rows, shown, now),
						withoutValue: (rows, shown) => withoutValue(query, rows, shown),
						mistyped: rows => mistypedColumns(query, rows),
					}),
			compare: (of, shown) => compareRows(screen.sort ?? this.#options.settings.sorts[this.#type.plural] ?? defaultSort(of), shown),
		};
	}

	#readFilter(screen: TableScreen): void {
		this.#filterError = undefined;
		if (screen.filter === '') {
			this.#query = undefined;
			return;
		}
		const snapshot = this.#table?.snapshot();
		const columns =
			snapshot && snapshot.columns.length > 0
				? snapshot.columns
				: tableColumns(this.#options.session.catalogue.kindOf(this.#type, []), {allNamespaces: true, wide: true});
		const parsed = parseQuery(screen.filter, typedColumns(columns, snapshot?.rows ?? []));
		if ('error' in parsed) this.#filterError = {at: parsed.error.from, message: parsed.error.proposal ?? parsed.error.message};
		else this.#query = parsed.query;
	}
}

/** Kinds whose use is measured. */
function isMeasured({group, plural}: ResourceType): boolean {
	return group === '' && (plural === 'nodes' || plural === 'pods');
}

/** The room right of the line between table and preview. */
function paneSetting(setting: PageSetting): PageSetting {
	const {columns, rows} = setting.body;
	return {...setting, body: {columns: columns - splitAt(columns) - 1, rows}};
}

/** What a record says; by name means by namespace and name, as the API server orders. */
function defaultSort(kind: ResourceKind): Parameters<typeof compareRows>[0] {
	return kind.sort.by === 'name' && kind.sort.descending !== true ? undefined : {by: kind.sort.by, descending: kind.sort.descending ?? false};
}

/** The columns of a table: the namespace first when all are shown, wide ones when asked for; or those the user chose. */
export function tableColumns(
	kind: ResourceKind,
	options: Readonly<{allNamespaces: boolean; wide: boolean; chosen?: readonly string[] | undefined}>,
): readonly Column[] {
	const chosen = options.chosen?.flatMap(id => kind.columns.find(column => column.id === id) ?? []);
	const columns = chosen !== undefined && chosen.length > 0 && !options.wide ? chosen : kind.columns.filter(column => options.wide || column.wide !== true);
	return options.allNamespaces ? [namespaceColumn, ...columns] : columns;
}

function typeOf(screen: TableScreen, session: Session): ResourceType {
	const found = session.catalogue.find(screen.kind);
	if (found) return found;
	const [plural = screen.kind, ...group] = screen.kind.split('.');
	return {
		group: group.join('.'),
		version: 'v1',
		plural,
		kind: plural,
		singular: plural,
		namespaced: true,
		verbs: ['list', 'watch'],
		shortNames: [],
		categories: [],
		subresources: [],
		preferred: true,
		state: 'gone',
	};
}

function keyOf(screen: TableScreen, session: Session): string {
	const type = typeOf(screen, session);
	return [screen.kind, type.version, screen.namespace ?? '*', screen.labelSelector ?? '', screen.fieldSelector ?? ''].join('|');
}

function shapeKey(screen: TableScreen): string {
	return [screen.filter, screen.sort?.by ?? '', screen.sort?.descending ?? '', screen.wide, screen.faultsOnly].join('|');
}

function besideScope(plural: string, screen: TableScreen, session: Session): Scope | undefined {
	const type = session.catalogue.types.find(candidate => candidate.plural === plural && candidate.preferred);
	if (!type) return undefined;
	const {mode} = session.catalogue.kindOf(type, []);
	return {type, mode, ...(type.namespaced && screen.namespace !== undefined ? {namespace: screen.namespace} : {})};
}
