/** Holds all answers back while it is on, without losing a byte. */
export type Stall = Readonly<{
	set(isOn: boolean): void;
	/** Runs now, or when the stall ends. Order is kept. */
	run(action: () => void): void;
}>;

export function createStall(): Stall {
	let isOn = false;
	let held: Array<() => void> = [];
	return {
		set(on) {
			isOn = on;
			if (on) return;
			const due = held;
			held = [];
			for (const action of due) action();
		},
		run(action) {
			if (isOn) held.push(action);
			else action();
		},
	};
}
