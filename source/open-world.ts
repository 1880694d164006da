import {join} from 'node:path';
import process from 'node:process';
import type {Connection, ConnectOptions} from './connect.ts';
import type {Clock} from './core/clock.ts';
import {asciiGlyphs, type Glyphs, unicodeGlyphs} from './core/glyphs.ts';
import type {ScreenInvocation} from './core/invocation.ts';
import type {Drawing} from './draw.ts';
import {paintersOf} from './painters.ts';
import {createProgram, type Program} from './program.ts';
import type {Painter} from './core/style.ts';
import {Recorder} from './recorder.ts';
import {compose} from './ui/frame/compose.ts';
import {maskedLines} from './ui/frame/watched.ts';
import type {UserSettings} from './read-user-settings.ts';
import {readYamlFile} from './read-yaml-file.ts';
import {Pulse, type Tier} from './store/pulse.ts';
import {clipboardWriter} from './system/clipboard-writer.ts';
import type {Environment} from './system/environment.ts';
import type {ByteWriter} from './system/fd-writer.ts';
import type {Log} from './system/log.ts';
import type {Profile} from './system/profile.ts';
import {pipeText} from './system/pipe-text.ts';
import {saveFile} from './system/save-file.ts';
import {StdoutFilter} from './system/stdout-filter.ts';
import {canDrawUnicode} from './system/terminal.ts';
import type {TerminalAnswers} from './system/terminal-answers.ts';
import {guardTerminal} from './system/terminal-guard.ts';

export type OpenWorldOptions = Readonly<{
	invocation: ScreenInvocation;
	environment: Environment;
	clock: Clock;
	writer: ByteWriter;
	answers: TerminalAnswers;
	connection: Connection;
	connectOptions: ConnectOptions;
	user: UserSettings;
	log: Log;
	/** Of `--profile`. */
	profile?: Profile;
}>;

/** What stdout may hold back before data frames wait. */
const stdoutFullBytes = 64 * 1024;

/** Ties the program to this process and its terminal and starts it; `ended` resolves with the exit code. */
export async function openWorld(options: OpenWorldOptions): Promise<Readonly<{ended: Promise<number>}>> {
	const {clock, user, environment, invocation, log} = options;
	const ending = Promise.withResolvers<number>();
	const filter = new StdoutFilter({
		terminal: process.stdout,
		writer: options.writer,
		synchronized: options.answers.synchronizedOutput,
		lost: () => guard.lost(),
	});
	const tier = tierOf(options);
	let drawing: Drawing | undefined;
	const lend = (borrow: () => Promise<void>): Promise<void> => (drawing === undefined ? borrow() : drawing.suspend(borrow));
	const suspend = (): Promise<void> =>
		lend(async () => {
			await guard.stop();
			// The terminal may have got another size meanwhile; of that only the shell was told.
			process.emit('SIGWINCH', 'SIGWINCH');
		});
	const pipe = async (command: string, text: string): Promise<Readonly<{code: number | null}>> => {
		const ended = Promise.withResolvers<Readonly<{code: number | null}>>();
		await lend(async () => {
			const run = () => pipeText({command, text, shell: process.env.SHELL ?? '/bin/sh', input: process.stdin, output: process.stdout});
			ended.resolve(await guard.lend(run));
			process.emit('SIGWINCH', 'SIGWINCH');
		});
		return await ended.promise;
	};
	const exportFolder = join(environment.stateFolder, 'exports');
	const program = createProgram({
		...options,
		pulse: new Pulse({clock, tier: () => tier, blocked: () => filter.writableLength > stdoutFullBytes}),
		glyphs: glyphsOf(options),
		theme: themeName(options),
		motion: user.settings.motion !== false && !environment.reduceMotion && invocation.screen.motion,
		viewport: {columns: filter.columns, rows: filter.rows},
		readYaml: path => readYamlFile(path.replace(/^~(?=\/)/, environment.home)),
		recordProbe: ({at, target, argv, exitCode, tookMs, failure}) => log.write('info', `probe ${target}`, {at, argv, exitCode, tookMs, failure}),
		terminal: {
			copy: clipboardWriter({environment, filter, clock}),
			save: wish => saveFile({...wish, home: environment.home, ownFolder: exportFolder}),
			pipe,
			redraw: () => drawing?.redraw(),
			suspend,
			quit: () => ending.resolve(0),
			record: async on => recorder.record(on),
		},
		sentBytes: () => filter.bytesSent,
		exportFolder,
	});
	const painterOf = paintersOf(environment);
	const recorder = new Recorder({
		clock,
		folder: exportFolder,
		rows: () => paintedRows(program, painterOf),
		subscribe: program.controller.subscribe,
	});
	const guard = guardTerminal({
		process,
		input: process.stdin,
		output: filter,
		clock,
		leaving: (reason, error) =>
			log.write(
				error === undefined ? 'info' : 'error',
				`leaving: ${reason}`,
				error === undefined ? {} : {error: String(error), stack: error instanceof Error ? (error.stack ?? '') : ''},
			),
		crashText: error => `k8tui stopped because of a bug: ${error instanceof Error ? error.message : String(error)}. The log holds the details: ${log.path}\n`,
		suspendAsked: () => void suspend(),
	});
	// Before Ink is loaded, which takes as long as the server needs for the first rows; and the first frame shows the cluster's name.
	program.start();
	const {profile} = options;
	const {draw} = await import('./draw.ts');
	drawing = draw({
		program,
		input: process.stdin,
		output: filter,
		painterOf,
		crashed: error => guard.crash(error),
		...(profile === undefined ? {} : {frameDrawn: profile.frame}),
	});
	const ended = ending.promise.then(async code => {
		drawing?.unmount();
		recorder[Symbol.dispose]();
		guard.restore();
		await program[Symbol.asyncDispose]();
		return code;
	});
	return {ended};
}

/** The frame of this moment as a recording has it: masked, whether people watch or not. */
function paintedRows(
	{controller, sharing, compose: composing}: Program,
	painterOf: (theme: string) => Painter,
): Readonly<{columns: number; rows: readonly string[]}> {
	const frame = controller.watchedFrame();
	const painter = painterOf(frame.state.theme);
	const {columns} = frame.viewport;
	const rows = maskedLines(compose(frame, composing), sharing.masks());
	return {columns, rows: rows.map(({line, selected, dimmed = false}) => painter.line(line, {width: columns, selected, dimmed}))};
}

/** The link's pace by the terminal's round trip (screens.md 8). */
function tierOf(options: OpenWorldOptions): Tier {
	const {roundTripMs} = options.answers;
	if (options.invocation.screen.slow || (roundTripMs !== undefined && roundTripMs > 200)) return 'slow';
	return options.environment.isSsh || (roundTripMs !== undefined && roundTripMs > 20) ? 'ssh' : 'local';
}

function glyphsOf({invocation, user, environment, answers}: OpenWorldOptions): Glyphs {
	return !invocation.screen.ascii && user.settings.ascii !== true && canDrawUnicode(environment, answers) ? unicodeGlyphs : asciiGlyphs;
}

function themeName(options: OpenWorldOptions): string {
	return options.invocation.screen.theme ?? options.user.settings.theme ?? (options.answers.appearance === 'light' ? 'light' : 'dark');
}
