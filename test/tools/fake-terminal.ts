import {PassThrough, Writable} from 'node:stream';
import {keyBytes} from './key-bytes.ts';
import {VirtualScreen} from './virtual-screen.ts';

/** Streams that look like a terminal to Ink, inside this process. Cast-free for `render(<App/>, {stdin, stdout})`. */
export type FakeTerminal = Disposable &
	Readonly<{
		stdin: PassThrough & {isTTY: boolean; isRaw: boolean; setRawMode(on: boolean): unknown; ref(): unknown; unref(): unknown};
		stdout: Writable & {isTTY: boolean; columns: number; rows: number};
		screen: VirtualScreen;
		/** Bytes written so far. */
		byteCount(): number;
		output(): string;
		/** Types keys as `:pods<enter>`. */
		press(keys: string): void;
		send(bytes: string): void;
		resize(columns: number, rows: number): void;
		/** Resolves when all that was written is on the screen. */
		drawn(): Promise<void>;
	}>;

export function fakeTerminal(columns: number, rows: number): FakeTerminal {
	const screen = new VirtualScreen({columns, rows});
	const written: Uint8Array[] = [];
	let last: Promise<void> = Promise.resolve();
	const stdin = Object.assign(new PassThrough(), {
		isTTY: true,
		isRaw: false,
		setRawMode(on: boolean) {
			stdin.isRaw = on;
			return stdin;
		},
		ref: () => stdin,
		unref: () => stdin,
	});
	const stdout = Object.assign(
		new Writable({
			write(chunk: Buffer, _encoding, done) {
				written.push(chunk);
				// As the system's terminal driver does it (ONLCR): a new line begins at the left.
				last = screen.write(chunk.toString('utf8').replaceAll(/\r?\n/g, '\r\n'));
				done();
			},
		}),
		{isTTY: true, columns, rows},
	);
	return {
		stdin,
		stdout,
		screen,
		byteCount: () => written.reduce((sum, chunk) => sum + chunk.length, 0),
		output: () => Buffer.concat(written).toString('utf8'),
		press: keys => void stdin.write(keyBytes(keys)),
		send: bytes => void stdin.write(bytes),
		resize(newColumns, newRows) {
			screen.resize(newColumns, newRows);
			Object.assign(stdout, {columns: newColumns, rows: newRows});
			stdout.emit('resize');
		},
		drawn: () => last,
		[Symbol.dispose]() {
			stdin.destroy();
			stdout.destroy();
			screen[Symbol.dispose]();
		},
	};
}
