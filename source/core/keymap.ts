import {type Chord, parseChord} from './keys.ts';

/** Keys (one chord or a sequence parted by blanks, `g g`) that do an action on a kind of screen or on `any`. */
export type Binding = Readonly<{keys: string; action: string; on: string}>;

/** The bindings that actions come with: each of their keys on each of their screens. */
export function bindingsOf(actions: ReadonlyArray<Readonly<{id: string; keys: readonly string[]; on: readonly string[]}>>): readonly Binding[] {
	return actions.flatMap(({id, keys, on}) => keys.flatMap(chords => on.map(screen => ({keys: chords, action: id, on: screen}))));
}

/** The keys that do an action on a kind of screen, the screen's own first; keys that something else took over there are left out. */
export function keysOf(bindings: readonly Binding[], action: string, on: string): readonly string[] {
	const own = bindings.filter(binding => binding.on === on && binding.action === action);
	const any = bindings.filter(
		binding => binding.on === 'any' && binding.action === action && !bindings.some(other => other.on === on && other.keys === binding.keys),
	);
	return [...new Set([...own, ...any].map(({keys}) => keys))];
}

/** A key that continues what was begun: for the which-key box. */
export type Choice = Readonly<{keys: string; action: string}>;

export type Resolution = Readonly<
	| {type: 'hit'; action: string}
	| {type: 'pending'; pending: readonly Chord[]; choices: readonly Choice[]}
	/** `pending`: the keys that led nowhere, for the message. */
	| {type: 'miss'; pending: readonly Chord[]}
>;

/** What a chord does on a screen after the chords already pressed. The screen's own bindings win over those on `any`. */
export function resolve(bindings: readonly Binding[], on: string, pending: readonly Chord[], chord: Chord): Resolution {
	const pressed = [...pending, chord];
	const keys = pressed.join(' ');
	for (const scope of [on, 'any']) {
		const hit = bindings.find(binding => binding.on === scope && binding.keys === keys);
		if (hit !== undefined) return hit.action === '' ? {type: 'miss', pending: pressed} : {type: 'hit', action: hit.action};
		// An own sequence that begins so hides a single key of every screen.
		if (scope === on && on !== 'any' && begun(bindings, [on], keys).length > 0) break;
	}
	const choices = begun(bindings, on === 'any' ? ['any'] : [on, 'any'], keys);
	return choices.length > 0 ? {type: 'pending', pending: pressed, choices} : {type: 'miss', pending: pressed};
}

/** The continuations of the pressed keys, each once, the screen's own first. */
function begun(bindings: readonly Binding[], scopes: readonly string[], keys: string): readonly Choice[] {
	const choices = new Map<string, Choice>();
	for (const scope of scopes) {
		for (const binding of bindings) {
			if (binding.on !== scope || !binding.keys.startsWith(`${keys} `)) continue;
			const rest = binding.keys.slice(keys.length + 1);
			if (!choices.has(rest)) choices.set(rest, {keys: rest, action: binding.action});
		}
	}
	return [...choices.values()];
}

/** clash: the same keys do two things. unreachable: `keys` never fire, because `by` fires before they are complete. */
export type Conflict = Readonly<{type: 'clash' | 'unreachable'; on: string; keys: string; by: string; actions: readonly [string, string]}>;

/** Bindings that stand in each other's way: on the same screen, or a screen's key that cuts off a sequence of `any`. */
export function conflicts(bindings: readonly Binding[]): readonly Conflict[] {
	const found: Conflict[] = [];
	for (const [index, one] of bindings.entries()) {
		for (const [otherIndex, other] of bindings.entries()) {
			if (one.on !== other.on && !(one.on !== 'any' && other.on === 'any')) continue;
			const actions = [one.action, other.action] as const;
			if (one.on === other.on && one.keys === other.keys && one.action !== other.action && index < otherIndex) {
				found.push({type: 'clash', on: one.on, keys: one.keys, by: one.keys, actions});
			}
			if (other.keys.startsWith(`${one.keys} `))
				found.push({type: 'unreachable', on: one.on, keys: other.keys, by: one.keys, actions: [other.action, one.action]});
		}
	}
	return found;
}

/** A user's change: the keys do the action on that screen, or nothing (`false`). */
export type Remap = Readonly<{on: string; keys: string; action: string | false}>;

/** The bindings with the user's changes: theirs replace ours of the same keys; `false` takes them away. */
export function remap(bindings: readonly Binding[], remaps: readonly Remap[]): readonly Binding[] {
	let result = bindings;
	for (const {on, keys, action} of remaps) {
		result = result.filter(binding => !(binding.keys === keys && binding.on === on));
		// An empty action keeps a key of `any` from working on one screen.
		if (action !== false) result = [...result, {on, keys, action}];
		else if (on !== 'any' && result.some(binding => binding.on === 'any' && binding.keys === keys)) result = [...result, {on, keys, action: ''}];
	}
	return result;
}

/** `g  K` or `Ctrl-K` as bindings write it: `g K`, `ctrl-k`; undefined: a part is not a key. */
export function parseKeys(text: string): string | undefined {
	const chords = text === ' ' ? ['space'] : text.trim().split(/\s+/).map(parseChord);
	return chords.every(chord => chord !== undefined && chord !== '') ? chords.join(' ') : undefined;
}
