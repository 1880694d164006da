/** Pieces of a body as they arrive, for one reader. */
export type ByteStream = AsyncIterable<Buffer> &
	Readonly<{
		push(piece: Buffer): void;
		/** The end of the body; what arrived is still delivered. */
		end(): void;
		fail(error: unknown): void;
		/** No more is wanted: what is pending is dropped and the reader ends. */
		destroy(): void;
	}>;

const highWaterBytes = 1_048_576;

export type Flow = Readonly<{
	/** The reader is slow: stop sending; `resume` when it has caught up. */
	pause(): void;
	resume(): void;
	/** After a rest, how long the reader lets pieces gather: nothing is read from the connection meanwhile. Without it each is delivered at once. */
	gather?(): Promise<void>;
	/** Called once, when the reader stops before the end. */
	cancel(): void;
}>;

/** A queue between a connection and one reader, without a Node stream between them. At most about 1 MB waits in it. */
export function createByteStream(flow: Flow): ByteStream {
	let pieces: Buffer[] = [];
	let bytes = 0;
	let paused = false;
	let ending: Readonly<{error?: unknown}> | undefined;
	let wake: (() => void) | undefined;
	const wakeReader = () => {
		const waiting = wake;
		wake = undefined;
		waiting?.();
	};
	const finish = (how: Readonly<{error?: unknown}>) => {
		ending ??= how;
		wakeReader();
	};
	const destroy = () => {
		pieces = [];
		bytes = 0;
		const isEarly = ending === undefined;
		finish({});
		if (isEarly) flow.cancel();
	};
	return {
		push(piece) {
			if (ending !== undefined) return;
			pieces.push(piece);
			bytes += piece.length;
			if (bytes >= highWaterBytes && !paused) {
				paused = true;
				flow.pause();
			}
			wakeReader();
		},
		end: () => finish({}),
		fail: error => finish({error}),
		destroy,
		async *[Symbol.asyncIterator]() {
			try {
				for (;;) {
					const ready = pieces;
					pieces = [];
					bytes = 0;
					if (paused) {
						paused = false;
						flow.resume();
					}
					yield* ready;
					if (pieces.length > 0) continue;
					if (ending !== undefined) {
						if ('error' in ending) throw ending.error;
						return;
					}
					await new Promise<void>(resolve => {
						wake = resolve;
					});
					if (flow.gather === undefined || ending !== undefined) continue;
					flow.pause();
					await flow.gather();
					flow.resume();
				}
			} finally {
				destroy();
			}
		},
	};
}
