import type {ClusterClient} from '../../core/cluster-client.ts';
import type {KubeObject} from '../../core/kubernetes.ts';
import {type FailedRun, type LastLog, lastFailedRun} from '../../core/logs/last-log.ts';
import {LineSplitter, type RawLine} from '../../core/logs/line-splitter.ts';
import {problemOf} from '../../core/problem.ts';

/** A glance: who wants more opens the log. */
const lines = 5;
const mostBytes = 16 * 1024;

/** The last lines of the pod's container that failed: one small request a failed run, ended with the reader. */
export class LastLogReader implements Disposable {
	readonly #logs: ClusterClient['logs'];
	readonly #changed: () => void;
	readonly #end = new AbortController();
	#asked: Readonly<{key: string; stop: AbortController}> | undefined;
	#read: LastLog | undefined;

	constructor(logs: ClusterClient['logs'], changed: () => void) {
		this.#logs = logs;
		this.#changed = changed;
	}

	/** What is known by now, and asked for when it is another run; undefined while nothing has failed or come. */
	of(object: KubeObject | undefined): LastLog | undefined {
		const run = lastFailedRun(object);
		if (run === undefined) return undefined;
		if (run.key !== this.#asked?.key && !this.#end.signal.aborted) {
			this.#asked?.stop.abort();
			const stop = new AbortController();
			this.#asked = {key: run.key, stop};
			void this.#ask(run, AbortSignal.any([stop.signal, this.#end.signal]));
		}
		return this.#read?.container === run.container ? this.#read : undefined;
	}

	[Symbol.dispose](): void {
		this.#end.abort();
	}

	async #ask(run: FailedRun, signal: AbortSignal): Promise<void> {
		const {namespace, pod, container, previous} = run;
		const splitter = new LineSplitter();
		const found: RawLine[] = [];
		let problem: LastLog['problem'];
		try {
			for await (const piece of this.#logs({namespace, pod, container, previous, follow: false, tailLines: lines, limitBytes: mostBytes}, signal))
				found.push(...splitter.push(piece));
			const rest = splitter.rest();
			if (rest !== undefined) found.push(rest);
		} catch (error) {
			problem = problemOf(error, `Could not read the log of ${container}`);
		}
		if (signal.aborted) return;
		this.#read = {container, previous, lines: found.slice(-lines).map(({at, text}) => ({at, text})), ...(problem === undefined ? {} : {problem})};
		this.#changed();
	}
}
