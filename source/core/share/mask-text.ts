import type {Ref} from '../kubernetes.ts';
import {type SecretPattern, secretPatterns} from './secret-patterns.ts';

export type MaskOptions = Readonly<{
	/** The user's own patterns (setting `share.patterns`). */
	patterns: readonly RegExp[];
	/** `--share=ip`: the last two octets of addresses. */
	addresses: boolean;
	/** `--share=names`: what stands for a name; undefined leaves it. */
	pseudonym?(name: string): string | undefined;
	/** Told of every object that is read. */
	learn?(ref: Ref): void;
}>;

export const plainMask: MaskOptions = {patterns: [], addresses: false};

/** Where a mask stands: `(masked token, 32 chars)`. The kind is left out where it is only a value. */
const masks = /\(masked(?: [a-z ]+)?, \d+ (?:chars?|bytes?)\)/g;

/** What is shown instead of a secret. */
export function maskOf(kind: string, length: number): string {
	return `(masked${kind === 'value' ? '' : ` ${kind}`}, ${length} ${length === 1 ? 'char' : 'chars'})`;
}

/** How many masks stand in a text. */
export function countMasks(text: string): number {
	return text.includes('(masked') ? [...text.matchAll(masks)].length : 0;
}

/**
 * A text without secrets: tokens, private keys, passwords in URLs, authorization headers, and values whose names sound like one, each replaced by
 * its kind and length (screens.md 9). Masking twice changes nothing. It finds what has a known form or a telling name; a bare password does neither.
 */
export function maskText(text: string, options: MaskOptions): string {
	let masked = text;
	if (mayHoldSecret(text)) for (const pattern of secretPatterns) masked = replaceSecrets(masked, pattern);
	for (const pattern of options.patterns) masked = replaceSecrets(masked, {kind: 'value', pattern});
	if (options.addresses) masked = maskAddresses(masked);
	const {pseudonym} = options;
	if (pseudonym) masked = masked.replace(/[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?/g, word => pseudonym(word) ?? word);
	return masked;
}

/** Most cells and lines hold nothing that could be one: told by a cheap look. */
function mayHoldSecret(text: string): boolean {
	return text.length >= 4 && /[=:@$]|eyJ|[-_.](?=[\w-]{8})|akia|asia|bearer|basic|passw|secret|token|negotiate|digest|sk[0-9a-f]|dapi|aiza/i.test(text);
}

function replaceSecrets(text: string, {kind, pattern}: SecretPattern): string {
	return text.replace(pattern, (match: string, ...rest: readonly unknown[]) => {
		const secret = secretOf(rest.at(-1)) ?? match;
		if (secret === '' || isMasked(secret)) return match;
		// From the end: a name in front may hold the same letters.
		const at = match.lastIndexOf(secret);
		return `${match.slice(0, at)}${maskOf(kind, [...secret].length)}${match.slice(at + secret.length)}`;
	});
}

function isMasked(text: string): boolean {
	return text.startsWith('(masked');
}

/** The named groups of a match, where the pattern has any. */
function secretOf(groups: unknown): string | undefined {
	if (typeof groups !== 'object' || groups === null) return undefined;
	const found = Object.values(groups).find(group => typeof group === 'string');
	return typeof found === 'string' ? found : undefined;
}

/** `10.244.2.37` becomes `10.244.x.x`; of an IPv6 address the first two groups stay. Loopback and unspecified addresses tell nothing. */
function maskAddresses(text: string): string {
	return text
		.replace(/(?<![\w.])(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}(?![\w.]*\w)/g, (address, first: string, second: string) =>
			address === '127.0.0.1' || address === '0.0.0.0' ? address : `${first}.${second}.x.x`,
		)
		.replace(/(?<![\w:.])(?=[0-9a-f:]*:[0-9a-f:]*:)([0-9a-f]{1,4}:[0-9a-f]{0,4}):[0-9a-f:]+(?![\w:])/gi, (address, start: string) =>
			/^\d\d?:\d\d(?::\d\d)?$/.test(address) ? address : `${start}:x`,
		);
}
