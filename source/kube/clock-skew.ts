/** Server time minus local time, from the Date headers of answers. */
export type ClockSkew = Readonly<{
	/** `now` is the local time when the head arrived. */
	note(date: string | string[] | undefined, now: number): void;
	/** Median of the last five, ms; 0 until known. Right to about half a second, which is what the header can tell. */
	skewMs(): number;
}>;

export function createClockSkew(): ClockSkew {
	const samples: number[] = [];
	let skewMs = 0;
	let lastDate: string | undefined;
	return {
		note(date, now) {
			// Parsing is only worth it for a second not seen yet: a list of 200 pages has a handful of them.
			if (typeof date !== 'string' || date === lastDate) return;
			lastDate = date;
			const at = Date.parse(date);
			if (Number.isNaN(at)) return;
			// The header has whole seconds: half of one is its mean error.
			samples.push(at + 500 - now);
			if (samples.length > 5) samples.shift();
			skewMs = [...samples].sort((a, b) => a - b)[samples.length >> 1] ?? 0;
		},
		skewMs: () => skewMs,
	};
}
