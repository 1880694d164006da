import type {Random} from './random.ts';

/** A text of up to `most` pieces, taken at random. */
export function randomText(random: Random, pieces: readonly string[], most: number): string {
	return Array.from({length: random.below(most + 1)}, () => random.pick(pieces)).join('');
}
