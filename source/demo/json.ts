/** A JSON value, never changed once it is in the store. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = {readonly [key: string]: Json | undefined};

export function isRecord(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
	return Array.isArray(value);
}

/** What stands at a path of field names; undefined where one of them is missing. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
	let current = value;
	for (const key of path) {
		if (!isRecord(current)) return undefined;
		current = current[key];
	}
	return current;
}

/** The text at a path; '' where there is none, as Go's zero value. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string {
	const found = at(value, ...path);
	return typeof found === 'string' ? found : '';
}

/** The number at a path; 0 where there is none, as Go's zero value. */
export function numberAt(value: Json | undefined, ...path: readonly string[]): number {
	const found = at(value, ...path);
	return typeof found === 'number' ? found : 0;
}

/** The list at a path; empty where there is none. */
export function listAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
	const found = at(value, ...path);
	return isList(found) ? found : [];
}

/** The records of the list at a path. */
export function recordsAt(value: Json | undefined, ...path: readonly string[]): readonly JsonObject[] {
	return listAt(value, ...path).filter(isRecord);
}

/** The record at a path; empty where there is none. */
export function recordAt(value: Json | undefined, ...path: readonly string[]): JsonObject {
	const found = at(value, ...path);
	return isRecord(found) ? found : {};
}

/** The texts of a record: labels, selectors, annotations. */
export function textsAt(value: Json | undefined, ...path: readonly string[]): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(recordAt(value, ...path)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The parsed text as JSON; throws a SyntaxError where it is none. */
export function parseJson(source: string): Json {
	// JSON.parse yields exactly what Json describes.
	return JSON.parse(source) as Json;
}

/** Whether two values say the same: the order of fields and fields that are undefined do not count. */
export function isEqual(one: Json | undefined, other: Json | undefined): boolean {
	if (one === other) return true;
	if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((entry, index) => isEqual(entry, other[index]));
	if (!isRecord(one) || !isRecord(other)) return false;
	return [...new Set([...Object.keys(one), ...Object.keys(other)])].every(key => isEqual(one[key], other[key]));
}
