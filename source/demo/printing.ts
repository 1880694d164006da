import {humanDuration, untilNextText} from './human-duration.ts';
import type {Printing} from './kind.ts';

/** A Printing that also knows how long its text stays true. */
export type TrackedPrinting = Printing &
	Readonly<{
		/** The moment of the first change of a text printed so far; Infinity without ages. */
		validUntil(): number;
	}>;

function millisecondsOf(time: unknown): number | undefined {
	if (typeof time !== 'string' || time === '') return undefined;
	const parsed = Date.parse(time);
	return Number.isNaN(parsed) ? undefined : parsed;
}

/** Prints ages as seen at `now` (milliseconds since the epoch). */
export function trackedPrinting(now: number): TrackedPrinting {
	let validUntil = Number.POSITIVE_INFINITY;
	const elapsed = (start: number): string => {
		const milliseconds = now - start;
		validUntil = Math.min(validUntil, now + untilNextText(milliseconds));
		return humanDuration(milliseconds);
	};
	return {
		now,
		since(time) {
			const start = millisecondsOf(time);
			return start === undefined ? '<unknown>' : elapsed(start);
		},
		between(start, end) {
			const from = millisecondsOf(start);
			const to = millisecondsOf(end);
			if (from === undefined) return '';
			return to === undefined ? elapsed(from) : humanDuration(to - from);
		},
		validUntil: () => validUntil,
	};
}
