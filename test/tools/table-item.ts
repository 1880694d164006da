import type {Item, KubeObject, Meta, PrintedCell} from '../../source/core/kubernetes.ts';
import type {Beside} from '../../source/core/table.ts';

export type TableItemParts = Readonly<{
	/** Names of the server's columns, in the order of the cells. */
	columns: readonly string[];
	cells: readonly PrintedCell[];
	meta: Meta;
	apiVersion?: string;
	kind?: string;
	/** In object mode. */
	object?: KubeObject;
	printedAt?: number;
	/** Is told every column that is asked for. */
	asked?(column: string): void;
}>;

/** A row of a server Table as the store would hold it. */
export function tableItem(parts: TableItemParts): Item {
	const {columns, cells, meta, object, printedAt, asked} = parts;
	return {
		ref: {
			apiVersion: object?.apiVersion ?? parts.apiVersion ?? 'v1',
			kind: object?.kind ?? parts.kind ?? 'Thing',
			...(meta.namespace === undefined ? {} : {namespace: meta.namespace}),
			name: meta.name,
			...(meta.uid === undefined ? {} : {uid: meta.uid}),
		},
		meta,
		...(object === undefined ? {} : {object}),
		...(printedAt === undefined ? {} : {printedAt}),
		printed(column) {
			asked?.(column);
			const index = columns.findIndex(title => title.toLowerCase() === column.toLowerCase());
			return cells[index];
		},
	};
}

/** Nothing beside has been read. */
export const nothingBeside: Beside = {ready: () => false, find: () => undefined, list: () => []};

/** The kinds named here are read completely, others not at all. */
export function besideOf(kinds: Readonly<Record<string, readonly Item[]>>): Beside {
	const list: Beside['list'] = (plural, namespace) => (kinds[plural] ?? []).filter(({meta}) => namespace === undefined || meta.namespace === namespace);
	return {
		ready: plural => kinds[plural] !== undefined,
		find: (plural, namespace, name) => (kinds[plural] ?? []).find(({meta}) => meta.name === name && meta.namespace === namespace),
		list,
	};
}
