import {parseIp} from '../policy/ip-address.ts';

const safe = /^[A-Za-z0-9._:/=@%+,*-]{1,512}$/;
const name = /^[A-Za-z0-9._-]{1,253}$/;
const path = /^\/[A-Za-z0-9._~/=@%+,-]{0,255}$/;

/** `%{http_code}/%{size_download}`: what curl prints at its end. */
const curlFormat = /^(?:%\{[a-z_]+\}\/?)+$/;

/** May this word stand in a line of a shell script as it is? Nothing in it has a meaning there but `*`, which only our own file names use. */
export function isSafeWord(word: string): boolean {
	return safe.test(word) || curlFormat.test(word);
}

/** A name of DNS as we send it: letters, digits, dots, dashes, underscores (diagnosis.md 4.4). */
export function isSafeName(text: string): boolean {
	return name.test(text) && !text.startsWith('-');
}

/** An address that is one. */
export function isSafeAddress(text: string): boolean {
	return parseIp(text) !== undefined && !text.includes('%');
}

/** The path of a URL that needs no quotes; others are not asked. */
export function isSafePath(text: string): boolean {
	return path.test(text);
}
