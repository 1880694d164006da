import type {KubeObject} from '../kubernetes.ts';
import {maskSecret} from '../mask-secret.ts';
import {maskOf, maskText, type MaskOptions} from './mask-text.ts';

/** Annotations in which tools keep a copy of the whole object. */
const copies = /last-applied-configuration$|^objectset\.rio\.cattle\.io\/applied$/;

/**
 * An object as people who watch may see it (screens.md 9): data of Secrets, literal values of environment variables and copies of the object in
 * annotations are masked whole, every other text where it holds a secret. Keys, names of variables and structure stay.
 */
export function maskObject<O extends KubeObject>(object: O, options: MaskOptions): O {
	// Same fields, other texts: only strings are replaced by strings.
	return maskValue(maskSecret(object, []), '', options) as O;
}

function maskValue(value: unknown, field: string, options: MaskOptions): unknown {
	if (typeof value === 'string') return copies.test(field) ? maskOf('value', [...value].length) : maskText(value, options);
	if (Array.isArray(value)) return field === 'env' ? value.map(entry => maskVariable(entry, options)) : value.map(entry => maskValue(entry, field, options));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, entry]) => [maskText(name, options), maskField(name, entry, options)]));
}

/** A field whose own name tells that its value is a secret: the name and the value together are what the patterns know. */
function maskField(name: string, value: unknown, options: MaskOptions): unknown {
	if (typeof value !== 'string' || value === '') return maskValue(value, name, options);
	const plain = maskValue(value, name, options);
	if (plain !== value) return plain;
	const together = maskText(`${name}: ${JSON.stringify(value)}`, {patterns: [], addresses: false});
	return together.endsWith(JSON.stringify(value)) ? value : maskOf('value', [...value].length);
}

function maskVariable(entry: unknown, options: MaskOptions): unknown {
	if (typeof entry !== 'object' || entry === null) return entry;
	return Object.fromEntries(
		Object.entries(entry).map(([name, value]) => [
			name,
			name === 'value' && typeof value === 'string' && value !== '' ? maskOf('value', [...value].length) : maskValue(value, name, options),
		]),
	);
}
