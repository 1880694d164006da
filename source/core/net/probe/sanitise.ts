const longestLine = 400;
const mostLines = 200;

/** CSI, OSC, DCS and other sequences, also in their C1 form and without an end. */
const sequences =
	/(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[\x20-\x2f]*[\x30-\x7e]?/g;
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
/** Bidi controls, zero-width and other invisible characters. */
const invisible = /[\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

const secrets: ReadonlyArray<readonly [RegExp, string]> = [
	[/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]'],
	[/(authorization:[ \t]*)[^\r\n]*/gi, '$1[removed]'],
	[/(\bbearer[ \t]+)\S+/gi, '$1[removed]'],
	[/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '[token]'],
	[/((?:password|passwd|token|secret)["']?\s*[=:]\s*)(?:"[^"\n]*"|'[^'\n]*'|[^\s&"',;]+)/gi, '$1[removed]'],
	[/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1[removed]@'],
	[/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '[key id]'],
];

/**
 * Output of a container made fit to be shown: no sequences, no control, bidi or invisible characters (line ends and tabs stay), at most
 * 200 lines of 400 characters, secrets removed. Rules: diagnosis.md 4.6.
 */
export function sanitise(text: string): string {
	let result = text.replace(/\r\n?/g, '\n').replace(sequences, '').replace(controls, '').replace(invisible, '');
	for (const [pattern, instead] of secrets) result = result.replace(pattern, instead);
	const lines = result.split('\n');
	const kept = lines.slice(0, mostLines).map(line => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line));
	if (lines.length > mostLines) kept.push(`(${lines.length - mostLines} more lines)`);
	return kept.join('\n').trim();
}
