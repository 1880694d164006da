import type {Tone} from './tone.ts';

/** A run of text with one look. Text is already free of control bytes (core/text.ts). */
export type Span = Readonly<{
	text: string;
	tone?: Tone;
	bold?: boolean;
	underline?: boolean;
	inverse?: boolean;
	/** Part of the cursor's row, where only part of the line is. */
	selected?: boolean;
	/** A changed value, for a second. */
	flash?: boolean;
}>;
/** One line of the screen, before it has a width and colours. */
export type Line = readonly Span[];

/** A span in a few letters: `span('Ready', 'ok')`. */
export function span(text: string, tone?: Tone): Span {
	return tone === undefined ? {text} : {text, tone};
}

/** The text of a line, without its look. */
export function plain(line: Line): string {
	return line.map(part => part.text).join('');
}
