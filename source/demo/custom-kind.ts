import {isRecord, type Json, listAt, recordsAt, textAt} from './json.ts';
import {jsonPath} from './json-path.ts';
import {ageColumn, type Cell, type Column, column, type DemoKind, nameColumn, type Printing, status} from './kind.ts';
import type {StoredObject} from './stored-object.ts';

type PrinterColumn = Readonly<{column: Column; path: string}>;

const columnTypes: readonly Column['type'][] = ['string', 'integer', 'number', 'boolean', 'date'];

function printerColumn(definition: Json): PrinterColumn {
	const type = columnTypes.find(known => known === textAt(definition, 'type')) ?? 'string';
	const wide = isRecord(definition) && typeof definition['priority'] === 'number' && definition['priority'] > 0;
	const options = {type, wide, format: textAt(definition, 'format'), description: textAt(definition, 'description')};
	return {column: column(textAt(definition, 'name'), options), path: textAt(definition, 'jsonPath')};
}

/** One cell by its column's type, null where the path leads nowhere (apiextensions-apiserver tableconvertor.go, cellForJSONValue). */
function customCell(object: StoredObject, {column: {type}, path}: PrinterColumn, printing: Printing): Cell {
	const [value] = jsonPath(object, path);
	if (value === undefined || value === null) return null;
	switch (type) {
		case 'integer':
			return typeof value === 'number' ? Math.trunc(value) : null;
		case 'number':
			return typeof value === 'number' ? value : null;
		case 'boolean':
			return typeof value === 'boolean' ? value : null;
		case 'date':
			return typeof value === 'string' ? (Number.isNaN(Date.parse(value)) ? '<invalid>' : printing.since(value)) : null;
		default:
			return typeof value === 'object' ? JSON.stringify(value) : String(value);
	}
}

function kindOfVersion(definition: StoredObject, version: Json): DemoKind {
	const columns = recordsAt(version, 'additionalPrinterColumns').map(printerColumn);
	const names = isRecord(definition['spec']) ? definition['spec']['names'] : undefined;
	const plural = textAt(names, 'plural');
	const hasStatus = isRecord(version) && isRecord(version['subresources']) && version['subresources']['status'] !== undefined;
	return {
		group: textAt(definition, 'spec', 'group'),
		version: textAt(version, 'name'),
		plural,
		singular: textAt(names, 'singular') || textAt(names, 'kind').toLowerCase(),
		kind: textAt(names, 'kind'),
		namespaced: textAt(definition, 'spec', 'scope') === 'Namespaced',
		shortNames: listAt(names, 'shortNames').map(String),
		categories: listAt(names, 'categories').map(String),
		subresources: hasStatus ? [status] : [],
		columns: columns.length === 0 ? [nameColumn, ageColumn] : [nameColumn, ...columns.map(entry => entry.column)],
		cells: (object, printing) => [
			object.metadata.name,
			...(columns.length === 0 ? [printing.since(object.metadata.creationTimestamp)] : columns.map(entry => customCell(object, entry, printing))),
		],
		custom: true,
	};
}

/** The served kinds of a CustomResourceDefinition, one a version; the storage version first, the others show its objects. */
export function customKinds(definition: StoredObject): readonly DemoKind[] {
	const served = recordsAt(definition, 'spec', 'versions').filter(version => version['served'] !== false);
	const ordered = served.toSorted((one, other) => Number(other['storage'] === true) - Number(one['storage'] === true));
	const [storage, ...others] = ordered.map(version => kindOfVersion(definition, version));
	if (storage === undefined) return [];
	const qualified = `${storage.plural}.${storage.group}`;
	return [
		storage,
		...others.map(kind => ({
			...kind,
			sameAs: {plural: qualified, convert: (object: StoredObject): StoredObject => ({...object, apiVersion: `${kind.group}/${kind.version}`})},
		})),
	];
}
