import {closeSync, mkdirSync, openSync, renameSync, statSync, writeSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {formatWithOptions} from 'node:util';
import type {Clock} from '../core/clock.ts';
import {redact, redactFields, redactText} from './redact.ts';

export const logLevels = ['error', 'warning', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Lines of JSON in a file, never on the terminal. Writing never throws: a full disk must not end the program. */
export type Log = Disposable &
	Readonly<{
		/** undefined: no file could be opened, or none is wanted. */
		path?: string;
		write(level: LogLevel, text: string, fields?: Readonly<Record<string, unknown>>): void;
	}>;

export type LogOptions = Readonly<{path: string; level: LogLevel; clock: Clock}>;

const largestFileBytes = 5 * 1024 * 1024;

/** `debug.log` in the state folder. */
export function defaultLogPath(stateFolder: string): string {
	return join(stateFolder, 'debug.log');
}

/** Opens the log (folder 0700, file 0600); an old one over 5 MiB becomes `<path>.1`. Where that fails the log swallows what it is given. */
export function openLog(options: LogOptions): Log {
	const file = openFile(options.path);
	if (file === undefined) return {write: () => undefined, [Symbol.dispose]: () => undefined};
	let isOpen = true;
	const most = logLevels.indexOf(options.level);
	return {
		path: options.path,
		write(level, text, fields = {}) {
			if (!isOpen || logLevels.indexOf(level) > most) return;
			try {
				writeSync(file, logLine(options.clock.now(), level, text, fields));
			} catch {
				// A full disk or a file system that went away: nothing can be told anywhere, and the screen goes on.
			}
		},
		[Symbol.dispose]() {
			if (isOpen) closeSync(file);
			isOpen = false;
		},
	};
}

/** One line: `{"time":"2026-01-01T00:00:00.000Z","level":"info","text":"...",...fields}`, redacted. */
export function logLine(now: number, level: LogLevel, text: string, fields: Readonly<Record<string, unknown>>): string {
	const head = {time: new Date(now).toISOString(), level, text: redactText(text)};
	return `${JSON.stringify({...head, ...redactFields(fields, 0), ...head})}\n`;
}

/** Sends `console.*` of dependencies to the log until disposed: a stray line would tear the screen. */
export function takeConsole(log: Log): Disposable {
	const levels = {error: 'error', warn: 'warning', info: 'info', log: 'info', debug: 'debug', trace: 'debug'} as const;
	const taken = globalThis.console;
	const before = Object.keys(levels).map(name => [name, Reflect.get(taken, name)] as const);
	for (const [name, level] of Object.entries(levels)) {
		Reflect.set(taken, name, (...values: unknown[]) =>
			log.write(level, formatWithOptions({depth: 4, colors: false}, ...values.map(value => redact(value))), {from: 'console'}),
		);
	}
	return {
		[Symbol.dispose]() {
			for (const [name, method] of before) Reflect.set(taken, name, method);
		},
	};
}

function openFile(path: string): number | undefined {
	try {
		mkdirSync(dirname(path), {recursive: true, mode: 0o700});
		if ((statSync(path, {throwIfNoEntry: false})?.size ?? 0) > largestFileBytes) renameSync(path, `${path}.1`);
		return openSync(path, 'a', 0o600);
	} catch {
		return undefined;
	}
}
