import {CompactItem, ColumnSet} from '../core/compact-item.ts';
import {compactMeta} from '../core/compact-meta.ts';
import type {ItemDetail, ServerColumn} from '../core/feed.ts';
import type {Intern} from '../core/intern.ts';
import type {KubeObject, Meta, PrintedCell} from '../core/kubernetes.ts';
import {apiVersionOf, type ResourceType} from '../core/resource-type.ts';

/** What stands in `rows[]`: cells in the order of the columns, and the object as far as `includeObject` asked for it. */
export type ServedRow = Readonly<{cells?: readonly unknown[] | null; object?: ServedObject | null}>;
export type ServedObject = Readonly<{apiVersion?: string; kind?: string; metadata?: Meta}>;
export type ServedColumns = ReadonlyArray<Partial<ServerColumn>> | null;

/** What we print for servers that answer a plain list: the two columns every object can fill. */
export const plainColumns = new ColumnSet([
	{name: 'Name', type: 'string', format: 'name', description: '', priority: 0},
	{name: 'Age', type: 'date', format: '', description: '', priority: 0},
]);

/** `columnDefinitions` with every field in place. */
export function columnSetOf(served: NonNullable<ServedColumns>): ColumnSet {
	return new ColumnSet(
		served.map(column => ({
			name: column.name ?? '',
			type: column.type ?? 'string',
			format: column.format ?? '',
			description: column.description ?? '',
			priority: column.priority ?? 0,
		})),
	);
}

export type ItemMaker = Readonly<{
	/** An item of a Table's row; undefined when nothing in it names the object. */
	fromRow(row: ServedRow, columns: ColumnSet): CompactItem | undefined;
	/** An item of an object without cells: plain lists, and rows the server could not print. */
	fromObject(object: ServedObject): CompactItem | undefined;
}>;

type MakerOptions = Readonly<{type: ResourceType; namespace?: string; mode: ItemDetail; intern: Intern}>;

/** Makes the items of one scope; `namespace` is the one asked for, for rows that do not say theirs. */
export function createItemMaker(options: MakerOptions): ItemMaker {
	const {type, intern} = options;
	const apiVersion = apiVersionOf(type);
	const make = (meta: Meta, object: ServedObject | undefined, printed: Readonly<{columns: ColumnSet; cells: readonly PrintedCell[]}>) => {
		const ref = {
			apiVersion,
			kind: type.kind,
			...(meta.namespace === undefined ? {} : {namespace: meta.namespace}),
			name: meta.name,
			...(meta.uid === undefined ? {} : {uid: meta.uid}),
		};
		// The metadata is replaced by the compact one; every other field is handed on as served.
		const whole: KubeObject | undefined =
			options.mode === 'object' && object !== undefined ? {...object, apiVersion, kind: type.kind, metadata: meta} : undefined;
		return new CompactItem({ref, meta, ...printed, ...(whole === undefined ? {} : {object: whole})});
	};
	return {
		fromRow(row, columns) {
			const served = row.object?.metadata ?? namedBy(row, columns, options.namespace);
			if (typeof served?.name !== 'string' || served.name === '') return undefined;
			const meta = compactMeta(served, intern);
			return make(meta, row.object ?? undefined, {columns, cells: cellsOf(row.cells ?? [], meta.name, intern)});
		},
		fromObject(object) {
			if (typeof object.metadata?.name !== 'string' || object.metadata.name === '') return undefined;
			const meta = compactMeta(object.metadata, intern);
			return make(meta, object, {columns: plainColumns, cells: [meta.name, meta.creationTimestamp]});
		},
	};
}

/** In `cells` mode, and of servers that leave the row's object out against what was asked, the name cell is all there is. */
function namedBy(row: ServedRow, columns: ColumnSet, namespace: string | undefined): Meta | undefined {
	const position = columns.namePosition();
	const name = position === undefined ? undefined : row.cells?.[position];
	return typeof name === 'string' ? {name, ...(namespace === undefined ? {} : {namespace})} : undefined;
}

function cellsOf(served: readonly unknown[], name: string, intern: Intern): readonly PrintedCell[] {
	return served.map(cell => {
		if (cell === null || cell === undefined) return undefined;
		if (typeof cell === 'string') return cell === name ? name : intern.text(cell);
		if (typeof cell === 'number' || typeof cell === 'boolean') return cell;
		return intern.text(Array.isArray(cell) ? cell.map(textOf).join(',') : JSON.stringify(cell));
	});
}

function textOf(value: unknown): string {
	return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
