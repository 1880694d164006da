import type {LogCounters, LogRecord} from './log-record.ts';

/** What a record takes beside its text. */
const overhead = 96;

/** The newest records of a view, bounded in number and in bytes. received = held + dropped, always. */
export class LogRing {
	readonly #maxRecords: number;
	readonly #maxBytes: number;
	#records: LogRecord[] = [];
	#weights: number[] = [];
	/** Records before this index were dropped already; the arrays are cut from time to time. */
	#start = 0;
	#received = 0;
	#dropped = 0;
	#bytes = 0;
	#shown: readonly LogRecord[] = [];
	#isShown = true;

	constructor(maxRecords: number, maxBytes: number) {
		this.#maxRecords = Math.max(1, maxRecords);
		this.#maxBytes = maxBytes;
	}

	/** `weight`: of the text. The newest record is held whatever it weighs. */
	push(record: LogRecord, weight: number): void {
		this.#records.push(record);
		this.#weights.push(weight + overhead);
		this.#received++;
		this.#bytes += weight + overhead;
		this.#isShown = false;
		while (this.#held > this.#maxRecords || (this.#bytes > this.#maxBytes && this.#held > 1)) this.#drop();
		if (this.#start > this.#maxRecords || this.#start > 4096) this.#compact();
	}

	get isFull(): boolean {
		return this.#dropped > 0;
	}

	counters(): LogCounters {
		return {received: this.#received, held: this.#held, dropped: this.#dropped, bytes: this.#bytes};
	}

	/** Oldest first; the same array until something was pushed. */
	records(): readonly LogRecord[] {
		if (!this.#isShown) {
			this.#shown = this.#records.slice(this.#start);
			this.#isShown = true;
		}
		return this.#shown;
	}

	get #held(): number {
		return this.#records.length - this.#start;
	}

	#drop(): void {
		this.#bytes -= this.#weights[this.#start] ?? 0;
		this.#start++;
		this.#dropped++;
	}

	#compact(): void {
		this.#records = this.#records.slice(this.#start);
		this.#weights = this.#weights.slice(this.#start);
		this.#start = 0;
	}
}
