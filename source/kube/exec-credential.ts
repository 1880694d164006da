import {isTokenText} from './token-text.ts';

/** What a plugin answered, checked. `expiresAt` in ms since the epoch. */
export type ExecCredential = Readonly<{token?: string; certificate?: string; key?: string; expiresAt?: number}>;

/**
 * Reads an exec plugin's output, an ExecCredential of the version asked for. Throws an Error whose message ends the sentence
 * "the plugin ran, but ..."; the output itself is never quoted, it may hold a token. Rules: client-go exec.go `refreshCredsLocked`.
 */
export function parseExecCredential(output: string, apiVersion: string): ExecCredential {
	if (output.trim() === '') throw new Error('it printed nothing');
	let answer: unknown;
	try {
		answer = JSON.parse(output);
	} catch {
		throw new Error('what it printed is not JSON');
	}
	const kind = fieldOf(answer, 'kind');
	if (kind !== 'ExecCredential')
		throw new Error(`it printed ${typeof kind === 'string' ? `a ${kind.slice(0, 60)}` : 'JSON without a kind'}, not an ExecCredential`);
	const version = fieldOf(answer, 'apiVersion');
	if (version !== apiVersion)
		throw new Error(`it answered in ${typeof version === 'string' ? version.slice(0, 60) : 'no apiVersion'}, and ${apiVersion} is configured`);
	const status = fieldOf(answer, 'status');
	if (typeof status !== 'object' || status === null) throw new Error('its ExecCredential has no status');
	return readStatus(status);
}

function readStatus(status: object): ExecCredential {
	const token = textField(status, 'token')?.trim();
	const certificate = textField(status, 'clientCertificateData');
	const key = textField(status, 'clientKeyData');
	if (certificate !== undefined && key === undefined) throw new Error('it gave a client certificate without its key');
	if (certificate === undefined && key !== undefined) throw new Error('it gave a client key without its certificate');
	if (token === undefined && certificate === undefined) throw new Error('it gave neither a token nor a client certificate');
	if (token !== undefined && !isTokenText(token)) throw new Error('its token has several lines or signs that no token has');
	const expires = textField(status, 'expirationTimestamp');
	const expiresAt = expires === undefined ? undefined : Date.parse(expires);
	if (expiresAt !== undefined && Number.isNaN(expiresAt)) throw new Error('its expirationTimestamp is not a time');
	return {
		...(token === undefined ? {} : {token}),
		...(certificate === undefined || key === undefined ? {} : {certificate, key}),
		...(expiresAt === undefined ? {} : {expiresAt}),
	};
}

function textField(value: object, key: string): string | undefined {
	const found = fieldOf(value, key);
	if (found === undefined || found === null || found === '') return undefined;
	if (typeof found !== 'string') throw new Error(`its status.${key} is not text`);
	return found;
}

function fieldOf(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
