import {Writable} from 'node:stream';
import {CellScreen, type CursorPlace} from './cell-screen.ts';
import {type ByteWriter, pauseThread} from './fd-writer.ts';

const beginSynchronized = '\u001b[?2026h';
const endSynchronized = '\u001b[?2026l';
/** Far longer than a write to a terminal that takes it. */
const sendingMs = 20;
const modeChange = /\u001b\[\?(1049|25|2004)([hl])/g;

/** The terminal that is written to: its size, and word when that changes. `process.stdout` is one. */
export type SizedTerminal = Readonly<{
	columns?: number;
	rows?: number;
	on(event: 'resize', run: () => void): unknown;
	off(event: 'resize', run: () => void): unknown;
}>;

export type StdoutFilterOptions = Readonly<{
	terminal: SizedTerminal;
	writer: ByteWriter;
	/** Whether the terminal confirmed mode 2026: then frames are wrapped in its markers. Those that Ink writes are taken out. */
	synchronized: boolean;
	/** Called once when the terminal is gone (EPIPE, EIO); afterwards everything written is dropped. */
	lost: (error: Error) => void;
}>;

/** Which modes are on in the terminal by what went through; what must be undone on the way out. */
export type TerminalModes = Readonly<{alternateScreen: boolean; cursorHidden: boolean; bracketedPaste: boolean}>;

/**
 * What Ink gets as stdout. On the alternate screen it sends only the cells that changed, one frame at a time; frames that come while
 * the terminal is busy become one. Counts bytes, knows which modes are on, emits `resized` for the terminal's `resize`, and never
 * throws or emits an error: `writableLength` says how far the terminal is behind.
 */
export class StdoutFilter extends Writable {
	readonly isTTY = true;
	readonly #options: StdoutFilterOptions;
	// Not `resize`: Ink would draw the frame of the old size into the terminal of the new one.
	readonly #resized = () => {
		this.#screen.resize(this.columns, this.rows);
		this.emit('resized');
	};
	readonly #screen: CellScreen;
	#modes = {alternateScreen: false, cursorHidden: false, bracketedPaste: false};
	#state: 'open' | 'closed' | 'lost' = 'open';
	#bytesSent = 0;
	#isSending = false;
	#cursorPlace: (() => CursorPlace) | undefined;
	#isSettling = false;

	constructor(options: StdoutFilterOptions) {
		super({decodeStrings: false, highWaterMark: 64 * 1024});
		this.#options = options;
		this.#screen = new CellScreen(this.columns, this.rows);
		options.terminal.on('resize', this.#resized);
	}

	get columns(): number {
		return this.#options.terminal.columns ?? 80;
	}

	get rows(): number {
		return this.#options.terminal.rows ?? 24;
	}

	/** Bytes that went to the terminal since the start. */
	get bytesSent(): number {
		return this.#bytesSent;
	}

	get modes(): TerminalModes {
		return this.#modes;
	}

	/** Drops what comes from now on: the terminal is somebody else's. */
	close(): void {
		if (this.#state === 'open') this.#state = 'closed';
		this.#options.terminal.off('resize', this.#resized);
	}

	/** Draws every cell anew: something else has written to the terminal. */
	repaint(): void {
		this.#screen.forget();
		this.write('');
	}

	/** Who knows where the terminal's cursor belongs in the newest frame; until then it stays where Ink leaves it. */
	followCursor(place: () => CursorPlace): void {
		this.#cursorPlace = place;
	}

	/** Puts the cursor in its place: it may have moved where no cell has changed. */
	settle(): void {
		this.#screen.touch();
		if (this.#isSettling) return;
		this.#isSettling = true;
		this.write('', () => {
			this.#isSettling = false;
		});
	}

	/** Resolves when all that was written before is with the terminal. */
	flushed(): Promise<void> {
		return new Promise(resolve => this.write('', () => resolve()));
	}

	/** Writes at once, past what waits in the stream: for the way out. */
	writeNow(text: string): void {
		if (this.#state === 'lost' || text === '') return;
		// A frame is with another thread just now: it must not land behind this text.
		if (this.#isSending) pauseThread(sendingMs);
		this.#note(text);
		try {
			this.#options.writer.writeNow(Buffer.from(text));
		} catch (error) {
			this.#lose(error);
		}
	}

	override _write(chunk: string | Uint8Array, _encoding: BufferEncoding, done: () => void): void {
		this.#send(this.#screen.take(textOf(chunk)) + this.#drawn(), done);
	}

	override _writev(chunks: ReadonlyArray<Readonly<{chunk: string | Uint8Array}>>, done: () => void): void {
		const passed = chunks.map(({chunk}) => this.#screen.take(textOf(chunk))).join('');
		this.#send(passed + this.#drawn(), done);
	}

	/** The newest frame, as far as the terminal does not show it yet. */
	#drawn(): string {
		const {cells, rows, cursor} = this.#screen.draw(this.#cursorPlace);
		// A change within one row is never seen half done: the clock's tick is shorter than the markers.
		return this.#options.synchronized && rows > 1 ? beginSynchronized + cells + cursor + endSynchronized : cells + cursor;
	}

	#send(text: string, done: () => void): void {
		if (text === '' || this.#state !== 'open') {
			done();
			return;
		}
		this.#note(text);
		const bytes = Buffer.from(text);
		this.#isSending = true;
		this.#options.writer.write(bytes, error => {
			this.#isSending = false;
			if (error) this.#lose(error);
			else this.#bytesSent += bytes.length;
			done();
		});
	}

	#note(text: string): void {
		for (const [, mode, state] of text.matchAll(modeChange)) {
			if (mode === '1049') this.#modes.alternateScreen = state === 'h';
			else if (mode === '25') this.#modes.cursorHidden = state === 'l';
			else this.#modes.bracketedPaste = state === 'h';
		}
	}

	#lose(error: unknown): void {
		if (this.#state === 'lost') return;
		this.#state = 'lost';
		this.#options.lost(error instanceof Error ? error : new Error(String(error)));
	}
}

function textOf(chunk: string | Uint8Array): string {
	return typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
}
