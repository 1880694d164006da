const named: Readonly<Record<string, string>> = {
	enter: '\r',
	esc: '\u001b',
	tab: '\t',
	's-tab': '\u001b[Z',
	space: ' ',
	backspace: '\u007f',
	delete: '\u001b[3~',
	insert: '\u001b[2~',
	up: '\u001b[A',
	down: '\u001b[B',
	right: '\u001b[C',
	left: '\u001b[D',
	's-up': '\u001b[1;2A',
	's-down': '\u001b[1;2B',
	's-right': '\u001b[1;2C',
	's-left': '\u001b[1;2D',
	home: '\u001b[H',
	end: '\u001b[F',
	pageup: '\u001b[5~',
	pagedown: '\u001b[6~',
	lt: '<',
};

/**
 * What a terminal sends for keys written as in `:pods<enter>`, `<c-d>`, `<esc>`, `<s-right>`, `<a-x>`.
 * `<lt>` is the character itself. An unknown name throws, so that a typo is not typed.
 */
export function keyBytes(keys: string): string {
	return keys.replaceAll(/<([^<>]+)>/g, (_, name: string) => {
		const known = named[name.toLowerCase()];
		if (known !== undefined) return known;
		const control = /^c-([a-z@[\]\\^_])$/i.exec(name)?.[1];
		if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f);
		const alt = /^a-(.)$/i.exec(name)?.[1];
		if (alt !== undefined) return `\u001b${alt}`;
		throw new Error(`Unknown key <${name}>`);
	});
}

/** Text as a terminal pastes it while bracketed paste is on. */
export function pasteBytes(text: string): string {
	return `\u001b[200~${text}\u001b[201~`;
}
