import {chmodSync, closeSync, mkdirSync, openSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import type {Clock} from './core/clock.ts';
import {castFrame, castHeader} from './core/export/asciicast.ts';

export type RecorderOptions = Readonly<{
	clock: Clock;
	/** Where recordings go; made where it is missing. */
	folder: string;
	/** The frame of this moment, masked and painted, a string a row. */
	rows(): Readonly<{columns: number; rows: readonly string[]}>;
	/** Tells of every frame; returns what ends it. */
	subscribe(changed: () => void): () => void;
}>;

/** `:rec`: the session as an asciicast, every frame masked, in a file that only its owner can read. */
export class Recorder implements Disposable {
	readonly #options: RecorderOptions;
	#running: Readonly<{path: string; end(): void}> | undefined;

	constructor(options: RecorderOptions) {
		this.#options = options;
	}

	/** Begins, or ends what runs; the file, or undefined where there was nothing to do. Throws the system's error. */
	record(on: boolean): string | undefined {
		if (on === (this.#running !== undefined)) return undefined;
		if (on) return this.#begin();
		const path = this.#running?.path;
		this[Symbol.dispose]();
		return path;
	}

	[Symbol.dispose](): void {
		this.#running?.end();
		this.#running = undefined;
	}

	#begin(): string {
		const {clock, folder, rows, subscribe} = this.#options;
		mkdirSync(folder, {recursive: true, mode: 0o700});
		const startedAt = clock.now();
		const path = join(folder, `k8tui-${new Date(startedAt).toISOString().replaceAll(/[:.]/g, '-')}.cast`);
		const file = openSync(path, 'wx', 0o600);
		chmodSync(path, 0o600);
		const first = rows();
		writeSync(file, castHeader({columns: first.columns, rows: first.rows.length}, startedAt, 'k8tui, masked'));
		let before: readonly string[] | undefined;
		const draw = (): void => {
			const now = rows().rows;
			const event = castFrame(clock.now() - startedAt, before, now);
			before = now;
			if (event !== undefined) writeSync(file, event);
		};
		draw();
		const stop = subscribe(draw);
		this.#running = {
			path,
			end() {
				stop();
				closeSync(file);
			},
		};
		return path;
	}
}
