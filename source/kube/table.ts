import type {ColumnSet, CompactItem} from '../core/compact-item.ts';
import type {ItemDetail} from '../core/feed.ts';
import type {Intern} from '../core/intern.ts';
import {ProblemError} from '../core/problem.ts';
import type {ResourceType} from '../core/resource-type.ts';
import {columnSetOf, createItemMaker, plainColumns, type ServedColumns, type ServedObject, type ServedRow} from './table-item.ts';

/** `ListMeta` of a page. */
type ServedListMeta = Readonly<{resourceVersion?: string; continue?: string; remainingItemCount?: number}>;

type ServedTable = Readonly<{
	kind?: string;
	metadata?: ServedListMeta;
	columnDefinitions?: ServedColumns;
	rows?: readonly ServedRow[] | null;
	items?: readonly ServedObject[] | null;
}>;

/** The parts of a `Status` that tell what to do next. */
export type ServedStatus = Readonly<{
	message?: string;
	reason?: string;
	code?: number;
	metadata?: ServedListMeta;
	details?: Readonly<{retryAfterSeconds?: number; causes?: ReadonlyArray<Readonly<{reason?: string; message?: string}>>}>;
}>;

/** One page, parsed; its items are made one by one so that the caller can pause between them. */
export type TablePage = Readonly<{
	resourceVersion: string;
	continueToken?: string;
	remaining?: number;
	columns: ColumnSet;
	/** Rows of the page. */
	size: number;
	item(index: number): CompactItem | undefined;
}>;

export type TableEvent = Readonly<
	| {type: 'upsert' | 'delete'; item: CompactItem; resourceVersion?: string}
	| {type: 'bookmark'; resourceVersion?: string}
	| {type: 'error'; status: ServedStatus}
	| {type: 'unknown'; resourceVersion?: string}
>;

export type TableDecoder = Readonly<{
	/** A page of a list, as Table or as plain list. Throws a ProblemError (protocol) when it is neither. */
	page(body: Buffer): TablePage;
	/** One line of a watch. Throws a ProblemError (protocol) when it is not JSON. */
	event(line: Buffer): TableEvent;
	/** The columns of the last page or event; undefined before the first. */
	columns(): ColumnSet | undefined;
}>;

type DecoderOptions = Readonly<{type: ResourceType; namespace?: string; mode: ItemDetail; intern: Intern}>;

/**
 * Reads the Tables of one scope. A watch sends `columnDefinitions` with the first event of a connection only
 * (apiserver endpoints/handlers/response.go, NoHeaders), so the decoder keeps the last ones.
 */
export function createTableDecoder(options: DecoderOptions): TableDecoder {
	const maker = createItemMaker(options);
	let current: ColumnSet | undefined;
	const adopt = (served: ServedColumns | undefined): ColumnSet => {
		if (served != null && served.length > 0) {
			const seen = columnSetOf(served);
			// The old instance stays while nothing changed: rows of all pages share it.
			if (current === undefined || !current.equals(seen)) current = seen;
		}
		current ??= plainColumns;
		return current;
	};
	return {
		columns: () => current,
		page(body) {
			// The server's JSON gets its type here; every field is optional and read with care.
			const served = parse(body, 'the list') as ServedTable;
			const rows = served.rows;
			if (served.kind === 'Table') {
				const columns = adopt(served.columnDefinitions);
				return pageOf(served.metadata, columns, {size: rows?.length ?? 0, item: index => fromRow(rows?.[index], columns)});
			}
			if (served.items === undefined) throw broken('the list', body);
			const items = served.items;
			current = plainColumns;
			return pageOf(served.metadata, plainColumns, {size: items?.length ?? 0, item: index => fromObject(items?.[index])});
		},
		event(line) {
			// As above: what a watch line is, field by field.
			const served = parse(line, 'the watch') as Readonly<{type?: string; object?: ServedTable & ServedObject & ServedStatus}>;
			const object = served.object ?? {};
			if (served.type === 'ERROR') return {type: 'error', status: object};
			const isTable = object.kind === 'Table';
			const columns = isTable ? adopt(object.columnDefinitions) : undefined;
			const row = isTable ? object.rows?.[0] : undefined;
			const version = object.metadata?.resourceVersion || row?.object?.metadata?.resourceVersion;
			const resourceVersion = version === undefined || version === '' ? {} : {resourceVersion: version};
			// A bookmark's row is printed from an empty object and is never an item (kube-api.md 4.2).
			if (served.type === 'BOOKMARK') return {type: 'bookmark', ...resourceVersion};
			if (served.type !== 'ADDED' && served.type !== 'MODIFIED' && served.type !== 'DELETED') return {type: 'unknown'};
			const item = columns === undefined ? fromObject(object) : fromRow(row, columns);
			return item === undefined ? {type: 'unknown'} : {type: served.type === 'DELETED' ? 'delete' : 'upsert', item, ...resourceVersion};
		},
	};

	function fromRow(row: ServedRow | undefined, columns: ColumnSet): CompactItem | undefined {
		return row === undefined ? undefined : maker.fromRow(row, columns);
	}

	function fromObject(object: ServedObject | undefined): CompactItem | undefined {
		return object === undefined ? undefined : maker.fromObject(object);
	}
}

function pageOf(metadata: ServedListMeta | undefined, columns: ColumnSet, rows: Pick<TablePage, 'size' | 'item'>): TablePage {
	return {
		resourceVersion: metadata?.resourceVersion ?? '',
		...(metadata?.continue ? {continueToken: metadata.continue} : {}),
		...(metadata?.remainingItemCount === undefined ? {} : {remaining: metadata.remainingItemCount}),
		columns,
		...rows,
	};
}

function parse(body: Buffer, what: string): object {
	let value: unknown;
	try {
		value = JSON.parse(body.toString('utf8'));
	} catch (error) {
		throw broken(what, body, error);
	}
	if (typeof value !== 'object' || value === null) throw broken(what, body);
	return value;
}

function broken(what: string, body: Buffer, cause?: unknown): ProblemError {
	return new ProblemError(
		{
			code: 'protocol',
			what: `Could not read ${what}`,
			cause: 'the server sent something that is not a Kubernetes answer',
			serverMessage: body.toString('utf8', 0, 200),
		},
		{cause},
	);
}

/** How far into a page its `metadata` reaches: tokens are well below 1 KB. */
const headBytes = 4096;

/**
 * The continue token of a page that is not parsed yet: `metadata` comes before columns and rows, so the next page can be
 * on its way while this one is parsed. undefined when there is none or it cannot be told from the head.
 */
export function continueTokenOf(body: Buffer): string | undefined {
	const head = body.toString('latin1', 0, headBytes);
	const end = ['"columnDefinitions":', '"rows":', '"items":'].map(name => head.indexOf(name)).filter(position => position !== -1);
	const metadata = end.length === 0 ? head : head.slice(0, Math.min(...end));
	return /"continue":"([^"\\]+)"/.exec(metadata)?.[1];
}
