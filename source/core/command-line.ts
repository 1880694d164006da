import {type CommandWord, commandWords} from './command-words.ts';
import {group} from './text.ts';

/**
 * A line of the `:` prompt, read as `kind [namespace] [-l selector] [@context] [/filter]` in any order after the first word.
 * Whether the word is a kind or a command is for the caller, who has the lists: commands look at `word` and `rest` alone.
 */
export type ParsedCommand = Readonly<{
	/** The first word as typed, `deploy` of `deploy/web`; '' for an empty line. */
	word: string;
	/** The first word where it can be a kind: no number. */
	kind?: string;
	/** `kind/name`: the object to open. */
	name?: string;
	namespace?: string;
	/** `-A` or `all`. */
	allNamespaces: boolean;
	/** All selectors of the line, as the API takes them. */
	labelSelector?: string;
	context?: string;
	filter?: string;
	/** `:42`, from 1. */
	row?: number;
	/** The words after the first, unquoted, whatever they mean. */
	rest: readonly string[];
	/** Words that mean nothing after a kind: a second namespace, an unknown flag, a flag without its value. */
	unknown: readonly string[];
}>;

type Found = {namespace?: string; allNamespaces: boolean; selectors: string[]; context?: string; unknown: string[]};

/** Reads a line of the `:` prompt; the colon itself is not part of it. Never fails: what is not understood is in `unknown`. */
export function parseCommand(text: string): ParsedCommand {
	const [first, ...others] = commandWords(text);
	const rest = others.map(word => word.text);
	if (first === undefined) return {word: '', allNamespaces: false, rest, unknown: []};
	if (/^\d+$/.test(first.text)) return {word: first.text, row: Number(first.text), allNamespaces: false, rest, unknown: rest};
	const slash = first.quoted ? -1 : first.text.indexOf('/');
	const word = slash > 0 ? first.text.slice(0, slash) : first.text;
	const name = slash > 0 ? first.text.slice(slash + 1) : '';
	const {words, filter} = splitFilter(text, others);
	const {selectors, ...found} = readWords(words);
	return {
		word,
		kind: word,
		...(name === '' ? {} : {name}),
		...found,
		...(selectors.length === 0 ? {} : {labelSelector: selectors.join(',')}),
		...(filter === undefined ? {} : {filter}),
		rest,
	};
}

/** The filter runs from its slash to the end of the line, as it may hold blanks; only an `@context` after it is not part of it. */
function splitFilter(text: string, words: readonly CommandWord[]): Readonly<{words: readonly CommandWord[]; filter?: string}> {
	const start = words.findIndex(word => text[word.from] === '/');
	const slash = words[start];
	if (slash === undefined) return {words};
	const last = words.at(-1);
	const context = last !== undefined && last !== slash && !last.quoted && /^@./.test(last.text) ? last : undefined;
	const raw = text.slice(slash.from, context?.from ?? text.length).trim();
	// `/^web-\d/` is a regex with its slashes; otherwise the first slash only says that a filter follows.
	const filter = raw.length > 2 && raw.endsWith('/') ? raw : raw.slice(1);
	return {words: [...words.slice(0, start), ...(context === undefined ? [] : [context])], ...(filter === '' ? {} : {filter})};
}

function readWords(words: readonly CommandWord[]): Found {
	const found: Found = {allNamespaces: false, selectors: [], unknown: []};
	for (let at = 0; at < words.length; ) at += readWord(found, words, at);
	return found;
}

/** Reads what begins at a word; how many words that took. */
function readWord(found: Found, words: readonly CommandWord[], at: number): number {
	const word = words[at]?.text ?? '';
	const flag = /^(-[nlA]|--(?:namespace|selector|context|all-namespaces))(?:=(.*))?$/.exec(word);
	if (flag !== null) return readFlag(found, flag, words[at + 1]?.text);
	const set = setAt(words, at);
	if (set !== undefined) {
		found.selectors.push(set.selector);
		return set.words;
	}
	if (/^@./.test(word) && found.context === undefined) found.context = word.slice(1);
	else if (/=/.test(word) && !word.startsWith('-')) found.selectors.push(word);
	else if (word === 'all') found.allNamespaces = true;
	else if (/^[a-z\d]/.test(word) && found.namespace === undefined) found.namespace = word;
	else found.unknown.push(word);
	return 1;
}

function readFlag(found: Found, [word, name, attached]: RegExpExecArray, next: string | undefined): number {
	if (name === '-A' || name === '--all-namespaces') {
		found.allNamespaces = attached !== 'false';
		return 1;
	}
	const value = attached ?? next;
	if (value === undefined || value === '') {
		found.unknown.push(word);
		return 1;
	}
	if (name === '-n' || name === '--namespace') found.namespace = value;
	else if (name === '--context') found.context = value;
	else found.selectors.push(value);
	return attached === undefined ? 2 : 1;
}

/** `app in (a, b)` over several words. */
function setAt(words: readonly CommandWord[], at: number): Readonly<{selector: string; words: number}> | undefined {
	if (!/^(?:not)?in$/.test(words[at + 1]?.text ?? '') || !words[at + 2]?.text.startsWith('(')) return undefined;
	const close = words.findIndex((word, index) => index >= at + 2 && word.text.endsWith(')'));
	if (close < 0) return undefined;
	const list = words
		.slice(at + 2, close + 1)
		.map(word => word.text)
		.join('');
	return {selector: `${words[at]?.text} ${words[at + 1]?.text} ${list}`, words: close - at + 1};
}

export type Counted = Readonly<{text: string; count?: number}>;

/** What the `:` prompt completes with; lists are in the order they are offered in. */
export type CompletionSources = Readonly<{
	kinds: ReadonlyArray<Readonly<{plural: string; singular: string; shortNames: readonly string[]}>>;
	commands: ReadonlyArray<Readonly<{name: string; aliases: readonly string[]}>>;
	/** What may stand after a command. */
	choicesOf(command: string): readonly string[];
	namespaces: readonly string[];
	contexts: readonly string[];
	/** Of the objects that are known. */
	labelKeys: readonly Counted[];
	labelValues(key: string): readonly Counted[];
	/** Names of the objects of a kind, for `kind/`. */
	names?(kind: string): readonly string[];
	/** Oldest first. */
	history?: readonly string[];
}>;

export type Completion = Readonly<{text: string; note: string}>;

/** `from`: where an option's text goes, up to the cursor. `ghost`: what the grey suggestion adds at the cursor. */
export type Completions = Readonly<{from: number; options: readonly Completion[]; ghost?: string}>;

/** Completions of the word before the cursor: commands and kinds, then what may stand at its place (screens.md 6). */
export function completions(text: string, cursor: number, sources: CompletionSources): Completions {
	const before = text.slice(0, cursor);
	const word = /\S*$/.exec(before)?.[0] ?? '';
	const words = commandWords(before.slice(0, before.length - word.length)).map(({text: typed}) => typed);
	const {typed, options} = optionsFor(word, words, sources);
	const ghost = cursor === text.length ? ghostOf(before, typed, options, sources.history ?? []) : undefined;
	return {from: cursor - typed.length, options, ...(ghost === undefined ? {} : {ghost})};
}

type Options = Readonly<{typed: string; options: readonly Completion[]}>;

function optionsFor(word: string, words: readonly string[], sources: CompletionSources): Options {
	const [first] = words;
	if (first === undefined) return firstWord(word, sources);
	const previous = words.at(-1);
	if (previous === '--context') return {typed: word, options: starting(word, sources.contexts.map(uncounted))};
	if (word.startsWith('@')) return {typed: word.slice(1), options: starting(word.slice(1), sources.contexts.map(uncounted))};
	if (previous === '-n' || previous === '--namespace') return {typed: word, options: starting(word, sources.namespaces.map(uncounted))};
	if (sources.commands.some(({name, aliases}) => name === first || aliases.includes(first))) {
		return {typed: word, options: words.length === 1 ? starting(word, sources.choicesOf(first).map(uncounted)) : []};
	}
	const label = /^(?:.*,)?([^,=!]+)!?=([^,]*)$/.exec(word);
	if (label !== null) return {typed: label[2] ?? '', options: starting(label[2] ?? '', sources.labelValues(label[1] ?? ''))};
	if (previous === '-l' || previous === '--selector' || word.includes(',')) {
		const key = word.slice(word.lastIndexOf(',') + 1);
		return {typed: key, options: starting(key, sources.labelKeys)};
	}
	if (word.startsWith('/') || word.startsWith('-')) return {typed: word, options: []};
	const places = [...sources.namespaces, 'all'].map(uncounted);
	return {typed: word, options: [...starting(word, places), ...(word === '' ? [] : starting(word, sources.labelKeys))]};
}

function firstWord(word: string, sources: CompletionSources): Options {
	const slash = word.indexOf('/');
	if (slash > 0) {
		const typed = word.slice(slash + 1);
		return {typed, options: starting(typed, (sources.names?.(word.slice(0, slash)) ?? []).map(uncounted))};
	}
	const known = [
		...sources.commands.map(({name, aliases}) => ({name, aliases})),
		...sources.kinds.map(({plural, singular, shortNames}) => ({name: plural, aliases: [...shortNames, singular]})),
	];
	const wanted = word.toLowerCase();
	const named = known.filter(({name}) => name.startsWith(wanted));
	const aliased = known.filter(entry => !named.includes(entry) && entry.aliases.some(alias => alias.startsWith(wanted)));
	// Somebody who typed a short name in full means that one.
	const exact = [...named, ...aliased].filter(({aliases}) => aliases.includes(wanted));
	const ordered = new Set([...exact, ...named, ...aliased]);
	const options = Array.from(ordered, ({name, aliases}) => ({text: name, note: aliases[0] ?? ''}));
	return {typed: word, options: word === '' ? [] : options.filter(({text}) => text !== word)};
}

function uncounted(text: string): Counted {
	return {text};
}

function starting(typed: string, known: readonly Counted[]): readonly Completion[] {
	return known
		.filter(({text}) => text.toLowerCase().startsWith(typed.toLowerCase()) && text !== typed)
		.map(({text, count}) => ({text, note: count === undefined ? '' : group(count)}));
}

/** The rest of the newest line of the history that begins like this, else of the first option that does. */
function ghostOf(before: string, typed: string, options: readonly Completion[], history: readonly string[]): string | undefined {
	if (before.trim() === '') return undefined;
	const past = history.findLast(line => line.startsWith(before) && line !== before);
	if (past !== undefined) return past.slice(before.length);
	const option = typed === '' ? undefined : options.find(({text}) => text.startsWith(typed));
	return option?.text.slice(typed.length);
}
