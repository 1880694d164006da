/** The candidate nearest to a mistyped word, in any case: at most one edit in three letters, of two as near the first; undefined: none is. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
	const wanted = word.toLowerCase();
	let best: string | undefined;
	let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
	for (const candidate of candidates) {
		const distance = editDistance(wanted, candidate.toLowerCase(), least);
		if (distance < least) {
			least = distance;
			best = candidate;
		}
	}
	return best;
}

/** Insertions, deletions, changes and swaps of neighbours between two words (optimal string alignment); `limit` and above are not told apart. */
function editDistance(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) >= limit) return limit;
	let beforeLast: readonly number[] = [];
	let last: readonly number[] = Array.from({length: b.length + 1}, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let cost = Math.min((last[j] ?? limit) + 1, (row[j - 1] ?? limit) + 1, (last[j - 1] ?? limit) + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] ?? limit) + 1);
			row.push(cost);
		}
		beforeLast = last;
		last = row;
	}
	return Math.min(limit, last[b.length] ?? limit);
}

/** The end of a sentence about an unknown name: ` Did you mean nodes?`, or nothing where no name is near. `prefix` stands before the name (`--`). */
export function proposal(word: string, candidates: Iterable<string>, prefix = ''): string {
	const found = nearest(word, candidates);
	return found === undefined ? '' : ` Did you mean ${prefix}${found}?`;
}
