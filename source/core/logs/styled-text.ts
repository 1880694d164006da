import type {Tone} from '../tone.ts';

/** From this character on the text has this look, up to the next run. */
export type StyleRun = Readonly<{from: number; tone?: Tone; bold?: boolean; underline?: boolean; inverse?: boolean}>;

/** A line that can do nothing to a terminal, and the looks that the application gave it, as tones of ours. */
export type StyledText = Readonly<{text: string; runs: readonly StyleRun[]}>;

// Anything but printable ASCII: nearly no line has one, and those that have not are taken as they are.
const special = /[^\x20-\x7e]/;
/**
 * CSI, then the strings (OSC, DCS, SOS, PM, APC) with their text, then two-byte escapes; each in its 8-bit form as well (ECMA-48 5.4).
 * A string without its end takes nothing with it: what follows is text that must be seen.
 */
const escapes =
	/(?:\x1b\[|\x9b)([0-?]*)[ -/]*([@-~])|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])(?:[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c))?|\x1b[ -/]*[0-~]|\x1b/g;
const invisible = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const tabWidth = 4;

/**
 * A line without its escape sequences, control and bidi characters; tabs become blanks, a return inside becomes one blank, so that
 * nothing can write over what stands before it. SGR (ECMA-48 8.3.117) is kept as looks.
 */
export function styledText(raw: string): StyledText {
	if (!special.test(raw)) return {text: raw, runs: []};
	const runs: StyleRun[] = [];
	let text = '';
	let look: Look = plainLook;
	let at = 0;
	for (const match of raw.matchAll(escapes)) {
		text += printable(raw.slice(at, match.index), text.length);
		at = match.index + match[0].length;
		if (match[2] !== 'm') continue;
		look = afterSgr(look, match[1] ?? '');
		addRun(runs, text.length, look);
	}
	text += printable(raw.slice(at), text.length);
	return {text: text.trimEnd(), runs};
}

type Look = Readonly<{tone?: Tone | undefined; bold?: boolean; underline?: boolean; inverse?: boolean}>;
const plainLook: Look = {};

function printable(part: string, column: number): string {
	if (!special.test(part)) return part;
	let text = part.replace(/\r+$/, '').replaceAll('\r', ' ').replace(invisible, '');
	for (let tab = text.indexOf('\t'); tab >= 0; tab = text.indexOf('\t', tab))
		text = text.slice(0, tab) + ' '.repeat(tabWidth - ((column + tab) % tabWidth)) + text.slice(tab + 1);
	return text;
}

function addRun(runs: StyleRun[], from: number, {tone, bold, underline, inverse}: Look): void {
	if (runs.at(-1)?.from === from) runs.pop();
	runs.push({from, ...(tone === undefined ? {} : {tone}), ...(bold ? {bold} : {}), ...(underline ? {underline} : {}), ...(inverse ? {inverse} : {})});
}

/** The eight colours of SGR as what they usually say; both brightnesses mean the same but for black. */
const basic: readonly Tone[] = ['text', 'error', 'ok', 'warning', 'progressing', 'unknown', 'accent', 'text'];

function afterSgr(look: Look, parameters: string): Look {
	const codes = parameters.split(/[;:]/).map(part => (part === '' ? 0 : Number(part)));
	let next = look;
	for (let index = 0; index < codes.length; index++) {
		const code = codes[index] ?? 0;
		if (code === 38 || code === 48) {
			const {tone, used} = extendedColour(codes, index + 1);
			if (code === 38) next = {...next, tone};
			index += used;
		} else next = afterCode(next, code);
	}
	return next;
}

function afterCode(look: Look, code: number): Look {
	if (code === 0) return plainLook;
	if (code === 1) return {...look, bold: true};
	if (code === 2) return {...look, tone: 'muted'};
	if (code === 4) return {...look, underline: true};
	if (code === 7) return {...look, inverse: true};
	if (code === 22) return {...look, bold: false};
	if (code === 24) return {...look, underline: false};
	if (code === 27) return {...look, inverse: false};
	if (code === 39) return {...look, tone: undefined};
	if (code === 90) return {...look, tone: 'muted'};
	if (code >= 30 && code <= 37) return {...look, tone: basic[code - 30]};
	return code >= 91 && code <= 97 ? {...look, tone: basic[code - 90]} : look;
}

/** `5;n` and `2;r;g;b` after 38 or 48: the tone, and how many numbers they took. */
function extendedColour(codes: readonly number[], from: number): Readonly<{tone: Tone | undefined; used: number}> {
	if (codes[from] === 5) return {tone: toneOfIndex(codes[from + 1] ?? 0), used: 2};
	if (codes[from] === 2) return {tone: toneOfColour(codes[from + 1] ?? 0, codes[from + 2] ?? 0, codes[from + 3] ?? 0), used: 4};
	return {tone: undefined, used: 0};
}

function toneOfIndex(index: number): Tone {
	if (index < 16) return index === 8 ? 'muted' : (basic[index % 8] ?? 'text');
	if (index >= 232) return index < 250 ? 'muted' : 'text';
	const cube = index - 16;
	const [red = 0, green = 0, blue = 0] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(step => (step === 0 ? 0 : 55 + 40 * step));
	return toneOfColour(red, green, blue);
}

/** The tone nearest in hue; what has hardly any colour is text, or muted where it is dark. */
function toneOfColour(red: number, green: number, blue: number): Tone {
	const most = Math.max(red, green, blue);
	const spread = most - Math.min(red, green, blue);
	if (spread < 48) return most < 160 ? 'muted' : 'text';
	const sector = most === red ? ((green - blue) / spread + 6) % 6 : most === green ? (blue - red) / spread + 2 : (red - green) / spread + 4;
	return (['error', 'warning', 'ok', 'accent', 'progressing', 'unknown'] as const)[Math.round(sector) % 6] ?? 'text';
}
