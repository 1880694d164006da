/**
 * Reading of values whose shape is only promised by a server: every function gives undefined, an empty record or an
 * empty list where the value is missing or of another type, so that a strange object never throws.
 */
export type Fields = Readonly<Record<string, unknown>>;

/** The value as a record; empty when it is none. */
export function fieldsOf(value: unknown): Fields {
	// Checked right here; JSON objects have string keys only.
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The value under a path of keys: `fieldAt(pod, 'spec', 'nodeName')`. */
export function fieldAt(value: unknown, ...path: readonly string[]): unknown {
	return path.reduce((inner, key) => (Object.hasOwn(fieldsOf(inner), key) ? fieldsOf(inner)[key] : undefined), value);
}

/** A text, number or boolean under a path, as text; undefined for anything else and for ''. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
	const found = fieldAt(value, ...path);
	if (typeof found === 'string') return found === '' ? undefined : found;
	return typeof found === 'number' || typeof found === 'boolean' ? String(found) : undefined;
}

/** A number under a path. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
	const found = fieldAt(value, ...path);
	return typeof found === 'number' ? found : undefined;
}

/** The list under a path; empty when there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
	const found = fieldAt(value, ...path);
	return Array.isArray(found) ? found : [];
}

/** The record under a path, as pairs of texts; values of other types are left out. */
export function textPairsAt(value: unknown, ...path: readonly string[]): ReadonlyArray<readonly [string, string]> {
	return Object.entries(fieldsOf(fieldAt(value, ...path))).flatMap(([key, inner]) => (typeof inner === 'string' ? [[key, inner] as const] : []));
}

/** An RFC 3339 time under a path, as ms since the epoch. */
export function timeAt(value: unknown, ...path: readonly string[]): number | undefined {
	const ms = Date.parse(textAt(value, ...path) ?? '');
	return Number.isNaN(ms) ? undefined : ms;
}
