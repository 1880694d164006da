/** xterm and others drop an OSC 52 over 100,000 bytes of base64 and header: so many bytes of text fit. */
export const clipboardLimitBytes = 74_994;

/** GNU screen cuts a device control string at 768 bytes, older ones at 256. */
const screenPartLength = 240;

/**
 * The bytes that ask the terminal to put the text on its clipboard (OSC 52), wrapped for the multiplexer in between;
 * undefined when the text is too long for it. Nothing tells whether the terminal did it.
 */
export function clipboardSequence(text: string, multiplexer?: 'tmux' | 'screen'): string | undefined {
	const bytes = new TextEncoder().encode(text);
	if (bytes.length > clipboardLimitBytes) return undefined;
	const sequence = `\u001b]52;c;${base64(bytes)}\u0007`;
	if (multiplexer === 'tmux') return tmuxSequence(sequence);
	if (multiplexer === 'screen') return screenSequence(sequence);
	return sequence;
}

/** tmux takes the plain one with `set-clipboard on` and the wrapped one with `allow-passthrough on`: both are sent. */
function tmuxSequence(sequence: string): string {
	return `${sequence}\u001bPtmux;${sequence.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`;
}

function screenSequence(sequence: string): string {
	const parts: string[] = [];
	for (let start = 0; start < sequence.length; start += screenPartLength) parts.push(`\u001bP${sequence.slice(start, start + screenPartLength)}\u001b\\`);
	return parts.join('');
}

function base64(bytes: Uint8Array): string {
	let binary = '';
	for (let start = 0; start < bytes.length; start += 8192) binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
	return btoa(binary);
}
