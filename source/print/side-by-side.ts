/** Runs over all values, at most `limit` at a time; the results stand in the order of the values. Rejects with the first failure. */
export async function sideBySide<T, R>(values: readonly T[], limit: number, run: (value: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	const waiting = values.entries();
	// The workers share one iterator, so each takes the next value that is left.
	const worker = async () => {
		for (const [index, value] of waiting) results[index] = await run(value);
	};
	await Promise.all(Array.from({length: Math.min(limit, values.length)}, worker));
	return results;
}
