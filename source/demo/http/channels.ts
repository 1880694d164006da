import type {WebSocket} from 'ws';
import type {Input, Output} from '../shell/streams.ts';

export const channel = {stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255} as const;

const frameBytes = 32 * 1024;
/** More than this waits in the socket: the writer waits too. */
const fullBytes = 1024 * 1024;

/** What comes from the client on stdin, in order, and its end. */
export class StdinQueue implements Input {
	readonly #parts: Buffer[] = [];
	#isEnded = false;
	#wake: () => void = () => undefined;

	push(bytes: Buffer): void {
		this.#parts.push(bytes);
		this.#wake();
	}

	end(): void {
		this.#isEnded = true;
		this.#wake();
	}

	unread(bytes: Buffer): void {
		this.#parts.unshift(bytes);
	}

	async read(): Promise<Buffer | undefined> {
		while (this.#parts.length === 0 && !this.#isEnded) {
			await new Promise<void>(resolve => {
				this.#wake = resolve;
			});
		}
		return this.#parts.shift();
	}
}

/** Writes to one channel in frames of the usual size, and waits while the client does not take them. */
export function channelOutput(socket: WebSocket, number: number): Output {
	return async bytes => {
		for (let start = 0; start < bytes.length; start += frameBytes) {
			socket.send(Buffer.concat([Buffer.from([number]), bytes.subarray(start, start + frameBytes)]));
			while (socket.bufferedAmount > fullBytes && socket.readyState === socket.OPEN) await new Promise(setImmediate);
		}
	};
}
