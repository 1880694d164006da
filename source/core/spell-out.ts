import {type Flag, flags} from './flags.ts';
import {likelyWord, proposal} from './proposal.ts';
import {storyNames} from './story-names.ts';

/** The command line in its long form, or the one sentence that says what is wrong with it. */
export type SpelledOut = Readonly<{ok: true; argv: readonly string[]}> | Readonly<{ok: false; refusal: string}>;

class Refusal extends Error {}

type Spelled = Readonly<{flags: Map<string, readonly string[]>; words: string[]; rest: string[]}>;

/**
 * The command line with every flag as `--name` or `--name=value` and all words behind `--`: short flags alone, joined
 * (`-Aw`) and with their value glued on (`-ojson`) as kubectl takes them, `--sort -restarts`, `--demo` with and without a story.
 * Refuses flags that do not exist, with the nearest one that does, and flags whose value is missing.
 */
export function spellOut(argv: readonly string[]): SpelledOut {
	const spelled: Spelled = {flags: new Map(), words: [], rest: [...argv]};
	try {
		for (let token = spelled.rest.shift(); token !== undefined; token = spelled.rest.shift()) {
			if (token === '--') spelled.words.push(...spelled.rest.splice(0));
			else if (token.startsWith('--')) takeLong(token, spelled);
			else if (token.startsWith('-') && token.length > 1) takeShort(token, spelled);
			else spelled.words.push(token);
		}
	} catch (error) {
		if (error instanceof Refusal) return {ok: false, refusal: error.message};
		throw error;
	}
	const spelledFlags = [...spelled.flags.values()].flat();
	return {ok: true, argv: spelled.words.length === 0 ? spelledFlags : [...spelledFlags, '--', ...spelled.words]};
}

function takeLong(token: string, spelled: Spelled): void {
	const [, name = '', given] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(token) ?? [];
	const flag = flags.find(one => one.name === name);
	if (!flag)
		throw new Refusal(
			`There is no flag --${name}.${proposal(name, flagNames(), '--')}${likelyWord(name, flagNames()) === undefined ? ' k8tui --help lists them.' : ''}`,
		);
	if (flag.takes === 'nothing') {
		if (given !== undefined && given !== 'true' && given !== 'false') throw new Refusal(`--${name} takes no value, so =${given} cannot stand behind it.`);
		if (given === 'false') spelled.flags.delete(name);
		else spelled.flags.set(name, [`--${name}`]);
	} else setValue(flag, given ?? following(flag, `--${name}`, spelled), spelled);
}

function takeShort(token: string, spelled: Spelled): void {
	for (let index = 1; index < token.length; index++) {
		const letter = token[index] ?? '';
		const flag = flags.find(one => one.letter === letter);
		if (!flag) throw new Refusal(`There is no flag -${letter}.${proposal(token.slice(1), flagNames(), '--')} k8tui --help lists them.`);
		if (flag.takes === 'nothing') {
			spelled.flags.set(flag.name, [`--${flag.name}`]);
			continue;
		}
		const glued = token.slice(index + 1);
		setValue(flag, glued === '' ? following(flag, `-${letter}`, spelled) : glued.replace(/^=/, ''), spelled);
		return;
	}
}

function following(flag: Flag, spelling: string, spelled: Spelled): string {
	const next = spelled.rest[0];
	if (flag.takes === 'optional') return flag.name === 'demo' && isStory(next) ? (spelled.rest.shift() ?? '') : '';
	if (next === undefined || isFlag(next)) throw new Refusal(`${spelling} needs a value: ${spelling} ${flag.value ?? 'VALUE'}.`);
	spelled.rest.shift();
	return next;
}

/** A word behind `--demo` may be a kind as well; only what reads like a story is one. */
function isStory(word: string | undefined): boolean {
	return word !== undefined && !word.startsWith('-') && likelyWord(word, storyNames) !== undefined;
}

/** `-restarts` behind `--sort` is no flag, `-A` is. */
function isFlag(word: string): boolean {
	if (word === '--') return true;
	if (word.startsWith('--')) return flags.some(flag => flag.name === word.slice(2).split('=')[0]);
	return word.length === 2 && word.startsWith('-') && flags.some(flag => flag.letter === word[1]);
}

/** The last one counts, as with kubectl; of flags that may stand several times all do. */
function setValue(flag: Flag, value: string, spelled: Spelled): void {
	const before = flag.takes === 'many' ? (spelled.flags.get(flag.name) ?? []) : [];
	spelled.flags.set(flag.name, [...before, withValue(flag, value)]);
}

function withValue(flag: Flag, value: string): string {
	// The parser behind meow takes one pair of quotes off a value; this pair is for it.
	const isQuoted = value.length > 0 && (value[0] === '"' || value[0] === "'") && value.at(-1) === value[0];
	return `--${flag.name}=${isQuoted ? `"${value}"` : value}`;
}

function flagNames(): readonly string[] {
	return flags.map(flag => flag.name);
}
