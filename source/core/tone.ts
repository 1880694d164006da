/** What a value means; only themes know colours, only glyph sets know symbols. */
export const tones = ['text', 'ok', 'progressing', 'warning', 'error', 'unknown', 'terminating', 'muted', 'accent'] as const;
export type Tone = (typeof tones)[number];

const severity: Readonly<Record<Tone, number>> = {
	error: 8,
	warning: 7,
	unknown: 6,
	terminating: 5,
	progressing: 4,
	ok: 3,
	muted: 2,
	text: 1,
	accent: 0,
};

/** The graver of two tones: error, warning, unknown, terminating, progressing, ok, muted, text. */
export function worse(a: Tone, b: Tone): Tone {
	return severity[b] > severity[a] ? b : a;
}

/** Higher is graver; for sorting by state. */
export function gravity(tone: Tone): number {
	return severity[tone];
}
