import {performance} from 'node:perf_hooks';
import {type IPty, spawn} from '@lydell/node-pty';
import {patienceMs} from './eventually.ts';
import {keyBytes} from './key-bytes.ts';
import {VirtualScreen} from './virtual-screen.ts';

export type PtyOptions = Readonly<{
	columns?: number;
	rows?: number;
	/** Added to a small clean environment (PATH, HOME, LANG, TERM); undefined takes a name out. */
	env?: Readonly<Record<string, string | undefined>>;
	cwd?: string;
	/** Whether the terminal answers questions (cursor position, device attributes). Default: it does. */
	answers?: boolean;
	/** Answer to OSC 11, as `rrrr/gggg/bbbb`. Default: none. */
	background?: string;
}>;

/** One read of the pty: when it came (ms of `performance.now()`) and what. */
export type PtyChunk = Readonly<{at: number; bytes: Uint8Array}>;
export type PtyExit = Readonly<{code: number; signal: number}>;

/** A program in a pseudo-terminal, with its screen. Disposing it ends the program and waits for that. */
export class PtySession implements AsyncDisposable {
	readonly screen: VirtualScreen;
	readonly chunks: PtyChunk[] = [];
	readonly startedAt = performance.now();
	readonly #ended: Promise<PtyExit>;
	readonly #pty: IPty;
	#exit: PtyExit | undefined;
	#drawn: Promise<void> = Promise.resolve();
	readonly #watchers = new Set<(at: number) => void>();
	#byteCount = 0;

	constructor(command: readonly string[], options: PtyOptions) {
		const [file = '', ...args] = command;
		const size = {columns: options.columns ?? 80, rows: options.rows ?? 24};
		this.#pty = spawn(file, args, {
			cols: size.columns,
			rows: size.rows,
			cwd: options.cwd ?? process.cwd(),
			env: cleanEnvironment(options),
			encoding: null,
		});
		this.screen = new VirtualScreen(size, reply => {
			if (options.answers !== false) this.#send(reply);
		});
		// With encoding null node-pty hands over Buffers; its types know strings only.
		this.#pty.onData(data => this.#received(data as unknown as Uint8Array, options));
		this.#ended = new Promise(resolve => {
			this.#pty.onExit(({exitCode, signal}) => {
				const exit = {code: exitCode, signal: signal ?? 0};
				this.#exit = exit;
				// What it wrote last may still be on its way to the screen.
				void this.#drawn.then(() => {
					this.#tell(performance.now());
					resolve(exit);
				});
			});
		});
	}

	get pid(): number {
		return this.#pty.pid;
	}

	/** How the program ends, when all it wrote is on the screen; rejects with the screen where it goes on. */
	get exited(): Promise<PtyExit> {
		const {promise, resolve, reject} = Promise.withResolvers<PtyExit>();
		const timer = setTimeout(() => reject(new Error(`The program goes on after ${patienceMs} ms\n${this.#picture()}`)), patienceMs);
		void this.#ended.then(exit => {
			clearTimeout(timer);
			resolve(exit);
		});
		return promise;
	}

	/** Bytes received so far. */
	get byteCount(): number {
		return this.#byteCount;
	}

	/** All bytes received so far, as text. */
	output(): string {
		return Buffer.concat(this.chunks.map(({bytes}) => bytes)).toString('utf8');
	}

	/** Types keys written as `:pods<enter>`; see `keyBytes`. */
	press(keys: string): void {
		this.#send(keyBytes(keys));
	}

	/** Sends bytes as they are. */
	send(bytes: string): void {
		this.#send(bytes);
	}

	/**
	 * Resolves when the screen fulfils the condition between two frames, with the time (ms of `performance.now()`) at which the bytes that
	 * did it came. Rejects with the screen in the message after the time, or when the program ended without it.
	 */
	async waitFor(what: RegExp | string | ((screen: VirtualScreen) => boolean), timeoutMs = patienceMs): Promise<number> {
		const condition = conditionOf(what);
		const holds = (screen: VirtualScreen) => !screen.isFrameOpen && condition(screen);
		await this.#drawn;
		if (holds(this.screen)) return this.chunks.at(-1)?.at ?? this.startedAt;
		return new Promise((resolve, reject) => {
			const finish = (run: () => void) => {
				clearTimeout(timer);
				this.#watchers.delete(look);
				run();
			};
			const fail = (why: string) => finish(() => reject(new Error(`${why}: ${String(what)}\n${this.#picture()}`)));
			const look = (at: number) => {
				if (holds(this.screen)) finish(() => resolve(at));
				else if (this.#exit !== undefined) fail(`The program ended (${JSON.stringify(this.#exit)}) before this was on the screen`);
			};
			const timer = setTimeout(() => fail(`Not on the screen within ${timeoutMs} ms`), timeoutMs);
			this.#watchers.add(look);
			if (this.#exit !== undefined) look(performance.now());
		});
	}

	/** Resolves when nothing was written for `quietMs` from now on. */
	async quiet(quietMs: number, timeoutMs = patienceMs): Promise<void> {
		const askedAt = performance.now();
		const deadline = askedAt + timeoutMs;
		for (;;) {
			const since = performance.now() - Math.max(askedAt, this.chunks.at(-1)?.at ?? askedAt);
			if (since >= quietMs || this.#exit !== undefined) return;
			if (performance.now() > deadline) throw new Error(`Still writing after ${timeoutMs} ms\n${this.#picture()}`);
			await this.#next(quietMs - since);
		}
	}

	resize(columns: number, rows: number): void {
		this.screen.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	kill(signal: NodeJS.Signals): void {
		if (this.#exit === undefined) this.#pty.kill(signal);
	}

	/** Takes the terminal away, as a lost connection does: the program gets SIGHUP, and EIO when it writes. */
	hangUp(): void {
		// `destroy` closes the master side; it is missing in the types of the interface but there on every platform but Windows.
		(this.#pty as IPty & {destroy(): void}).destroy();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.kill('SIGTERM');
		const late = setTimeout(() => this.kill('SIGKILL'), 3000);
		await this.#ended;
		clearTimeout(late);
		await this.#drawn;
		this.screen[Symbol.dispose]();
	}

	#send(bytes: string): void {
		if (this.#exit === undefined) this.#pty.write(bytes);
	}

	#received(bytes: Uint8Array, options: PtyOptions): void {
		const at = performance.now();
		this.chunks.push({at, bytes});
		this.#byteCount += bytes.length;
		if (options.background !== undefined && Buffer.from(bytes).includes('\u001b]11;?')) this.#send(`\u001b]11;rgb:${options.background}\u001b\\`);
		this.#drawn = this.screen.write(bytes, () => this.#tell(at));
	}

	#next(timeoutMs: number): Promise<void> {
		return new Promise(resolve => {
			const done = () => {
				clearTimeout(timer);
				this.#watchers.delete(done);
				resolve();
			};
			const timer = setTimeout(done, timeoutMs);
			this.#watchers.add(done);
		});
	}

	#tell(at: number): void {
		for (const watcher of [...this.#watchers]) watcher(at);
	}

	#picture(): string {
		return this.screen
			.lines()
			.map(line => `| ${line}`)
			.join('\n');
	}
}

/** Starts a command in a pseudo-terminal of 80x24 (or as asked). Use with `await using`. */
export function runInPty(command: readonly string[], options: PtyOptions = {}): PtySession {
	return new PtySession(command, options);
}

function conditionOf(what: RegExp | string | ((screen: VirtualScreen) => boolean)): (screen: VirtualScreen) => boolean {
	if (typeof what === 'function') return what;
	if (typeof what === 'string') return screen => screen.text().includes(what);
	return screen => what.test(screen.text());
}

function cleanEnvironment({env, answers}: PtyOptions): Record<string, string> {
	const base: Record<string, string | undefined> = {
		PATH: process.env['PATH'],
		HOME: process.env['HOME'],
		LANG: 'C.UTF-8',
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		// This terminal answers when the machine gets round to it: without the time for that it would count as one that cannot do much.
		K8TUI_TERMINAL_MS: answers === false ? undefined : String(patienceMs),
		...env,
	};
	return Object.fromEntries(Object.entries(base).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
