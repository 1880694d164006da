import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {programCommand} from './program.ts';

/** One object that `k8tui logs -o json` printed. */
export type PrintedLine = Readonly<{
	type: 'line' | 'event';
	time: string;
	namespace: string;
	pod: string;
	container: string;
	restart: number;
	level: string | null;
	message: string;
}>;

/** What one run of a container wrote, in the order in which it was printed. */
export type PrintedRun = Readonly<{pod: string; restart: number; messages: readonly string[]}>;

/** `k8tui logs ... --follow -o json` while it runs. */
export class LogFollower implements AsyncDisposable {
	readonly lines: PrintedLine[] = [];
	readonly errors: string[] = [];
	readonly #child;

	constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
		const [file = '', ...own] = programCommand;
		this.#child = spawn(file, [...own, 'logs', ...args, '--follow', '-o', 'json'], {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: {PATH: process.env['PATH'], TERM: 'xterm', ...env},
		});
		// What it prints has this shape, or the test fails at the first field it looks at.
		createInterface({input: this.#child.stdout}).on('line', line => void this.lines.push(JSON.parse(line) as PrintedLine));
		createInterface({input: this.#child.stderr}).on('line', line => void this.errors.push(line));
	}

	runs(): readonly PrintedRun[] {
		const runs = new Map<string, {pod: string; restart: number; messages: string[]}>();
		for (const {pod, restart, message} of this.lines) {
			const key = `${pod} ${restart}`;
			const run = runs.get(key) ?? {pod, restart, messages: []};
			run.messages.push(message);
			runs.set(key, run);
		}
		return [...runs.values()];
	}

	/** Ends it as Ctrl-C does; resolves with its exit code when all it printed was read. */
	async stop(): Promise<number | null> {
		if (this.#child.exitCode !== null) return this.#child.exitCode;
		const closed = once(this.#child, 'close');
		this.#child.kill('SIGINT');
		const [code] = await closed;
		return typeof code === 'number' ? code : null;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.stop();
	}
}
