import type {StoredObject} from './stored-object.ts';

/** One entry of a Table's columnDefinitions. */
export type Column = Readonly<{
	name: string;
	type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
	format: string;
	description: string;
	priority: number;
}>;

export type Cell = string | number | boolean | null;

/** What a printer may ask for: everything that depends on the moment. */
export type Printing = Readonly<{
	now: number;
	/** `5m12s` since an RFC 3339 time; `<unknown>` without one. */
	since(time: unknown): string;
	/** The time between two moments as an age, in milliseconds since the epoch; without an end until now. */
	between(start: unknown, end: unknown): string;
}>;

export type Subresource = Readonly<{name: string; verbs: readonly string[]; kind?: string; group?: string; version?: string}>;

/** One kind of resource: what discovery says of it and how its Table is printed. */
export type DemoKind = Readonly<{
	group: string;
	version: string;
	plural: string;
	singular: string;
	kind: string;
	namespaced: boolean;
	shortNames?: readonly string[];
	categories?: readonly string[];
	/** All of them where missing. */
	verbs?: readonly string[];
	subresources?: readonly Subresource[];
	/** Without them the generic converter prints: Name and Created At. */
	columns?: readonly Column[];
	cells?(object: StoredObject, printing: Printing): readonly Cell[];
	/** The values of the field labels that a selector may name, beyond metadata.name and metadata.namespace. */
	fields?(object: StoredObject): Readonly<Record<string, string>>;
	/** Of a row whose object has come to its end, as the condition `Completed` says it. */
	completed?(object: StoredObject): Readonly<{reason: string; message: string}> | undefined;
	/** false: its watches go straight to etcd and never carry a bookmark. */
	bookmarks?: boolean;
	/** Stored nowhere: made of other objects when it is asked for. */
	isComputed?: boolean;
	/** Defined by a CustomResourceDefinition. */
	custom?: boolean;
	/** The qualified name of the kind whose stored objects this one shows, and how. */
	sameAs?: Readonly<{plural: string; convert(object: StoredObject): StoredObject}>;
}>;

export const allVerbs: readonly string[] = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
export const status: Subresource = {name: 'status', verbs: ['get', 'patch', 'update']};
export const scale: Subresource = {name: 'scale', verbs: ['get', 'patch', 'update'], kind: 'Scale', group: 'autoscaling', version: 'v1'};

type ColumnOptions = Readonly<{type?: Column['type']; format?: string; wide?: boolean; description?: string}>;

/** A column definition; without options a text that is always shown. */
export function column(name: string, options: ColumnOptions = {}): Column {
	return {
		name,
		type: options.type ?? 'string',
		format: options.format ?? '',
		description: options.description ?? name,
		priority: options.wide === true ? 1 : 0,
	};
}

export const nameColumn: Column = column('Name', {format: 'name', description: 'The name of the object, unique among its kind in its namespace.'});
export const ageColumn: Column = column('Age', {description: 'The time since the object was created.'});
