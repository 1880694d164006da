import type {Screen} from './screen.ts';

/** What only says where in a screen one stands. */
const places: ReadonlySet<string> = new Set(['cursor', 'line', 'top', 'left', 'marks', 'column', 'firstColumn']);

/** Do two screens show the same, wherever in it one stands? */
export function sameContent(a: Screen, b: Screen): boolean {
	const [one, other] = [contentOf(a), contentOf(b)];
	return one.length === other.length && one.every(([key, value], index) => key === other[index]?.[0] && value === other[index]?.[1]);
}

function contentOf(screen: Screen): ReadonlyArray<readonly [string, unknown]> {
	return Object.entries(screen)
		.filter(([key]) => !places.has(key))
		.sort(([a], [b]) => (a < b ? -1 : 1));
}
