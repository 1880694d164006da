/** Of every line, its end included: then any part of a log is found without reading it. */
export const lineBytes = 180;

export type WrittenLogOptions = Readonly<{
	/** ms since the epoch. */
	startedAt: number;
	/** A whole number of ms between two lines. */
	everyMs: number;
	/** No more than these; without it the log grows for ever. */
	most?: number;
}>;

/** The log of a container that writes JSON, logfmt, klog and text in turn, at a steady pace. Each line says when it was written: `@1763733600123`. */
export class WrittenLog {
	readonly #options: WrittenLogOptions;
	/** A log that has its end is made once: then serving it costs nothing beside what is measured. */
	readonly #whole: Buffer | undefined;

	constructor(options: WrittenLogOptions) {
		this.#options = options;
		const {most} = options;
		this.#whole = most === undefined ? undefined : this.#made(0, most);
	}

	/** Lines written before a moment. */
	countAt(now: number): number {
		const {startedAt, everyMs, most = Number.POSITIVE_INFINITY} = this.#options;
		return Math.max(0, Math.min(most, Math.floor((now - startedAt) / everyMs)));
	}

	/** The first line that was written at that moment or later. */
	indexFrom(at: number): number {
		const {startedAt, everyMs} = this.#options;
		return Math.max(0, Math.ceil((at - startedAt) / everyMs));
	}

	/** Lines `from` to `to`, that one not included, as the API answers them with timestamps. */
	bytes(from: number, to: number): Buffer {
		return this.#whole?.subarray(from * lineBytes, to * lineBytes) ?? this.#made(from, to);
	}

	#made(from: number, to: number): Buffer {
		const made = Buffer.allocUnsafe((to - from) * lineBytes);
		for (let index = from; index < to; index++) made.write(this.#line(index), (index - from) * lineBytes, 'latin1');
		return made;
	}

	#line(index: number): string {
		const {startedAt, everyMs} = this.#options;
		const at = startedAt + index * everyMs;
		const stamp = `${new Date(at).toISOString().slice(0, -1)}${String(index % 1_000_000).padStart(6, '0')}Z`;
		const [front, back] = wordsOf(index, at);
		return `${stamp} ${front.padEnd(lineBytes - stamp.length - back.length - 2, 'x')}${back}\n`;
	}
}

/** The two ends of a line; the room between them is filled. */
function wordsOf(index: number, at: number): readonly [string, string] {
	const level = index % 97 === 0 ? 'error' : index % 29 === 0 ? 'warn' : 'info';
	switch (index % 4) {
		case 0:
			return [`{"level":"${level}","msg":"@${at} order stored","status":200,"duration_ms":${index % 900},"trace_id":"`, '"}'];
		case 1:
			return [`level=${level} msg="@${at} session renewed" user=${index % 5000} duration=${index % 700}ms trace=`, ''];
		case 2:
			return [`${level === 'info' ? 'I' : level === 'warn' ? 'W' : 'E'}1121 14:02:31.000000       1 store.go:118] @${at} cache refreshed key="`, '"'];
		default:
			return [`${level.toUpperCase()} @${at} GET /api/items/${index % 3000} 200 `, ''];
	}
}
