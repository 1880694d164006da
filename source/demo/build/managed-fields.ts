import {isRecord, type Json, type JsonObject} from '../json.ts';
import {timestamp} from '../stored-object.ts';

/** The keys by which the server names the entries of a list it owns by entry. */
const entryKeys = ['name', 'type', 'mountPath', 'containerPort', 'uid', 'ip'];

function entryName(entry: JsonObject): string | undefined {
	const key = entryKeys.find(candidate => entry[candidate] !== undefined);
	return key === undefined ? undefined : `k:${JSON.stringify({[key]: entry[key]})}`;
}

/** The fieldsV1 set of a value: `{}` for a leaf or a list owned as a whole. */
function fieldsOf(value: Json | undefined): JsonObject {
	if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, field]) => [`f:${key}`, fieldsOf(field)]));
	if (!Array.isArray(value)) return {};
	const entries = value.filter(isRecord);
	const names = entries.map(entryName);
	if (entries.length === 0 || names.includes(undefined)) return {};
	return Object.fromEntries(entries.map((entry, index) => [names[index] ?? '', {'.': {}, ...fieldsOf(entry)}]));
}

/** One entry of metadata.managedFields, as the server writes it for the fields of `owned`. */
export function managedEntry(manager: string, apiVersion: string, owned: JsonObject, options: Readonly<{at: number; subresource?: string}>): JsonObject {
	return {
		manager,
		operation: 'Update',
		apiVersion,
		time: timestamp(options.at),
		fieldsType: 'FieldsV1',
		fieldsV1: fieldsOf(owned),
		...(options.subresource === undefined ? {} : {subresource: options.subresource}),
	};
}
