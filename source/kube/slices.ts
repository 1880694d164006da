import {setImmediate as nextTurn} from 'node:timers/promises';

/** The longest the main thread is held in one go, ms: half a frame at 60 Hz. */
const sliceMs = 8;

export type Slices = Readonly<{
	/** Has the work since `begin` filled a slice? */
	full(): boolean;
	/** Work begins, or goes on after a wait that was not ours. */
	begin(): void;
	/** A wait that is not ours begins: the time spent so far is kept. */
	rest(): void;
	/** Lets keys, timers and sockets have their turn. */
	yield(): Promise<void>;
}>;

/** Counts working time, so that long work can be cut into slices. */
export function createSlices(): Slices {
	let spentMs = 0;
	let begunAt = performance.now();
	return {
		full: () => spentMs + performance.now() - begunAt >= sliceMs,
		begin() {
			begunAt = performance.now();
		},
		rest() {
			spentMs += performance.now() - begunAt;
		},
		async yield() {
			await nextTurn();
			spentMs = 0;
			begunAt = performance.now();
		},
	};
}
