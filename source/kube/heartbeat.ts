import type {Clock} from '../core/clock.ts';

/** kube-api.md 4.4: bookmarks come about once a minute, so these much later something is wrong. */
const quietAfterMs = 75_000;
const deadAfterMs = 90_000;
/** How long after the agreed end a stream may stay open. */
const overrunMs = 15_000;
const overrunUnprovenMs = 10_000;
/** A watch answers with its head at once, events or not. */
const headWithinMs = 30_000;
/** While others hold all connections, waiting is no fault. */
const queuedWithinMs = 600_000;

export type Heartbeat = Disposable &
	Readonly<{
		/** It waits for a free connection. */
		queued(): void;
		/** The head of the answer has come. */
		opened(): void;
		/** A byte has come. */
		byte(): void;
		/** Bookmarks come on this stream: silence now means something. */
		bookmark(): void;
	}>;

export type HeartbeatOptions = Readonly<{
	clock: Clock;
	/** This kind had bookmarks on an earlier stream. */
	proven: boolean;
	/** The `timeoutSeconds` asked for. */
	timeoutMs: number;
	quiet(since: number): void;
	/** Bytes came again after `quiet`. */
	awake(): void;
	dead(silentMs: number): void;
}>;

/** Tells a quiet watch from a dead one, by the silence between bytes and by the end that was agreed upon. */
export function createHeartbeat(options: HeartbeatOptions): Heartbeat {
	const {clock} = options;
	let startedAt = clock.now();
	let lastByteAt = startedAt;
	let proven = options.proven;
	let open = false;
	let headMs = headWithinMs;
	let quiet = false;
	let timer: Disposable | undefined;
	const endAt = () => startedAt + (open ? options.timeoutMs + (proven ? overrunMs : overrunUnprovenMs) : headMs);
	const dueAt = () => (open && proven ? Math.min(endAt(), lastByteAt + (quiet ? deadAfterMs : quietAfterMs)) : endAt());
	const check = () => {
		const now = clock.now();
		if (now < dueAt()) return schedule();
		const silentMs = now - lastByteAt;
		if (now >= endAt() || silentMs >= deadAfterMs) return options.dead(silentMs);
		quiet = true;
		options.quiet(lastByteAt);
		schedule();
	};
	const schedule = () => {
		timer?.[Symbol.dispose]();
		timer = clock.after(Math.max(0, dueAt() - clock.now()), check);
	};
	schedule();
	return {
		queued() {
			headMs = queuedWithinMs;
			schedule();
		},
		opened() {
			open = true;
			// The server counts from here, however long it took to get a connection.
			startedAt = clock.now();
			lastByteAt = startedAt;
			schedule();
		},
		byte() {
			// The pending timer finds out by itself that it came too early: a timer for each chunk would cost more than the chunk.
			lastByteAt = clock.now();
			if (!quiet) return;
			quiet = false;
			options.awake();
		},
		bookmark() {
			if (proven) return;
			proven = true;
			schedule();
		},
		[Symbol.dispose]: () => timer?.[Symbol.dispose](),
	};
}
