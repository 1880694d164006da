import type {Json} from './json.ts';
import {type Cell, column, type DemoKind, nameColumn} from './kind.ts';
import {trackedPrinting} from './printing.ts';
import type {Entry} from './resource-store.ts';
import type {StoredObject} from './stored-object.ts';

/** In which shape a client wants objects. */
export type Form = Readonly<{as: 'object'} | {as: 'metadata'} | {as: 'table'; version: 'v1' | 'v1beta1'; include: 'None' | 'Metadata' | 'Object'}>;

export type ListMeta = Readonly<{resourceVersion?: string; continue?: string; remainingItemCount?: number}>;

const genericColumns = [nameColumn, column('Created At', {type: 'date', description: 'When the object was created, RFC 3339.'})];
const emptyObject: StoredObject = {apiVersion: '', kind: '', metadata: {name: '', uid: '', resourceVersion: '', creationTimestamp: ''}};
const listKinds: Readonly<Record<Form['as'], string>> = {object: 'List', metadata: 'PartialObjectMetadataList', table: 'Table'};

function genericCells(object: StoredObject): readonly Cell[] {
	return [object.metadata.name, object.metadata.creationTimestamp || '0001-01-01T00:00:00Z'];
}

/**
 * Objects as JSON text. Text that stays true is kept: metadata for as long as the object lives, cells until an age in them changes, so that a page of
 * rows costs little more than joining it.
 */
export class Rendering {
	readonly #managed = new WeakMap<object, string>();

	/** A whole list, or the Table of one object. */
	list(kind: DemoKind, entries: Iterable<Entry>, meta: ListMeta, view: Readonly<{form: Form; now: number}>): string {
		const {form} = view;
		const parts: string[] = [];
		if (form.as === 'table') {
			parts.push(
				`{"kind":"Table","apiVersion":"meta.k8s.io/${form.version}","metadata":${JSON.stringify(meta)},"columnDefinitions":${columnsText(kind)},"rows":[`,
			);
		} else {
			const listKind = form.as === 'object' ? `${kind.kind}List` : listKinds[form.as];
			const apiVersion = form.as === 'object' ? apiVersionText(kind) : 'meta.k8s.io/v1';
			parts.push(`{"kind":"${listKind}","apiVersion":"${apiVersion}","metadata":${JSON.stringify(meta)},"items":[`);
		}
		let isFirst = true;
		for (const entry of entries) {
			if (!isFirst) parts.push(',');
			isFirst = false;
			if (form.as === 'table') this.#row(parts, kind, entry, view);
			else this.#item(parts, kind, entry, {as: form.as, isTyped: form.as === 'metadata' || kind.custom === true});
		}
		parts.push(']}');
		return parts.join('');
	}

	/** One object by itself. */
	single(kind: DemoKind, entry: Entry, view: Readonly<{form: Form; now: number}>): string {
		if (view.form.as === 'table') return this.list(kind, [entry], {resourceVersion: entry.object.metadata.resourceVersion}, view);
		const parts: string[] = [];
		this.#item(parts, kind, entry, {as: view.form.as, isTyped: true});
		return parts.join('');
	}

	/** One watch event as a line. Columns come with the first event of a connection only. */
	event(type: string, kind: DemoKind, entry: Entry, view: Readonly<{form: Form; now: number; header: boolean}>): string {
		const parts: string[] = [`{"type":"${type}","object":`];
		if (view.form.as === 'table') {
			const {resourceVersion} = entry.object.metadata;
			parts.push(`{"kind":"Table","apiVersion":"meta.k8s.io/${view.form.version}","metadata":{"resourceVersion":"${resourceVersion}"},`);
			parts.push(`"columnDefinitions":${view.header ? columnsText(kind) : 'null'},"rows":[`);
			this.#row(parts, kind, entry, view);
			parts.push(']}');
		} else this.#item(parts, kind, entry, {as: view.form.as, isTyped: true});
		parts.push('}\n');
		return parts.join('');
	}

	/** A bookmark: nothing but a resourceVersion; as a Table a row printed from an empty object. */
	bookmark(kind: DemoKind, resourceVersion: string, view: Readonly<{form: Form; now: number; header: boolean; isInitialEnd: boolean}>): string {
		const annotations = view.isInitialEnd ? {annotations: {'k8s.io/initial-events-end': 'true'}} : {};
		const metadata = {resourceVersion, ...annotations};
		const partial = `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(metadata)}}`;
		const whole = JSON.stringify({kind: kind.kind, apiVersion: apiVersionText(kind), metadata});
		const {form} = view;
		if (form.as !== 'table') return `{"type":"BOOKMARK","object":${form.as === 'metadata' ? partial : whole}}\n`;
		const shown = form.include === 'Object' ? whole : form.include === 'Metadata' || view.isInitialEnd ? partial : 'null';
		const cells = JSON.stringify((kind.cells ?? genericCells)(emptyObject, trackedPrinting(view.now)));
		const head = `{"kind":"Table","apiVersion":"meta.k8s.io/${form.version}","metadata":{"resourceVersion":"${resourceVersion}"}`;
		return `{"type":"BOOKMARK","object":${head},"columnDefinitions":${view.header ? columnsText(kind) : 'null'},"rows":[{"cells":${cells},"object":${shown}}]}}\n`;
	}

	#row(parts: string[], kind: DemoKind, entry: Entry, view: Readonly<{form: Form; now: number}>): void {
		parts.push('{"cells":', this.#cellsText(kind, entry, view.now));
		const reason = kind.completed?.(entry.object);
		if (reason !== undefined) parts.push(`,"conditions":[${JSON.stringify({type: 'Completed', status: 'True', ...reason})}]`);
		parts.push(',"object":');
		const include = view.form.as === 'table' ? view.form.include : 'Object';
		if (include === 'None') parts.push('null');
		else this.#item(parts, kind, entry, {as: include === 'Metadata' ? 'metadata' : 'object', isTyped: true});
		parts.push('}');
	}

	#cellsText(kind: DemoKind, {object, kept}: Entry, now: number): string {
		if (kept.cellsFrom <= now && now < kept.cellsUntil) return kept.cells;
		const printing = trackedPrinting(now);
		kept.cells = JSON.stringify((kind.cells ?? genericCells)(object, printing));
		kept.cellsFrom = now;
		kept.cellsUntil = printing.validUntil();
		return kept.cells;
	}

	#item(parts: string[], kind: DemoKind, entry: Entry, shape: Readonly<{as: 'object' | 'metadata'; isTyped: boolean}>): void {
		const object = kind.sameAs === undefined ? entry.object : kind.sameAs.convert(entry.object);
		if (shape.as === 'metadata') parts.push('{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",');
		else parts.push(shape.isTyped ? `{"kind":"${object.kind}","apiVersion":"${object.apiVersion}",` : '{');
		parts.push('"metadata":', this.#metaHead(entry));
		const {managedFields} = object.metadata;
		if (managedFields !== undefined) parts.push(',"managedFields":', this.#managedText(managedFields));
		parts.push('}');
		if (shape.as === 'object') {
			const {apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...rest} = object;
			const text = JSON.stringify(rest);
			if (text !== '{}') parts.push(',', text.slice(1, -1));
		}
		parts.push('}');
	}

	/** Metadata without its closing brace and without managedFields, which many objects share. */
	#metaHead({object, kept}: Entry): string {
		if (kept.meta !== undefined) return kept.meta;
		const {managedFields: _managedFields, uid, resourceVersion, ...rest} = object.metadata;
		// What is stored nowhere has neither.
		const stored = {...(uid === '' ? {} : {uid}), ...(resourceVersion === '' ? {} : {resourceVersion})};
		const {name, generateName, namespace, ...others} = rest;
		kept.meta = JSON.stringify({name, generateName, namespace, ...stored, ...others}).slice(0, -1);
		return kept.meta;
	}

	#managedText(managedFields: readonly Json[]): string {
		const known = this.#managed.get(managedFields);
		if (known !== undefined) return known;
		const text = JSON.stringify(managedFields);
		this.#managed.set(managedFields, text);
		return text;
	}
}

function apiVersionText(kind: DemoKind): string {
	return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

function columnsText(kind: DemoKind): string {
	return JSON.stringify(kind.columns ?? genericColumns);
}

/** The columns of a kind, those of the generic converter where it has no printer. */
export function columnsOf(kind: DemoKind): NonNullable<DemoKind['columns']> {
	return kind.columns ?? genericColumns;
}
