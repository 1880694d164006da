/** Time, handed in wherever something waits: milliseconds since the epoch. */
export type Clock = Readonly<{
	now(): number;
	/** Runs once after `ms`; disposing it cancels. */
	after(ms: number, run: () => void): Disposable;
}>;
