import type {Target} from './invocation.ts';

/** Kinds and names, or the sentence that says why the words are none. */
export type ReadTargets = Readonly<{ok: true; targets: readonly Target[]}> | Readonly<{ok: false; refusal: string}>;

/**
 * The words of a command line as kubectl reads them (cli-runtime pkg/resource/builder.go): `pods`, `pods,svc`,
 * `pod web-1 web-2`, `pod/web svc/web`. The two forms do not mix.
 */
export function readTargets(words: readonly string[]): ReadTargets {
	if (words.some(word => word.includes('/'))) return pairs(words);
	const [first, ...names] = words;
	if (first === undefined) return {ok: true, targets: []};
	const kinds = first.split(',');
	if (kinds.includes('')) return {ok: false, refusal: `A kind is missing in ${JSON.stringify(first)}: name them as pods,services.`};
	if (names.includes('')) return {ok: false, refusal: 'The name of an object cannot be empty.'};
	return {ok: true, targets: kinds.flatMap(kind => (names.length === 0 ? [{kind}] : names.map(name => ({kind, name}))))};
}

function pairs(words: readonly string[]): ReadTargets {
	const targets: Target[] = [];
	for (const word of words) {
		const [kind, name, ...more] = word.split('/');
		if (name === undefined) return {ok: false, refusal: `${word} stands beside words like kind/name: write it as kind/name too.`};
		if (!kind || !name || more.length > 0 || word.includes(',')) return {ok: false, refusal: `${word} is not kind/name: one kind, a slash and one name.`};
		targets.push({kind, name});
	}
	return {ok: true, targets};
}
