import type {TextTest} from './query.ts';

// A dot is in every other name and stays literal; k9s takes any of the rest as a regex too.
const regexSigns = /[|^$*+?[\](){}\\]/;

/** Does the text read as a regex, as k9s would take it? */
export function looksLikeRegex(text: string): boolean {
	return regexSigns.test(text);
}

/** Smart case: a capital in the pattern makes it exact. */
function isExact(pattern: string): boolean {
	return pattern !== pattern.toLowerCase();
}

/** Is the pattern in the text? */
export function substringTest(pattern: string): TextTest {
	const exact = isExact(pattern);
	return {mode: 'substring', pattern, test: text => (exact ? text : text.toLowerCase()).includes(pattern)};
}

/** Is the text the pattern? */
export function equalTest(pattern: string): TextTest {
	const exact = isExact(pattern);
	return {mode: 'equal', pattern, test: text => (exact ? text : text.toLowerCase()) === pattern};
}

/** Does the regex match somewhere? undefined: it is not a regex. `flags`: what stands after the last slash. */
export function regexTest(pattern: string, flags = ''): TextTest | undefined {
	try {
		// A class like \D is no capital that somebody typed.
		const exact = isExact(pattern.replace(/\\./g, '')) && !flags.includes('i');
		const regex = new RegExp(pattern, exact ? '' : 'i');
		return {mode: 'regex', pattern, test: text => regex.test(text)};
	} catch {
		return undefined;
	}
}

/** Are the pattern's letters in the text, in order? */
export function fuzzyTest(pattern: string): TextTest {
	const exact = isExact(pattern);
	return {mode: 'fuzzy', pattern, test: text => isSubsequence(pattern, exact ? text : text.toLowerCase())};
}

function isSubsequence(letters: string, text: string): boolean {
	let from = 0;
	for (const letter of letters) {
		const found = text.indexOf(letter, from);
		if (found < 0) return false;
		from = found + letter.length;
	}
	return true;
}
