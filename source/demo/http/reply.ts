import type {ServerResponse} from 'node:http';
import type {Fault} from '../faults.ts';
import type {Stall} from './stall.ts';

type Headers = Readonly<Record<string, string>>;
type FaultOf<K extends Fault['kind']> = Extract<Fault, {kind: K}>;

/** How many bytes may wait in a socket before a slow watcher is dropped, as the watch cache does by its time budget. */
const slowWatcherBytes = 64 * 1024 * 1024;

function faultOf<K extends Fault['kind']>(faults: readonly Fault[], kind: K): FaultOf<K> | undefined {
	return faults.find((fault): fault is FaultOf<K> => fault.kind === kind);
}

/** One answer: the only way to the socket, so that faults and stalls reach every byte. */
export class Reply {
	readonly #response: ServerResponse;
	readonly #faults: readonly Fault[];
	readonly #stall: Stall;
	#sent = 0;
	#lines = 0;
	#isOver = false;
	/** What waits for the second packet of a split body. */
	#queue: Array<() => void> | undefined;

	constructor(response: ServerResponse, faults: readonly Fault[], stall: Stall) {
		this.#response = response;
		this.#faults = faults;
		this.#stall = stall;
		response.on('close', () => {
			this.#isOver = true;
		});
		// A client that went away in the middle of an answer is no error here.
		response.on('error', () => undefined);
	}

	get isOver(): boolean {
		return this.#isOver;
	}

	/** Calls back once the answer has ended or the client has gone. */
	onClose(closed: () => void): void {
		if (this.#isOver) closed();
		else this.#response.once('close', closed);
	}

	/** A whole answer. */
	send(status: number, headers: Headers, body: string): void {
		const bytes = Buffer.from(body);
		this.#stall.run(() => {
			if (this.#isOver || this.#isResetAtOnce()) return;
			// Faults that cut the body need it without a length, else the client would notice by counting.
			const isCut = this.#faults.some(({kind}) => kind === 'truncate' || kind === 'split');
			this.#response.writeHead(status, isCut ? headers : {...headers, 'Content-Length': String(bytes.length)});
			this.#write(bytes);
			this.#finish();
		});
	}

	/** The head of a stream. */
	begin(status: number, headers: Headers): void {
		this.#stall.run(() => {
			if (this.#isOver || this.#isResetAtOnce()) return;
			this.#response.writeHead(status, headers);
			this.#response.flushHeaders();
		});
	}

	/** One line of a stream. */
	line(text: string): void {
		this.#stall.run(() => {
			if (this.#isOver) return;
			this.#lines += 1;
			this.#write(Buffer.from(text));
			const garbage = faultOf(this.#faults, 'garbage');
			if (garbage !== undefined && garbage.afterLines === this.#lines) this.#write(Buffer.from(`${garbage.line ?? '<html>upstream gone</html>'}\n`));
			if (this.#response.writableLength > slowWatcherBytes) this.end();
		});
	}

	/** A piece of a stream that is no line. */
	bytes(bytes: Buffer): void {
		this.#stall.run(() => {
			if (!this.#isOver) this.#write(bytes);
		});
	}

	/** Resolves once the client has taken what was written, or has gone. */
	async taken(): Promise<void> {
		if (this.#isOver || !this.#response.writableNeedDrain) return;
		await new Promise<void>(resolve => {
			const done = (): void => {
				this.#response.off('drain', done);
				this.#response.off('close', done);
				resolve();
			};
			this.#response.on('drain', done);
			this.#response.on('close', done);
		});
	}

	/** Ends a stream properly. */
	end(): void {
		this.#stall.run(() => this.#finish());
	}

	#finish(): void {
		if (this.#queue !== undefined) this.#queue.push(() => this.#finish());
		else if (!this.#isOver && !this.#isBroken()) this.#response.end();
	}

	#isResetAtOnce(): boolean {
		if (faultOf(this.#faults, 'reset')?.afterBytes !== 0) return false;
		this.#reset();
		return true;
	}

	/** Whether a fault has taken the connection, so that the answer must not end properly. */
	#isBroken(): boolean {
		return faultOf(this.#faults, 'half-close') !== undefined || faultOf(this.#faults, 'reset') !== undefined;
	}

	#write(bytes: Buffer): void {
		if (this.#queue !== undefined) {
			this.#queue.push(() => this.#write(bytes));
			return;
		}
		const from = this.#sent;
		this.#sent += bytes.length;
		for (const [kind, cut] of this.#cuts()) {
			if (this.#isOver || cut < from || cut > this.#sent) continue;
			this.#response.write(bytes.subarray(0, cut - from));
			this.#breakOff(kind, bytes.subarray(cut - from));
			return;
		}
		if (!this.#isOver) this.#response.write(bytes);
	}

	#cuts(): ReadonlyArray<readonly [Fault['kind'], number]> {
		return this.#faults.flatMap((fault): ReadonlyArray<readonly [Fault['kind'], number]> => {
			if (fault.kind === 'split') return [[fault.kind, fault.atByte]];
			return fault.kind === 'reset' || fault.kind === 'half-close' || fault.kind === 'truncate' ? [[fault.kind, fault.afterBytes]] : [];
		});
	}

	#breakOff(kind: Fault['kind'], rest: Buffer): void {
		switch (kind) {
			case 'reset':
				this.#reset();
				return;
			case 'half-close':
				this.#isOver = true;
				this.#response.socket?.end();
				return;
			case 'truncate':
				this.#response.end();
				this.#isOver = true;
				return;
			default:
				this.#sendLater(rest);
		}
	}

	/** A later turn of the loop makes it a packet of its own; whatever comes meanwhile queues up behind it. */
	#sendLater(rest: Buffer): void {
		this.#queue = [];
		setImmediate(() => {
			const queued = this.#queue ?? [];
			this.#queue = undefined;
			if (!this.#isOver) this.#response.write(rest);
			for (const action of queued) action();
		});
	}

	#reset(): void {
		this.#isOver = true;
		const {socket} = this.#response;
		// The written part goes out first: a reset throws away what still waits.
		setImmediate(() => socket?.resetAndDestroy());
	}
}
