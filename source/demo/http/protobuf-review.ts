import type {JsonObject} from '../json.ts';
import {badRequest} from '../status-error.ts';

/** The length-delimited fields of one protobuf message by number; other wire types do not occur in reviews. */
type Fields = ReadonlyMap<number, Buffer>;

const magic = Buffer.from('k8s\u0000');

function varint(bytes: Buffer, offset: number): readonly [value: number, next: number] {
	let value = 0;
	for (let shift = 0, at = offset; at < bytes.length; shift += 7, at += 1) {
		const byte = bytes[at] ?? 0;
		value += (byte & 0x7f) * 2 ** shift;
		if (byte < 0x80) return [value, at + 1];
	}
	throw badRequest('proto: unexpected end of a number');
}

function fieldsOf(bytes: Buffer | undefined): Fields {
	const fields = new Map<number, Buffer>();
	if (bytes === undefined) return fields;
	for (let offset = 0; offset < bytes.length; ) {
		const [tag, afterTag] = varint(bytes, offset);
		const [length, start] = varint(bytes, afterTag);
		if ((tag & 7) === 2) fields.set(tag >> 3, bytes.subarray(start, start + length));
		offset = (tag & 7) === 2 ? start + length : start;
	}
	return fields;
}

function texts(fields: Fields, names: readonly string[]): JsonObject {
	return Object.fromEntries(names.map((name, index) => [name, fields.get(index + 1)?.toString('utf8') ?? '']));
}

/**
 * The spec of a self-subject review that kubectl sends as Protobuf, as JSON. The numbers are those of k8s.io/api authorization/v1/generated.proto inside
 * apimachinery's runtime.Unknown. Throws 400 for bytes that are none.
 */
export function reviewInProtobuf(body: Buffer): JsonObject {
	if (!body.subarray(0, magic.length).equals(magic)) throw badRequest('the body is not Kubernetes Protobuf');
	const envelope = fieldsOf(body.subarray(magic.length));
	const kind = fieldsOf(envelope.get(1)).get(2)?.toString('utf8') ?? '';
	const spec = fieldsOf(fieldsOf(envelope.get(2)).get(2));
	if (kind === 'SelfSubjectRulesReview') return {spec: texts(spec, ['namespace'])};
	const path = spec.get(2);
	if (path !== undefined) return {spec: {nonResourceAttributes: texts(fieldsOf(path), ['path', 'verb'])}};
	const resourceAttributes = texts(fieldsOf(spec.get(1)), ['namespace', 'verb', 'group', 'version', 'resource', 'subresource', 'name']);
	return {spec: {resourceAttributes}};
}
