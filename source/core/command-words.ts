/** A word of the prompt, unquoted, and where it stands in the text as typed. */
export type CommandWord = Readonly<{text: string; from: number; to: number; quoted: boolean}>;

/** The words of a line: parted by blanks, `'…'` and `"…"` held together (also inside a word). A quote without an end runs to the end. */
export function commandWords(line: string): readonly CommandWord[] {
	const words: CommandWord[] = [];
	for (const match of line.matchAll(/(?:[^\s"']|"[^"]*(?:"|$)|'[^']*(?:'|$))+/g)) {
		const text = match[0].replace(/"([^"]*)(?:"|$)|'([^']*)(?:'|$)/g, (_, double: string | undefined, single: string | undefined) => double ?? single ?? '');
		words.push({text, from: match.index, to: match.index + match[0].length, quoted: text !== match[0]});
	}
	return words;
}
