/** Rows of the first page: on the screen after one round trip. */
export const firstPageRows = 250;
const secondPageRows = 500;
/** Also on a machine that is busy with something else: every page costs a round trip and a reply of its own. */
const smallestPageRows = 500;
/** Fewer rows say nothing about the rate. */
const tellingRows = 100;
const largestPageRows = 1000;
/** What parsing one page may take of the main thread, ms: more would be felt as a stutter. */
const parseBudgetMs = 50;

export type PageSize = Readonly<{
	/** Rows to ask for next. */
	next(): number;
	/** How long a page took to parse. */
	parsed(rows: number, elapsedMs: number): void;
}>;

/** Page sizes of a list: small at first, then as many rows as can be parsed in one go (kube-api.md 3.4). */
export function createPageSize(): PageSize {
	let asked = 0;
	let perRowMs: number | undefined;
	return {
		next() {
			asked++;
			if (asked === 1) return firstPageRows;
			if (perRowMs === undefined) return secondPageRows;
			return Math.round(Math.min(largestPageRows, Math.max(smallestPageRows, parseBudgetMs / perRowMs)));
		},
		parsed(rows, elapsedMs) {
			// A clock too coarse to measure means fast.
			if (rows >= tellingRows) perRowMs = Math.max(elapsedMs, 0.001) / rows;
		},
	};
}
