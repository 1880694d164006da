// Anything but printable ASCII and tabs: nearly no line has one.
const special = /[^\t\x20-\x7e]/;
/** CSI, strings with their text, other escapes; each in its 8-bit form as well (ECMA-48 5.4). */
const escapes =
	/(?:\x1b\[|\x9b)([0-9;:]*)m|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])(?:[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c))?|\x1b[ -/]*[0-~]|\x1b/g;
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
const bidi = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const reset = '\x1b[0m';

/** A line that may go to a terminal as it is: its colours (SGR) are kept and end with it, every other escape sequence and control byte is gone. */
export function terminalText(line: string): string {
	if (!special.test(line)) return line;
	const parts: string[] = [];
	let at = 0;
	let isStyled = false;
	for (const match of line.matchAll(escapes)) {
		parts.push(plain(line.slice(at, match.index)));
		at = match.index + match[0].length;
		if (match[1] === undefined) continue;
		isStyled = true;
		parts.push(`\x1b[${match[1]}m`);
	}
	parts.push(plain(line.slice(at)));
	return parts.join('') + (isStyled ? reset : '');
}

function plain(text: string): string {
	return text.replace(/\r+$/, '').replace(controls, ' ').replace(bidi, '');
}
