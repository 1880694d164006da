import {nearest} from './nearest.ts';
import {group} from './text.ts';

/** What is wrong in a settings file; `line` (from 1) where it could be found. */
export type SettingsError = Readonly<{line?: number; message: string}>;

/** The line (from 1) on which a key stands. */
export type LineOf = (keys: readonly string[]) => number | undefined;

/** Reads values of a parsed file one by one, and keeps the errors. Bad values are left out, so that the built-in ones hold. */
export class SettingsReader {
	readonly errors: SettingsError[] = [];
	readonly #lineOf: LineOf;

	constructor(lineOf: LineOf) {
		this.#lineOf = lineOf;
	}

	fail(path: readonly string[], message: string): undefined {
		const line = this.#lineOf(path);
		this.errors.push(line === undefined ? {message} : {line, message});
		return undefined;
	}

	/** The entries of a table; undefined is an empty one. */
	table(value: unknown, path: readonly string[]): ReadonlyArray<readonly [string, unknown]> {
		if (value === undefined) return [];
		if (isTable(value)) return Object.entries(value);
		this.fail(path, `${name(path)} is a table: [${path.join('.')}]`);
		return [];
	}

	/** Complains about keys that do not exist, with the nearest that does. */
	only(value: unknown, path: readonly string[], known: readonly string[]): void {
		for (const [key] of isTable(value) ? Object.entries(value) : []) {
			if (known.includes(key)) continue;
			const near = nearest(key, known);
			const place = path.length === 0 ? '' : ` in [${path.join('.')}]`;
			this.fail([...path, key], `There is no setting ${key}${place}. ${near === undefined ? `There are ${known.join(', ')}` : `Did you mean ${near}?`}`);
		}
	}

	text(value: unknown, path: readonly string[]): string | undefined {
		if (value === undefined || (typeof value === 'string' && value !== '')) return value;
		return this.fail(path, `${name(path)} is a text in quotes`);
	}

	flag(value: unknown, path: readonly string[]): boolean | undefined {
		if (value === undefined || typeof value === 'boolean') return value;
		return this.fail(path, `${name(path)} is true or false`);
	}

	wholeNumber(value: unknown, path: readonly string[], {least, most}: Readonly<{least: number; most: number}>): number | undefined {
		if (value === undefined) return undefined;
		if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
		return this.fail(path, `${name(path)} is a whole number from ${group(least)} to ${group(most)}`);
	}

	texts(value: unknown, path: readonly string[]): readonly string[] | undefined {
		if (value === undefined) return undefined;
		if (Array.isArray(value) && value.every(entry => typeof entry === 'string' && entry !== '')) return value;
		return this.fail(path, `${name(path)} is a list of texts: ["a", "b"]`);
	}

	/** One of a few words. */
	choice<W extends string>(value: unknown, path: readonly string[], words: readonly W[]): W | undefined {
		if (value === undefined) return undefined;
		const found = words.find(word => word === value);
		if (found !== undefined) return found;
		const near = typeof value === 'string' ? nearest(value, words) : undefined;
		return this.fail(path, `${name(path)} is one of ${words.join(', ')}${near === undefined ? '' : `. Did you mean ${near}?`}`);
	}
}

function name(path: readonly string[]): string {
	return path.join('.');
}

/** A TOML table: an object that is neither a list nor a date. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
