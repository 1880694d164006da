import type {ServerColumn} from './feed.ts';
import type {Item, KubeObject, Meta, PrintedCell, Ref} from './kubernetes.ts';

/** The columns of a Table and where each stands; one instance is shared by all rows that were printed with it. */
export class ColumnSet {
	readonly columns: readonly ServerColumn[];
	readonly #positions = new Map<string, number>();

	constructor(columns: readonly ServerColumn[]) {
		this.columns = columns;
		for (const [position, column] of columns.entries()) {
			// The first of two columns with the same name wins, as in kubectl's own look-up.
			for (const name of [column.name, column.name.toLowerCase()]) if (!this.#positions.has(name)) this.#positions.set(name, position);
		}
	}

	/** Where the column stands (by name, case-insensitive); undefined when there is none. */
	position(name: string): number | undefined {
		return this.#positions.get(name) ?? this.#positions.get(name.toLowerCase());
	}

	/** The name column: by format, else by name. */
	namePosition(): number | undefined {
		const byFormat = this.columns.findIndex(column => column.format === 'name');
		return byFormat === -1 ? this.position('name') : byFormat;
	}

	equals(other: ColumnSet): boolean {
		return (
			this.columns.length === other.columns.length &&
			this.columns.every((column, index) => {
				const there = other.columns[index];
				return there !== undefined && column.name === there.name && column.type === there.type && column.priority === there.priority;
			})
		);
	}
}

export type CompactItemParts = Readonly<{ref: Ref; meta: Meta; columns: ColumnSet; cells: readonly PrintedCell[]; object?: KubeObject}>;

/** A row as the store holds it: a class, so that thousands of them share `printed` and their column names. */
export class CompactItem implements Item {
	readonly ref: Ref;
	readonly meta: Meta;
	/** Declared only: a field of its own would be there, undefined, on every row. */
	declare readonly object?: KubeObject;
	readonly #columns: ColumnSet;
	readonly #cells: readonly PrintedCell[];

	constructor(parts: CompactItemParts) {
		this.ref = parts.ref;
		this.meta = parts.meta;
		this.#columns = parts.columns;
		this.#cells = parts.cells;
		if (parts.object !== undefined) this.object = parts.object;
	}

	printed(column: string): PrintedCell {
		const position = this.#columns.position(column);
		return position === undefined ? undefined : this.#cells[position];
	}
}
