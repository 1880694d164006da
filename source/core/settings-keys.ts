import {parseKeys, type Remap} from './keymap.ts';
import {nearest} from './nearest.ts';
import {isTable, type LineOf, type SettingsError, SettingsReader} from './settings-reader.ts';

/** The screens that have keys, and the ids of what keys can do. */
export type KnownKeys = Readonly<{screens: readonly string[]; actions: readonly string[]}>;

/**
 * The values of keys.toml as changes of the keymap: `[table]`, `"x" = "object.yaml"`, `"g k" = ":pods -n kube-system"`,
 * `"ctrl-k" = false`. A table named `any` holds everywhere. A mistake costs its own key alone.
 */
export function validateKeys(values: unknown, lineOf: LineOf, known?: KnownKeys): Readonly<{remaps: readonly Remap[]; errors: readonly SettingsError[]}> {
	const reader = new SettingsReader(lineOf);
	const remaps: Remap[] = [];
	const screens = known === undefined ? undefined : [...new Set([...known.screens, 'any'])];
	for (const [on, bindings] of isTable(values) ? Object.entries(values) : []) {
		if (!isTable(bindings)) reader.fail([on], `${on} stands outside a screen. Put it below [any] or [table]`);
		else if (screens !== undefined && !screens.includes(on)) reader.fail([on], `There is no screen ${on}. ${meant(on, screens)}`);
		else for (const [keys, action] of Object.entries(bindings)) addRemap(remaps, reader, {on, keys, action}, known);
	}
	return {remaps, errors: reader.errors};
}

function addRemap(remaps: Remap[], reader: SettingsReader, entry: Readonly<{on: string; keys: string; action: unknown}>, known: KnownKeys | undefined): void {
	const {on, action} = entry;
	const path = [on, entry.keys];
	const keys = parseKeys(entry.keys);
	if (keys === undefined) {
		reader.fail(path, `${entry.keys} is not a key. Write it as x, X, ctrl-k, alt-x or g k`);
	} else if (isReserved(keys)) {
		reader.fail(path, `${keys} cannot be changed: it is the way out of everything`);
	} else if (action === false) {
		remaps.push({on, keys, action});
	} else if (typeof action !== 'string' || action === '') {
		reader.fail(path, `${entry.keys} needs an action, a line like ":pods", or false`);
	} else if (known !== undefined && !action.startsWith(':') && !known.actions.includes(action)) {
		reader.fail(path, `There is no action ${action}. ${meant(action, known.actions)}`);
	} else {
		remaps.push({on, keys, action});
	}
}

/** Esc and Ctrl-C always lead out; terminals send Ctrl-I, M, J, H as Tab, Enter and Backspace (screens.md 5). */
function isReserved(keys: string): boolean {
	return /^(?:esc|ctrl-c|ctrl-[imjh[])$/.test(keys.split(' ')[0] ?? '');
}

function meant(word: string, known: readonly string[]): string {
	const near = nearest(word, known);
	if (near !== undefined) return `Did you mean ${near}?`;
	return known.length <= 20 ? `There are ${known.join(', ')}` : '? lists them';
}
