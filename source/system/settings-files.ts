import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {parse, TomlError} from 'smol-toml';
import type {Problem} from '../core/problem.ts';
import {tomlLine} from './toml-line.ts';

/** A settings file as read: plain values, to be judged by core/settings.ts. */
export type SettingsFile = Readonly<{
	path: string;
	values: Readonly<Record<string, unknown>>;
	/** The line (from 1) on which a key stands: `lineOf(['table', 'g k'])`; undefined when it is not found. */
	lineOf(keys: readonly string[]): number | undefined;
}>;

export type SettingsFiles = Readonly<{config?: SettingsFile; keys?: SettingsFile; problems: readonly Problem[]}>;

/** Reads config.toml and keys.toml in the folder. A missing file is nothing; one that cannot be read or is no TOML is a problem with its line. */
export async function readSettingsFiles(configFolder: string, signal?: AbortSignal): Promise<SettingsFiles> {
	const [config, keys] = await Promise.all([
		readSettingsFile(join(configFolder, 'config.toml'), signal),
		readSettingsFile(join(configFolder, 'keys.toml'), signal),
	]);
	return {
		...(config !== undefined && 'values' in config ? {config} : {}),
		...(keys !== undefined && 'values' in keys ? {keys} : {}),
		problems: [config, keys].flatMap(found => (found !== undefined && 'code' in found ? [found] : [])),
	};
}

async function readSettingsFile(path: string, signal?: AbortSignal): Promise<SettingsFile | Problem | undefined> {
	let text: string;
	try {
		text = await readFile(path, {encoding: 'utf8', ...(signal === undefined ? {} : {signal})});
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		return settingsProblem(path, error instanceof Error ? error.message : String(error));
	}
	return parseSettings(path, text);
}

/** The values of a TOML text, or what is wrong with it and where. */
export function parseSettings(path: string, text: string): SettingsFile | Problem {
	try {
		const values = parse(text.replace(/^\uFEFF/, ''), {unsafeKeyBehaviour: 'drop'});
		return {path, values, lineOf: keys => tomlLine(text, keys)};
	} catch (error) {
		if (!(error instanceof TomlError)) throw error;
		const reason = error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '') ?? 'not TOML';
		return settingsProblem(path, `line ${error.line}, column ${error.column}: ${reason}`);
	}
}

function settingsProblem(path: string, cause: string): Problem {
	return {code: 'config', what: `Could not read the settings in ${path}`, cause, remedy: 'The built-in settings are used until the file is mended.'};
}
