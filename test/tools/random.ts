/** Numbers in [0, 1) from a seed: the same seed gives the same run (mulberry32). */
export type Random = Readonly<{
	next(): number;
	/** Whole number from 0 up to, not including, `below`. */
	below(below: number): number;
	pick<T>(values: readonly T[]): T;
}>;

export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const below = (limit: number) => Math.floor(next() * limit);
	return {
		next,
		below,
		pick(values) {
			const value = values[below(values.length)];
			if (value === undefined) throw new Error('Nothing to pick from');
			return value;
		},
	};
}

/** How many rounds a fuzz test runs (`npm run fuzz` sets more) and from which seed; name the seed in every failure message. */
export function fuzzPlan(usualRuns: number): Readonly<{runs: number; seed: number}> {
	const factor = Number(process.env['FUZZ_FACTOR'] ?? 1);
	const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101);
	return {runs: Math.ceil(usualRuns * factor), seed};
}
