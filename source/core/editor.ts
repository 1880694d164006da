import type {Key} from './keys.ts';
import {graphemes} from './text.ts';

/** A line being typed. `cursor`: a UTF-16 index at a grapheme's edge. `history`: oldest first. */
export type EditorState = Readonly<{
	text: string;
	cursor: number;
	history: readonly string[];
	/** The place in the history, and what was typed before going there. */
	recalled?: Readonly<{index: number; draft: string}>;
}>;

/** A line with the cursor at its end. */
export function editorOf(text: string, history: readonly string[] = []): EditorState {
	return {text, cursor: text.length, history};
}

/** The line after a key. Keys that do not edit (Enter, Esc, Tab) leave it as it is, by identity. */
export function edit(state: EditorState, key: Key): EditorState {
	if (typeof key !== 'string') return insert(state, key.paste.replace(/\s*\n\s*/g, ' ').trim());
	const editing = edits[key];
	if (editing !== undefined) return editing(state);
	if (key === 'space') return insert(state, ' ');
	return graphemes(key).length === 1 ? insert(state, key) : state;
}

const edits: Readonly<Record<string, (state: EditorState) => EditorState>> = {
	backspace: state => remove(state, before(state), state.cursor),
	'ctrl-h': state => remove(state, before(state), state.cursor),
	delete: state => remove(state, state.cursor, after(state)),
	'ctrl-d': state => remove(state, state.cursor, after(state)),
	'ctrl-w': state => remove(state, wordStart(state), state.cursor),
	'alt-backspace': state => remove(state, wordStart(state), state.cursor),
	'ctrl-u': state => remove(state, 0, state.cursor),
	'ctrl-k': state => remove(state, state.cursor, state.text.length),
	'ctrl-a': state => at(state, 0),
	home: state => at(state, 0),
	'ctrl-e': state => at(state, state.text.length),
	end: state => at(state, state.text.length),
	left: state => at(state, before(state)),
	'ctrl-b': state => at(state, before(state)),
	right: state => at(state, after(state)),
	'ctrl-f': state => at(state, after(state)),
	'ctrl-left': state => at(state, wordStart(state)),
	'alt-b': state => at(state, wordStart(state)),
	'ctrl-right': state => at(state, wordEnd(state)),
	'alt-f': state => at(state, wordEnd(state)),
	up: state => recall(state, -1),
	'ctrl-p': state => recall(state, -1),
	down: state => recall(state, 1),
	'ctrl-n': state => recall(state, 1),
};

/** The line with a text put in at the cursor. */
export function insert(state: EditorState, text: string): EditorState {
	if (text === '') return state;
	return {text: state.text.slice(0, state.cursor) + text + state.text.slice(state.cursor), cursor: state.cursor + text.length, history: state.history};
}

/** The line with everything from `from` to the cursor replaced: for completions. */
export function replaceFrom(state: EditorState, from: number, text: string): EditorState {
	return {text: state.text.slice(0, from) + text + state.text.slice(state.cursor), cursor: from + text.length, history: state.history};
}

function remove(state: EditorState, from: number, to: number): EditorState {
	if (from === to) return state;
	return {text: state.text.slice(0, from) + state.text.slice(to), cursor: from, history: state.history};
}

function at(state: EditorState, cursor: number): EditorState {
	return cursor === state.cursor ? state : {...state, cursor};
}

function before(state: EditorState): number {
	return state.cursor - (graphemes(state.text.slice(0, state.cursor)).at(-1)?.length ?? 0);
}

function after(state: EditorState): number {
	return state.cursor + (graphemes(state.text.slice(state.cursor))[0]?.length ?? 0);
}

function wordStart(state: EditorState): number {
	return /\S*\s*$/.exec(state.text.slice(0, state.cursor))?.index ?? 0;
}

function wordEnd(state: EditorState): number {
	return state.cursor + (/^\s*\S*/.exec(state.text.slice(state.cursor))?.[0].length ?? 0);
}

/** A step in the history among the lines that begin with what was typed; below the newest is the draft again. */
function recall(state: EditorState, step: -1 | 1): EditorState {
	const draft = state.recalled?.draft ?? state.text;
	let index = (state.recalled?.index ?? state.history.length) + step;
	while (index >= 0 && index < state.history.length && !state.history[index]?.startsWith(draft)) index += step;
	if (index < 0 || (step > 0 && state.recalled === undefined)) return state;
	const text = state.history[index];
	if (text === undefined) return {text: draft, cursor: draft.length, history: state.history};
	return {text, cursor: text.length, history: state.history, recalled: {index, draft}};
}
