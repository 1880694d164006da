import {fieldAt, fieldsOf} from './field.ts';
import type {KubeObject} from './kubernetes.ts';

/** Annotations in which tools keep a copy of the whole object, the last of them packed. */
const copies: ReadonlySet<string> = new Set(['kubectl.kubernetes.io/last-applied-configuration', 'objectset.rio.cattle.io/applied']);
/** A shorter value would be found by chance in texts that have nothing to do with it. */
const shortestTrace = 4;

/**
 * A Secret whose values are replaced by `(masked, N bytes)`, in `data`, `stringData` and every annotation that holds a
 * copy of one; other objects come back as they are. Keys in `revealed`, all with `*`, come back decoded, binary ones as `(binary, N bytes)`.
 */
export function maskSecret(object: KubeObject, revealed: readonly string[]): KubeObject {
	if (object.kind !== 'Secret' || object.apiVersion !== 'v1') return object;
	const data = fieldsOf(fieldAt(object, 'data'));
	const stringData = fieldsOf(fieldAt(object, 'stringData'));
	const isShown = (key: string): boolean => revealed.includes(key) || revealed.includes('*');
	const traces = [...Object.values(data).flatMap(tracesOf), ...Object.values(stringData).map(String)].filter(trace => trace.length >= shortestTrace);
	return {
		...object,
		metadata: maskMetadata(object.metadata, traces),
		...('data' in object ? {data: mapValues(data, (key, value) => (isShown(key) ? revealedText(value) : masked(byteLength(value))))} : {}),
		...('stringData' in object
			? {stringData: mapValues(stringData, (key, value) => (isShown(key) ? value : masked(new TextEncoder().encode(String(value)).length)))}
			: {}),
	};
}

function masked(bytes: number): string {
	return `(masked, ${bytes} ${bytes === 1 ? 'byte' : 'bytes'})`;
}

function maskMetadata(metadata: KubeObject['metadata'], traces: readonly string[]): KubeObject['metadata'] {
	if (!metadata.annotations) return metadata;
	const annotations = Object.fromEntries(
		Object.entries(metadata.annotations).map(([key, value]) => [
			key,
			copies.has(key) || traces.some(trace => value.includes(trace)) ? `(masked, ${value.length} chars)` : value,
		]),
	);
	return {...metadata, annotations};
}

function mapValues(values: Readonly<Record<string, unknown>>, change: (key: string, value: unknown) => unknown): Record<string, unknown> {
	return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(key, value)]));
}

/** The forms in which a value of `data` could stand elsewhere: as served, and decoded. */
function tracesOf(value: unknown): readonly string[] {
	const bytes = decode(value);
	return bytes === undefined ? [String(value)] : [String(value), new TextDecoder().decode(bytes)];
}

function revealedText(value: unknown): string {
	const bytes = decode(value);
	if (bytes === undefined) return '(not base64)';
	try {
		return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
	} catch {
		return `(binary, ${bytes.length} bytes)`;
	}
}

function byteLength(value: unknown): number {
	return decode(value)?.length ?? String(value).length;
}

/** undefined when the value is not base64. */
function decode(value: unknown): Uint8Array | undefined {
	if (typeof value !== 'string') return undefined;
	try {
		return Uint8Array.from(atob(value), character => character.charCodeAt(0));
	} catch {
		return undefined;
	}
}
