/** Runs over all values, at most `most` at a time; resolves when all are done. */
export async function limited<T>(values: readonly T[], most: number, run: (value: T) => Promise<void>): Promise<void> {
	const waiting = values.values();
	// The workers share one iterator, so each takes the next value that is left.
	const worker = async (): Promise<void> => {
		for (const value of waiting) await run(value);
	};
	await Promise.all(Array.from({length: Math.min(most, values.length)}, worker));
}
