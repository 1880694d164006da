import assert from 'node:assert/strict';
import {setImmediate as turn} from 'node:timers/promises';
import {clientOf, type Connection, type ConnectOptions} from '../../source/connect.ts';
import type {AppState} from '../../source/core/app-state.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../source/core/glyphs.ts';
import type {ScreenInvocation, Selection} from '../../source/core/invocation.ts';
import {flushKeys, splitKeys} from '../../source/core/keys.ts';
import {plain} from '../../source/core/line.ts';
import {noSettings, type Settings} from '../../source/core/settings.ts';
import type {ShareState} from '../../source/core/share/share-state.ts';
import {head} from '../../source/core/text.ts';
import type {Frame} from '../../source/core/view.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {parseKubeconfigView} from '../../source/kube/kubeconfig-files.ts';
import {draw} from '../../source/draw.ts';
import {paintersOf} from '../../source/painters.ts';
import {createProgram} from '../../source/program.ts';
import {Pulse} from '../../source/store/pulse.ts';
import {readEnvironment} from '../../source/system/environment.ts';
import {StdoutFilter} from '../../source/system/stdout-filter.ts';
import type {Controller} from '../../source/ui/controller.ts';
import {compose} from '../../source/ui/frame/compose.ts';
import {parseYamlDocuments} from '../../source/kube/yaml-documents.ts';
import {patienceMs} from './eventually.ts';
import {createFakeClock, type FakeClock} from './fake-clock.ts';
import {fakeTerminal} from './fake-terminal.ts';
import {keyBytes, pasteBytes} from './key-bytes.ts';
import {temporaryHome} from './program.ts';
import {seededRandom} from './random.ts';
import type {VirtualScreen} from './virtual-screen.ts';
import {watchWire, type Wire} from './wire.ts';

export type OpenAppOptions = Readonly<{
	/** A demo story, or `none`: the first start without a kubeconfig. */
	scenario?: string;
	columns?: number;
	rows?: number;
	ascii?: boolean;
	theme?: string;
	/** As `--demo` shows it, with its banner; else the server passes for a real cluster. */
	demo?: boolean;
	namespace?: string;
	/** Acts as this user, who may do what the cluster's roles give him. */
	as?: string;
	/** The view named on the command line. */
	selection?: Partial<Selection>;
	settings?: Partial<Settings>;
	/** `--share`. */
	share?: ShareState;
	/** Controllers and kubelets run, by the test's clock. */
	living?: boolean;
	/** Changes the cluster before anybody looks. */
	prepare?(server: DemoServer): void;
	/** As with --read-only. */
	pinned?: boolean;
	/** YAML files of the user's, by path. */
	files?: Readonly<Record<string, string>>;
	/** Do not wait until the first screen is complete: the server answers nothing. */
	stalled?: boolean;
}>;

/** The whole program but its terminal and its process: frames as a user sees them, all time in the test's hand. */
export type TestApp = AsyncDisposable &
	Readonly<{
		screen: VirtualScreen;
		clock: FakeClock;
		controller: Controller;
		server: DemoServer;
		/** What would have gone to the clipboard. */
		copied: readonly string[];
		/** Files that would have been written, by path. */
		saved: ReadonlyMap<string, string>;
		/** Commands that would have got the terminal. */
		piped: ReadonlyArray<Readonly<{command: string; text: string}>>;
		/** How often the program was asked to end, to stop and to draw anew. */
		asked: Readonly<{quit: number; suspend: number; redraw: number}>;
		state(): AppState;
		frame(): Frame;
		/** Types keys as `:pods<enter>` and waits until all they caused is on the screen. */
		press(keys: string): Promise<void>;
		paste(text: string): Promise<void>;
		/** Goes on until no request, no timer of the next moment and no frame is outstanding. */
		idle(): Promise<void>;
		/** Lets time pass, then as `idle`. */
		pass(ms: number): Promise<void>;
		resize(columns: number, rows: number): Promise<void>;
		text(): string;
		/** While on, the server answers nothing; nothing is lost. */
		stall(isOn: boolean): Promise<void>;
	}>;

/** 14:02:31Z, as in the drawings of the design. */
const startedAt = Date.UTC(2026, 0, 14, 14, 2, 31);
/** What belongs to one moment: frames of data (100 ms), the filter (120), the preview (150), the which-key box (300). */
const momentMs = 400;
/** Answers on loopback are there after two or three turns of the event loop; timers of libraries that are due at once take a millisecond. */
const quietTurns = 25;
const quietMs = 4;

/** Starts a demo server and the program on it. */
export async function openApp(options: OpenAppOptions = {}): Promise<TestApp> {
	const {columns = 80, rows = 24, scenario = 'healthy'} = options;
	const clock = createFakeClock(startedAt);
	const home = temporaryHome();
	const wire = watchWire();
	const server = await startDemo({story: scenario === 'none' ? 'healthy' : scenario, seed: 7, clock, realTime: options.living ?? false});
	options.prepare?.(server);
	if (options.stalled) server.stall(true);
	const environment = readEnvironment({HOME: home.path, TERM: 'xterm-256color', LANG: 'en_US.UTF-8'}, 'linux', home.path);
	const terminal = fakeTerminal(columns, rows);
	const copied: string[] = [];
	const saved = new Map<string, string>();
	const piped: Array<Readonly<{command: string; text: string}>> = [];
	const asked = {quit: 0, suspend: 0, redraw: 0};
	const connectOptions: ConnectOptions = {
		wish: {orDemo: false},
		variables: {},
		environment,
		clock,
		version: '0.1.0',
		level: 'read',
		pinned: options.pinned ?? false,
		hasTerminal: false,
		random: seededRandom(7).next,
	};
	const program = createProgram({
		invocation: invocationOf(options),
		clock,
		pulse: new Pulse({clock, tier: () => 'local', blocked: () => false}),
		connection: await connectionOf(server, options, connectOptions),
		connectOptions,
		user: {settings: {...noSettings, ...options.settings}, problems: []},
		glyphs: (options.ascii ?? true) ? asciiGlyphs : unicodeGlyphs,
		readYaml: path => parseYamlDocuments(options.files?.[path] ?? ''),
		theme: options.theme ?? 'mono',
		motion: true,
		viewport: {columns, rows},
		terminal: {
			copy: async text => {
				copied.push(text);
				return {where: 'clipboard'};
			},
			async save({path, content, replace}) {
				if (saved.has(path) && !replace) return {saved: false, path};
				saved.set(path, content.map(part => (typeof part === 'string' ? part : Buffer.from(part).toString())).join(''));
				return {saved: true, path};
			},
			async pipe(command, text) {
				piped.push({command, text});
				return {code: 0};
			},
			redraw() {
				asked.redraw++;
				drawing.redraw();
			},
			suspend: async () => void asked.suspend++,
			quit: () => void asked.quit++,
			record: async on => (on ? '/exports/k8tui.cast' : undefined),
		},
		exportFolder: '/exports',
	});
	const {controller} = program;
	const crashed = (error: unknown): void => {
		throw error;
	};
	program.start();
	const output = new StdoutFilter({
		terminal: terminal.stdout,
		synchronized: true,
		lost: crashed,
		writer: {write: (bytes, done) => terminal.stdout.write(bytes, error => done(error ?? undefined)), writeNow: bytes => void terminal.stdout.write(bytes)},
	});
	const drawing = draw({program, input: terminal.stdin, output, painterOf: paintersOf(environment), crashed});
	let expectedKeys = 0;
	let isStalled = options.stalled ?? false;
	const quiet = createQuiet({controller, server, wire, expectedKeys: () => expectedKeys, isStalled: () => isStalled});
	const idle = async (): Promise<void> => {
		const until = clock.now() + momentMs;
		await quiet();
		for (let due = clock.nextAt(); due !== undefined && due <= until; due = clock.nextAt()) {
			await clock.advance(Math.max(0, due - clock.now()));
			await quiet();
		}
		await clock.advance(until - clock.now());
		await drawing.flushed();
		await output.flushed();
		await terminal.drawn();
		const frame = controller.snapshot();
		const drawn = compose(frame, program.compose).map(({line}) => head(plain(line), frame.viewport.columns).trimEnd());
		assert.deepEqual(terminal.screen.lines(), drawn, 'the terminal shows what the frame says');
	};
	await idle();
	const send = async (bytes: string): Promise<void> => {
		const {chords, pending} = splitKeys(bytes);
		expectedKeys = controller.state.keysPressed + chords.length + flushKeys(pending).length;
		terminal.send(bytes);
		await idle();
	};
	return {
		screen: terminal.screen,
		clock,
		controller,
		server,
		copied,
		saved,
		piped,
		asked,
		idle,
		state: () => controller.state,
		frame: controller.snapshot,
		press: keys => send(keyBytes(keys)),
		paste: text => send(pasteBytes(text)),
		async pass(ms) {
			await clock.advance(ms);
			await idle();
		},
		async resize(newColumns, newRows) {
			terminal.resize(newColumns, newRows);
			await idle();
		},
		text: () => terminal.screen.text(),
		stall(isOn) {
			isStalled = isOn;
			server.stall(isOn);
			return idle();
		},
		async [Symbol.asyncDispose]() {
			server.stall(false);
			drawing.unmount();
			await output.flushed();
			output.close();
			await program[Symbol.asyncDispose]();
			await server[Symbol.asyncDispose]();
			terminal[Symbol.dispose]();
			wire[Symbol.dispose]();
			home[Symbol.dispose]();
		},
	};
}

async function connectionOf(server: DemoServer, options: OpenAppOptions, connectOptions: ConnectOptions): Promise<Connection> {
	if (options.scenario === 'none') {
		const looked = [
			{place: '$KUBECONFIG', found: 'not set'},
			{place: '~/.kube/config', found: 'does not exist'},
			{place: '/etc/rancher/k3s/k3s.yaml', found: 'exists, not readable by uid 1000'},
			{place: 'in-cluster service account', found: 'no token mounted'},
		];
		return {type: 'none', start: {looked, version: '0.1.0', k3s: '/etc/rancher/k3s/k3s.yaml'}};
	}
	const text = server.kubeconfig({
		name: options.demo ? 'demo' : 'prod-eu1',
		namespace: options.namespace ?? 'shop',
		...(options.as === undefined ? {} : {impersonate: options.as}),
	});
	const view = await parseKubeconfigView(text, '~/.kube/config');
	// As a simulation, for it reads no cache from the disk: what the thread pool does cannot be waited for.
	const client = await clientOf(view, connectOptions, true);
	const context = {...client.context, demo: options.demo ?? false};
	return {type: 'connected', view, client: {...client, context}, ...(options.demo ? {story: options.scenario ?? 'healthy'} : {})};
}

function invocationOf(options: OpenAppOptions): ScreenInvocation {
	return {
		mode: 'screen',
		connection: {orDemo: false},
		diagnostics: {},
		selection: {targets: [], allNamespaces: false, ...options.selection},
		screen: {ascii: options.ascii ?? true, motion: true, slow: false, ...(options.share === undefined ? {} : {share: options.share})},
	};
}

type QuietOptions = Readonly<{controller: Controller; server: DemoServer; wire: Wire; expectedKeys(): number; isStalled(): boolean}>;

/** Resolves once the keys sent have arrived and no request has anything outstanding, with the clock standing still. */
function createQuiet({controller, server, wire, expectedKeys, isStalled}: QuietOptions): () => Promise<void> {
	const signature = (): string => {
		const calls = controller.session?.client.calls.snapshot() ?? [];
		return `${calls.length} ${calls.reduce((sum, call) => sum + call.bytes, 0)} ${server.requests.all().length} ${controller.state.keysPressed}`;
	};
	const outstanding = (): string | undefined => {
		if (controller.state.keysPressed < expectedKeys()) return `${expectedKeys() - controller.state.keysPressed} keys`;
		if (isStalled()) return undefined;
		const waiting = process.getActiveResourcesInfo().find(name => /^(?:FSReq|GetAddrInfo|TCPConnect)/.test(name));
		if (waiting !== undefined) return waiting;
		const call = controller.session?.client.calls.snapshot().find(one => one.endedAt === undefined && (!one.stream || one.status === undefined));
		if (call) return `${call.method} ${call.path}`;
		const request = server.requests.all().find(one => one.isOpen && one.query.get('watch') === null && one.query.get('follow') !== 'true');
		if (request !== undefined) return `${request.method} ${request.url} at the server`;
		return wire.isBusy() ? 'bytes on their way' : undefined;
	};
	return async () => {
		const givesUpAt = Date.now() + patienceMs;
		let before = '';
		let since = performance.now();
		for (let turns = 0; turns < quietTurns || performance.now() - since < quietMs; turns++) {
			await turn();
			const now = signature();
			const waitsFor = outstanding();
			if (now !== before || waitsFor !== undefined) {
				turns = 0;
				since = performance.now();
			}
			before = now;
			if (Date.now() > givesUpAt)
				throw new Error(`The program is not quiet after ${patienceMs / 1000} s: it waits for ${waitsFor ?? 'a stream that does not end'}`);
		}
	};
}
