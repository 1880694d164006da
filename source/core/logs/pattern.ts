import {readRegex} from './read-regex.ts';

/** Finds a typed text in lines. `/re/` is a regular expression, anything else is found as it is; capitals count only where some were typed. */
export type Pattern = Readonly<{
	source: string;
	test(text: string): boolean;
	/** Where it stands: begin and end of each place, at most `most` of them. */
	places(text: string, most: number): ReadonlyArray<readonly [from: number, to: number]>;
}>;

/** `/re/` without its slashes; undefined: it is plain text. */
export function regexSource(text: string): string | undefined {
	return text.length > 2 && text.startsWith('/') && text.endsWith('/') ? text.slice(1, -1) : undefined;
}

/** The pattern that a text stands for, or why it is no regular expression. */
export function patternOf(text: string): Readonly<{ok: true; pattern: Pattern} | {ok: false; problem: string}> {
	const source = regexSource(text);
	return source === undefined ? {ok: true, pattern: wordPattern(text)} : regexPattern(source);
}

/** A regular expression as typed, by `readRegex`. */
export function regexPattern(source: string): ReturnType<typeof patternOf> {
	const read = readRegex(source, source === source.toLowerCase() ? 'i' : '');
	return read.ok ? {ok: true, pattern: ofRegex(source, read.regex, new RegExp(source, `g${read.regex.flags}`))} : read;
}

function ofRegex(source: string, one: RegExp, all: RegExp): Pattern {
	return {
		source: `/${source}/`,
		test: text => one.test(text),
		places(text, most) {
			const found: Array<readonly [number, number]> = [];
			for (const match of text.matchAll(all)) {
				if (match[0] !== '') found.push([match.index, match.index + match[0].length]);
				if (found.length >= most) break;
			}
			return found;
		},
	};
}

/** Text as it is. */
export function wordPattern(text: string): Pattern {
	const isExact = text !== text.toLowerCase();
	const wanted = isExact ? text : text.toLowerCase();
	// Lower case may change the length of a text in other scripts; then places cannot be told.
	const within = (line: string): string => (isExact ? line : line.toLowerCase());
	return {
		source: text,
		test: line => within(line).includes(wanted),
		places(line, most) {
			const searched = within(line);
			const found: Array<readonly [number, number]> = [];
			if (wanted === '' || searched.length !== line.length) return found;
			for (let at = searched.indexOf(wanted); at >= 0 && found.length < most; at = searched.indexOf(wanted, at + wanted.length))
				found.push([at, at + wanted.length]);
			return found;
		},
	};
}
