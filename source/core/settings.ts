import type {TimeMode} from './age.ts';
import type {Remap} from './keymap.ts';
import {type PolicyLevel, policyLevels} from './policy-level.ts';
import {type KnownKeys, validateKeys} from './settings-keys.ts';
import {isTable, type LineOf, type SettingsError, SettingsReader} from './settings-reader.ts';
import type {SortOrder} from './table.ts';

/** What holds for one context of the kubeconfig. */
export type ContextSettings = Readonly<{
	/** Production: changes ask for the context's name as well. */
	danger: boolean;
	level?: PolicyLevel;
	/** Digits 1-9. */
	namespaces: readonly string[];
}>;

/** The user's files, validated. What is not set is undefined or empty, and the built-in value holds. */
export type Settings = Readonly<{
	theme?: string;
	ascii?: boolean;
	motion?: boolean;
	times?: TimeMode;
	/** What digits do in tables: favourite namespaces, or counts as in vim. */
	digits?: 'namespaces' | 'count';
	/** Favourite namespaces where the context names none of its own. */
	namespaces: readonly string[];
	contexts: Readonly<Record<string, ContextSettings>>;
	/** Word of the prompt -> the line it stands for. */
	aliases: Readonly<Record<string, string>>;
	/** Kind (plural name) -> ids of the columns shown, in order. */
	columns: Readonly<Record<string, readonly string[]>>;
	/** Kind (plural name) -> how its table is sorted at first. */
	sorts: Readonly<Record<string, SortOrder>>;
	keys: readonly Remap[];
	/** What is secret besides what looks like it: regular expressions, found anywhere in a text. */
	masks: readonly RegExp[];
	/** The Service of a Prometheus, `namespace/name` or `namespace/name:port`; without it one is looked for by its labels. */
	prometheus?: string;
	/** Lines that a log view holds at most. */
	logLines?: number;
	/** What the probes of the Network screen make ephemeral containers and pods of, and where pods. */
	probes?: ProbeSettings;
}>;

export type ProbeSettings = Readonly<{image?: string; namespace?: string}>;

export type ValidatedSettings = Readonly<{settings: Omit<Settings, 'keys'>; errors: readonly SettingsError[]}>;

const topLevel = [
	'theme',
	'ascii',
	'motion',
	'times',
	'digits',
	'namespaces',
	'contexts',
	'aliases',
	'columns',
	'sort',
	'prometheus',
	'masks',
	'logs',
	'probes',
] as const;
const ofContext = ['danger', 'level', 'namespaces'] as const;
const ofLogs = ['lines'] as const;
const ofProbes = ['image', 'namespace'] as const;
/** Fewer are no log; more would take longer to lay out than a frame may. */
const logLinesRange = {least: 100, most: 200_000};
const digitCount = 9;

/** Settings without anything set. */
export const noSettings: Settings = {masks: [], namespaces: [], contexts: {}, aliases: {}, columns: {}, sorts: {}, keys: []};

/** The values of config.toml as settings; each mistake is an error with its line and costs its own setting alone. `themes`: names that exist. */
export function validateSettings(values: unknown, lineOf: LineOf, themes?: readonly string[]): ValidatedSettings {
	const reader = new SettingsReader(lineOf);
	const root = isTable(values) ? values : {};
	reader.only(root, [], topLevel);
	const theme = themes === undefined ? reader.text(root['theme'], ['theme']) : reader.choice(root['theme'], ['theme'], themes);
	const ascii = reader.flag(root['ascii'], ['ascii']);
	const motion = reader.flag(root['motion'], ['motion']);
	const times = reader.choice(root['times'], ['times'], ['age', 'utc', 'local'] as const);
	const digits = reader.choice(root['digits'], ['digits'], ['namespaces', 'count'] as const);
	const prometheus = prometheusOf(reader, root['prometheus']);
	const logLines = logLinesOf(reader, root['logs']);
	const settings = {
		...(logLines === undefined ? {} : {logLines}),
		...(prometheus === undefined ? {} : {prometheus}),
		...(root['probes'] === undefined ? {} : {probes: probesOf(reader, root['probes'])}),
		...(theme === undefined ? {} : {theme}),
		...(ascii === undefined ? {} : {ascii}),
		...(motion === undefined ? {} : {motion}),
		...(times === undefined ? {} : {times}),
		...(digits === undefined ? {} : {digits}),
		masks: masksOf(reader, root['masks']),
		namespaces: favourites(reader, root['namespaces'], ['namespaces']),
		contexts: contextsOf(reader, root['contexts']),
		aliases: tableOf(root['aliases'], 'aliases', reader, (value, path) => reader.text(value, path)?.replace(/^:/, '')),
		columns: tableOf(root['columns'], 'columns', reader, (value, path) => reader.texts(value, path)),
		sorts: tableOf(root['sort'], 'sort', reader, (value, path) => sortOf(reader.text(value, path))),
	};
	return {settings, errors: reader.errors};
}

/** A table whose keys are the user's and whose values are alike. */
function tableOf<V>(
	value: unknown,
	key: string,
	reader: SettingsReader,
	read: (value: unknown, path: readonly string[]) => V | undefined,
): Readonly<Record<string, V>> {
	const result: Record<string, V> = {};
	for (const [name, entry] of reader.table(value, [key])) {
		const found = read(entry, [key, name]);
		if (found !== undefined) result[name] = found;
	}
	return result;
}

function favourites(reader: SettingsReader, value: unknown, path: readonly string[]): readonly string[] {
	const names = reader.texts(value, path) ?? [];
	if (names.length > digitCount)
		reader.fail(path, `${path.join('.')} has ${names.length} namespaces, but there are keys for ${digitCount}. The first ${digitCount} are used`);
	return names.slice(0, digitCount);
}

/** A pattern that cannot be read is an error, and masks nothing: it must not be taken for one that does. */
function masksOf(reader: SettingsReader, value: unknown): readonly RegExp[] {
	return (reader.texts(value, ['masks']) ?? []).flatMap(pattern => {
		try {
			return [new RegExp(pattern, 'g')];
		} catch (error) {
			reader.fail(['masks'], `masks are regular expressions, and ${pattern} is none: ${error instanceof Error ? error.message : String(error)}`);
			return [];
		}
	});
}

function logLinesOf(reader: SettingsReader, value: unknown): number | undefined {
	const entries = Object.fromEntries(reader.table(value, ['logs']));
	reader.only(entries, ['logs'], ofLogs);
	return reader.wholeNumber(entries['lines'], ['logs', 'lines'], logLinesRange);
}

function probesOf(reader: SettingsReader, value: unknown): ProbeSettings {
	const entries = Object.fromEntries(reader.table(value, ['probes']));
	reader.only(entries, ['probes'], ofProbes);
	const [image, namespace] = [reader.text(entries['image'], ['probes', 'image']), reader.text(entries['namespace'], ['probes', 'namespace'])];
	return {...(image === undefined ? {} : {image}), ...(namespace === undefined ? {} : {namespace})};
}

function prometheusOf(reader: SettingsReader, value: unknown): string | undefined {
	const path = ['prometheus'];
	const service = reader.text(value, path);
	if (service === undefined || /^[a-z0-9-]+\/[a-z0-9.-]+(?::[a-z0-9-]+)?$/.test(service)) return service;
	return reader.fail(path, `prometheus is a Service: "namespace/name" or "namespace/name:port", not ${service}`);
}

function contextsOf(reader: SettingsReader, value: unknown): Readonly<Record<string, ContextSettings>> {
	return tableOf(value, 'contexts', reader, (entry, path) => {
		if (!isTable(entry)) return reader.fail(path, `${path.join('.')} is a table: [contexts."NAME"]`);
		reader.only(entry, path, ofContext);
		const level = reader.choice(entry['level'], [...path, 'level'], policyLevels);
		return {
			// Whatever was meant by a mistyped danger, asking once more is the safe reading.
			danger: reader.flag(entry['danger'], [...path, 'danger']) ?? entry['danger'] !== undefined,
			...(level === undefined ? {} : {level}),
			namespaces: favourites(reader, entry['namespaces'], [...path, 'namespaces']),
		};
	});
}

/** `restarts`, or `-restarts` for the largest first. */
function sortOf(text: string | undefined): SortOrder | undefined {
	if (text === undefined) return undefined;
	return {by: text.replace(/^[-+]/, '').toLowerCase(), descending: text.startsWith('-')};
}

/** A settings file as parsed: its path for messages, its values, and where a key stands. */
export type SettingsSource = Readonly<{path: string; values: unknown; lineOf: LineOf}>;

/** Both files together; `problems` are sentences with file and line. `known`: names to check against where they are known. */
export function readSettings(
	files: Readonly<{config?: SettingsSource; keys?: SettingsSource}>,
	known: Readonly<{themes?: readonly string[]; keys?: KnownKeys}> = {},
): Readonly<{settings: Settings; problems: readonly string[]}> {
	const {config, keys} = files;
	const general = config === undefined ? undefined : validateSettings(config.values, config.lineOf, known.themes);
	const mapped = keys === undefined ? undefined : validateKeys(keys.values, keys.lineOf, known.keys);
	return {
		settings: {...noSettings, ...general?.settings, keys: mapped?.remaps ?? []},
		problems: [...sentences(config, general?.errors), ...sentences(keys, mapped?.errors)],
	};
}

function sentences(file: SettingsSource | undefined, errors: readonly SettingsError[] = []): readonly string[] {
	return errors.map(({line, message}) => `${file?.path ?? ''}${line === undefined ? '' : ` line ${line}`}: ${message}`);
}
