import {write, writeSync} from 'node:fs';

/** Writes whole chunks to a file descriptor. */
export type ByteWriter = Readonly<{
	/** Without blocking this thread: a terminal that takes nothing (Ctrl-S, a slow line) holds up `done`, not the program. */
	write(bytes: Uint8Array, done: (error?: Error) => void): void;
	/** Blocking; for the way out. Throws what the system says, except for a terminal that is just full. */
	writeNow(bytes: Uint8Array): void;
}>;

const retryMs = 5;
const fullRetries = 200;

/**
 * A writer for a terminal's descriptor. Node's own stdout writes to a terminal blocking, which would stop every
 * watch while the terminal is slow; this one goes through the thread pool and so has an honest `writableLength`.
 */
export function fdWriter(fd: number): ByteWriter {
	const writeFrom = (bytes: Uint8Array, start: number, done: (error?: Error) => void) => {
		write(fd, bytes, start, bytes.length - start, null, (error, count) => {
			if (error?.code === 'EAGAIN') setTimeout(() => writeFrom(bytes, start, done), retryMs);
			else if (error) done(error);
			else if (start + count < bytes.length) writeFrom(bytes, start + count, done);
			else done();
		});
	};
	return {
		write: (bytes, done) => writeFrom(bytes, 0, done),
		writeNow(bytes) {
			for (let start = 0, full = 0; start < bytes.length && full < fullRetries; ) {
				try {
					start += writeSync(fd, bytes, start);
				} catch (error) {
					if (!(error instanceof Error) || !('code' in error) || error.code !== 'EAGAIN') throw error;
					full++;
					Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryMs);
				}
			}
		},
	};
}

/** Stops this thread for a moment: only for the way out, where no event loop turns any more. */
export function pauseThread(ms: number): void {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
