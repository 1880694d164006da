import {maskText, plainMask} from '../core/share/mask-text.ts';

/** Names of fields whose value is never written, compared without case, `-` and `_`. */
const secretNames = new Set(
	[
		'authorization',
		'proxy-authorization',
		'cookie',
		'set-cookie',
		'token',
		'access-token',
		'id-token',
		'refresh-token',
		'bearer-token',
		'password',
		'passwd',
		'secret',
		'client-secret',
		'client-key',
		'client-key-data',
		'private-key',
		'passphrase',
		'api-key',
		'stringData',
	].map(plainName),
);

const deepest = 8;
const longest = 4000;

/**
 * A copy fit for the log: values of secret-sounding fields, the data of Secrets, values of environment
 * variables, tokens, private keys and URL passwords are replaced; deep, long and circular values are cut.
 */
export function redact(value: unknown, depth = 0): unknown {
	if (typeof value === 'string') return redactText(value);
	if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') return `[${typeof value}]`;
	if (typeof value !== 'object' || value === null) return value;
	if (depth >= deepest) return '[deeper]';
	if (value instanceof Error) return redactError(value, depth);
	if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
	if (Array.isArray(value)) return value.slice(0, 100).map(entry => redact(entry, depth + 1));
	return redactFields(value, depth);
}

/** One text without tokens, keys and passwords, at most 4,000 characters of it. */
export function redactText(text: string): string {
	const clean = maskText(text.length > longest * 4 ? text.slice(0, longest * 4) : text, plainMask);
	return clean.length > longest ? `${clean.slice(0, longest)}[${text.length - longest} more]` : clean;
}

/** `redact` for what is known to be a record. */
export function redactFields(fields: object, depth: number): Readonly<Record<string, unknown>> {
	const entries = Object.entries(fields);
	const isSecret = entries.some(([name, value]) => name === 'kind' && value === 'Secret');
	return Object.fromEntries(
		entries.map(([name, value]) => {
			if (value === undefined || value === null || value === '') return [name, value];
			if (secretNames.has(plainName(name)) || (isSecret && name === 'data')) return [name, '[redacted]'];
			if (plainName(name) === 'env') return [name, redactEnvironment(value)];
			if (/last-applied-configuration$/.test(name)) return [name, '[redacted]'];
			return [name, redact(value, depth + 1)];
		}),
	);
}

/** `[{name, value}]` of a container or `{NAME: value}` of a process: the names stay. */
function redactEnvironment(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return '[redacted]';
	if (!Array.isArray(value)) return Object.fromEntries(Object.keys(value).map(name => [name, '[redacted]']));
	return value.map((entry: unknown) => {
		if (typeof entry !== 'object' || entry === null || !('name' in entry)) return '[redacted]';
		return 'value' in entry ? {name: entry.name, value: '[redacted]'} : {name: entry.name};
	});
}

function redactError(error: Error, depth: number): unknown {
	return {
		...redactFields(error, depth),
		name: error.name,
		message: redactText(error.message),
		...(error.stack === undefined ? {} : {stack: redactText(error.stack)}),
		...(error.cause === undefined ? {} : {cause: redact(error.cause, depth + 1)}),
	};
}

function plainName(name: string): string {
	return name.toLowerCase().replaceAll(/[-_]/g, '');
}
