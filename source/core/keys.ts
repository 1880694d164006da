import {graphemes} from './text.ts';

/** One key as the keymap names it: `j`, `G`, `ctrl-d`, `alt-x`, `enter`, `esc`, `tab`, `shift-tab`, `space`, `left`, `shift-left`, `pageup`. */
export type Chord = string;
/** A chord, or a text that was pasted as a whole and is never read as keys. */
export type Key = Chord | Readonly<{paste: string}>;

/** What Ink's `useInput` says beside the text (its `key` argument); `paste`: the chunk came through `usePaste`. */
export type KeyFlags = Readonly<{
	upArrow?: boolean;
	downArrow?: boolean;
	leftArrow?: boolean;
	rightArrow?: boolean;
	pageDown?: boolean;
	pageUp?: boolean;
	home?: boolean;
	end?: boolean;
	return?: boolean;
	escape?: boolean;
	ctrl?: boolean;
	shift?: boolean;
	tab?: boolean;
	backspace?: boolean;
	delete?: boolean;
	meta?: boolean;
	eventType?: string | undefined;
	paste?: boolean;
}>;

/** `pending`: an unfinished sequence, to be handed in with the next chunk. */
export type SplitKeys = Readonly<{chords: readonly Key[]; pending: string}>;

const esc = '\x1b';
const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';
// No terminal answers with more; beyond it a string without an end is thrown away.
const pendingLimit = 4096;

const flagNames = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['tab', 'tab'],
	['backspace', 'backspace'],
	['delete', 'delete'],
] as const satisfies ReadonlyArray<readonly [keyof KeyFlags, string]>;

/** Finals of `CSI 1;m X` and `SS3 X`. */
const letterKeys: Readonly<Record<string, string>> = {A: 'up', B: 'down', C: 'right', D: 'left', F: 'end', H: 'home', M: 'enter', Z: 'shift-tab'};
/** Numbers of `CSI n;m ~`. */
const numberKeys: Readonly<Record<string, string>> = {1: 'home', 2: 'insert', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end'};

/**
 * The keys in a chunk of input, in order. Takes what Ink's `useInput` delivers (several typed keys may come as one text, `:po\r`
 * without a return flag) as well as raw terminal bytes, after what is pending. Answers of the terminal (OSC, DCS, CSI reports) are dropped. Never throws.
 */
export function splitKeys(chunk: string, flags: KeyFlags = {}, pending = ''): SplitKeys {
	if (flags.eventType === 'release') return {chords: [], pending};
	if (flags.paste) return {chords: [...flushKeys(pending), {paste: pasted(chunk)}], pending: ''};
	const named = namedChord(chunk, flags);
	if (named !== undefined) return {chords: [...flushKeys(pending), ...named], pending: ''};
	// Ink takes the escape off: `alt-x`, but also the first two bytes of an OSC or DCS answer it does not know.
	if (flags.meta) return splitText(pending + esc + chunk);
	// A CSI it does not know arrives without its escape, always alone: `[?62;c`, `[24;80R`. Typed text never has this form at once.
	if (pending === '' && /^\[(?:[IO]|[?<=>][\d;:]*[ -/]*[@-~]|\d[\d;:]*[ -/]*[@-~])$/.test(chunk)) return {chords: [], pending: ''};
	return splitText(pending + chunk);
}

/** The keys of an unfinished sequence when nothing follows it: a lone escape is Esc, the start of an answer is nothing. */
export function flushKeys(pending: string): readonly Chord[] {
	if (pending === esc) return ['esc'];
	return /^\x1b[\]P_]$/.test(pending) ? [`alt-${pending.slice(1)}`] : [];
}

/** What the flags alone say; undefined: the text says it. */
function namedChord(chunk: string, flags: KeyFlags): readonly Chord[] | undefined {
	if (flags.escape) return flags.meta ? ['esc', 'esc'] : ['esc'];
	const found = flagNames.find(([flag]) => flags[flag] === true);
	if (found !== undefined) return [withModifiers(found[1], flags)];
	return flags.ctrl && graphemes(chunk).length === 1 ? [withModifiers(chord(chunk), flags)] : undefined;
}

function withModifiers(name: string, flags: Readonly<{ctrl?: boolean; meta?: boolean; shift?: boolean}>): Chord {
	const shift = flags.shift && name.length > 1 && !name.startsWith('shift-') && name !== 'space' ? 'shift-' : '';
	return `${flags.ctrl ? 'ctrl-' : ''}${flags.meta ? 'alt-' : ''}${shift}${name}`;
}

/** The chord of one grapheme cluster or control byte. */
function chord(cluster: string): Chord {
	if (cluster === '\r' || cluster === '\n' || cluster === '\r\n') return 'enter';
	if (cluster === '\t') return 'tab';
	if (cluster === ' ') return 'space';
	if (cluster === '\b' || cluster === '\x7f') return 'backspace';
	const code = cluster.charCodeAt(0);
	if (code === 0) return 'ctrl-space';
	if (code <= 26) return `ctrl-${String.fromCharCode(code + 96)}`;
	return code < 32 ? `ctrl-${String.fromCharCode(code + 64)}` : cluster;
}

function splitText(text: string): SplitKeys {
	const chords: Key[] = [];
	let at = 0;
	while (at < text.length) {
		const next = text.indexOf(esc, at);
		const plain = next < 0 ? text.slice(at) : text.slice(at, next);
		for (const cluster of graphemes(plain)) chords.push(chord(cluster));
		if (next < 0) break;
		const sequence = readSequence(text, next);
		if (sequence === 'unfinished') {
			const rest = text.slice(next);
			// A paste may be long; it ends with its own mark.
			return {chords, pending: rest.length > pendingLimit && !rest.startsWith(pasteStart) ? '' : rest};
		}
		chords.push(...sequence.keys);
		at = sequence.end;
	}
	return {chords, pending: ''};
}

type Sequence = Readonly<{keys: readonly Key[]; end: number}> | 'unfinished';

/** The sequence that begins with the escape at `from`. */
function readSequence(text: string, from: number): Sequence {
	const introducer = text[from + 1];
	if (introducer === undefined) return 'unfinished';
	if (introducer === esc) return {keys: ['esc'], end: from + 1};
	if (introducer === '[') return readCsi(text, from);
	if (introducer === 'O') return readSs3(text, from);
	if (introducer === ']' || introducer === 'P' || introducer === '_') return readString(text, from, introducer);
	const cluster = graphemes(text.slice(from + 1, from + 17))[0] ?? introducer;
	return {keys: [`alt-${chord(cluster)}`], end: from + 1 + cluster.length};
}

function readCsi(text: string, from: number): Sequence {
	if (text.startsWith(pasteStart, from)) {
		const start = from + pasteStart.length;
		const end = text.indexOf(pasteEnd, start);
		return end < 0 ? 'unfinished' : {keys: [{paste: pasted(text.slice(start, end))}], end: end + pasteEnd.length};
	}
	const match = /^\x1b\[([0-?]*)([ -/]*)([@-~])/.exec(text.slice(from, from + 64));
	if (match !== null) return {keys: csiKeys(match[1] ?? '', match[3] ?? ''), end: from + match[0].length};
	// Not a sequence after all: an Esc and then what was typed.
	return /^\x1b\[[0-?]*[ -/]*$/.test(text.slice(from)) ? 'unfinished' : {keys: ['esc'], end: from + 1};
}

function csiKeys(parameters: string, final: string): readonly Chord[] {
	const [first = '', second = ''] = parameters.split(';');
	const name = final === '~' ? numberKeys[first] : first === '' || first === '1' ? letterKeys[final] : undefined;
	if (name === undefined || !/^[\d;]*$/.test(parameters)) return [];
	// xterm: 1 + shift 1, alt 2, ctrl 4.
	const bits = Math.max(0, (Number.parseInt(second, 10) || 1) - 1);
	return [withModifiers(name, {shift: (bits & 1) > 0, meta: (bits & 2) > 0, ctrl: (bits & 4) > 0})];
}

function readSs3(text: string, from: number): Sequence {
	const final = text[from + 2];
	if (final === undefined) return 'unfinished';
	const name = letterKeys[final];
	// F1 to F4 have no meaning here and are dropped; anything else was Alt and a letter.
	if (name !== undefined) return {keys: [name], end: from + 3};
	return /[P-S]/.test(final) ? {keys: [], end: from + 3} : {keys: ['alt-O'], end: from + 2};
}

/** Answers begin like this; anything else after the introducer was Alt and that key. */
const answerStarts: Readonly<Record<string, RegExp>> = {']': /[\dlL]/, P: /[\d>!$+]/, _: /G/};

function readString(text: string, from: number, introducer: string): Sequence {
	const first = text[from + 2];
	if (first === undefined) return 'unfinished';
	if (!answerStarts[introducer]?.test(first)) return {keys: [`alt-${introducer}`], end: from + 2};
	for (let at = from + 2; at < text.length; at++) {
		const character = text[at];
		if (character === '\x07' || character === '\x9c') return {keys: [], end: at + 1};
		if (character === esc) {
			if (at + 1 === text.length) return 'unfinished';
			return {keys: [], end: text[at + 1] === '\\' ? at + 2 : at};
		}
		// A return can only have been typed: give the keys back.
		if (character === '\r' || character === '\n') return {keys: [`alt-${introducer}`], end: from + 2};
	}
	return 'unfinished';
}

/** Pasted text without what could act on a terminal; line ends are `\n`. */
function pasted(text: string): string {
	return text.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');
}

const modifiers: Readonly<Record<string, string>> = {ctrl: 'ctrl', control: 'ctrl', c: 'ctrl', alt: 'alt', meta: 'alt', m: 'alt', shift: 'shift', s: 'shift'};
const names: Readonly<Record<string, string>> = {
	return: 'enter',
	escape: 'esc',
	pgup: 'pageup',
	pgdn: 'pagedown',
	pgdown: 'pagedown',
	del: 'delete',
	ins: 'insert',
	blank: 'space',
};
const knownNames = new Set([
	'enter',
	'esc',
	'tab',
	'space',
	'backspace',
	'delete',
	'insert',
	'up',
	'down',
	'left',
	'right',
	'pageup',
	'pagedown',
	'home',
	'end',
]);

/** A key as people write it (`Ctrl-K`, `ctrl+k`, `S-Tab`, `PgDn`) as a chord; undefined: there is no such key. */
export function parseChord(text: string): Chord | undefined {
	const parts = text.length === 1 ? [text] : text.split(/[-+](?=.)/);
	const last = parts.at(-1) ?? '';
	const held = new Set<string>();
	for (const part of parts.slice(0, -1)) {
		const modifier = modifiers[part.toLowerCase()];
		if (modifier === undefined) return undefined;
		held.add(modifier);
	}
	const lower = names[last.toLowerCase()] ?? last.toLowerCase();
	const known = knownNames.has(lower);
	if (!known && graphemes(last).length !== 1) return undefined;
	// Terminals send the same byte for Ctrl and a letter of either case, and Shift as the capital itself.
	const base = known ? lower : held.has('ctrl') ? last.toLowerCase() : held.has('shift') ? last.toUpperCase() : last === ' ' ? 'space' : last;
	const shift = held.has('shift') && known ? 'shift-' : '';
	return `${held.has('ctrl') ? 'ctrl-' : ''}${held.has('alt') ? 'alt-' : ''}${shift}${base}`;
}
