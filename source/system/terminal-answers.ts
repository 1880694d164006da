/** What a terminal said when asked; what it did not say is missing. */
export type TerminalAnswers = Readonly<{
	/** Its background, `#rrggbb`, and which kind of theme that wants. */
	background?: string;
	appearance?: 'dark' | 'light';
	/** Cells that a glyph of ambiguous width takes here. */
	ambiguousWidth?: 1 | 2;
	/** It understands mode 2026 (frames shown whole). */
	synchronizedOutput: boolean;
	/** From the question to the first answer. */
	roundTripMs?: number;
	/** What was typed meanwhile: to be put back in front of stdin (`stdin.unshift(typed)`), or it is lost. */
	typed: string;
}>;

export type ParsedAnswers = Omit<TerminalAnswers, 'roundTripMs'> & Readonly<{answers: number; complete: boolean}>;

const escapeByte = '\u001b';
/** Cursor position; mode 2026 report; OSC 11 colour; primary device attributes, the last question. */
const answer = /\u001b\[(\d+);(\d+)R|\u001b\[\?2026;(\d)\$y|\u001b\]11;([^\u0007\u001b]*)(?:\u0007|\u001b\\)|\u001b\[\?([\d;]*)c/g;
/** An answer cut off at the end, or one of a kind that was not asked for. */
const stray = /\u001b\](?:[^\u0007\u001b]*)(?:\u0007|\u001b\\|$)|\u001bP[^\u001b]*(?:\u001b\\|$)|\u001b\[\?[\d;$]*[a-z]?$/g;

/**
 * Finds the answers in all that came from the terminal since it was asked; the rest is typing. Terminals answer in
 * order, so the answer to the last question (device attributes) means that nothing more comes.
 */
export function parseTerminalAnswers(received: string): ParsedAnswers {
	const columns: number[] = [];
	let background: string | undefined;
	let synchronizedOutput = false;
	let complete = false;
	let answers = 0;
	const rest = received.replace(answer, (_, row: string | undefined, column: string | undefined, mode: string | undefined, colour: string | undefined) => {
		answers++;
		if (row !== undefined) columns.push(Number(column));
		else if (mode !== undefined) synchronizedOutput = mode === '1' || mode === '2' || mode === '3';
		else if (colour !== undefined) background = parseColour(colour) ?? background;
		else complete = true;
		return '';
	});
	const width = (columns[1] ?? 0) - (columns[0] ?? 0);
	return {
		answers,
		complete,
		synchronizedOutput,
		typed: rest.includes(escapeByte) ? rest.replace(stray, '') : rest,
		...(background === undefined ? {} : {background, appearance: appearanceOf(background)}),
		...(columns.length === 2 && (width === 1 || width === 2) ? {ambiguousWidth: width} : {}),
	};
}

/** `rgb:1111/1515/1c1c` (1 to 4 hex digits a part), `rgba:` or `#rrggbb` as `#rrggbb`. */
function parseColour(text: string): string | undefined {
	const hex = /^#([0-9a-f]{6})$/i.exec(text)?.[1];
	if (hex !== undefined) return `#${hex.toLowerCase()}`;
	const parts = /^rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})/i.exec(text)?.slice(1);
	if (parts === undefined) return undefined;
	const byte = (part: string) =>
		Math.round((Number.parseInt(part, 16) / (16 ** part.length - 1)) * 255)
			.toString(16)
			.padStart(2, '0');
	return `#${parts.map(byte).join('')}`;
}

/** By relative luminance (WCAG 2): light where black text has more contrast than white text. */
function appearanceOf(background: string): 'dark' | 'light' {
	const channel = (start: number) => {
		const value = Number.parseInt(background.slice(start, start + 2), 16) / 255;
		return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	};
	return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) > 0.179 ? 'light' : 'dark';
}
