/** Zero-based; -1 where it is not known. */
export type CellPlace = Readonly<{row: number; column: number}>;

/** A line feed is a byte, a row down by sequence three and more. */
const mostFeeds = 3;

/** The shortest bytes that move the cursor, absolute ones where there is a choice. A terminal with ONLCR or without reads them alike. */
export function moveBytes(from: CellPlace, to: CellPlace): string {
	if (from.row === to.row && from.column === to.column) return '';
	// A parameter that is left out is 1.
	const absolute = `\x1b[${to.row === 0 ? '' : to.row + 1}${to.column === 0 ? '' : `;${to.column + 1}`}H`;
	if (from.row < 0) return absolute;
	const down = to.row - from.row;
	const candidates = [absolute, vertical(down) + horizontal(from.column, to.column)];
	if (down > 0 && down <= mostFeeds) candidates.push(`\r${'\n'.repeat(down)}${horizontal(0, to.column)}`);
	return candidates.reduce((best, candidate) => (candidate.length < best.length ? candidate : best));
}

function vertical(down: number): string {
	return down === 0 ? '' : sequence(Math.abs(down), down > 0 ? 'B' : 'A');
}

function horizontal(from: number, to: number): string {
	if (from === to) return '';
	if (to === 0) return '\r';
	const absolute = `\x1b[${to + 1}G`;
	if (from < 0) return absolute;
	const back = from - to;
	if (back > 0 && back < 4) return '\b'.repeat(back);
	const relative = sequence(Math.abs(back), back > 0 ? 'D' : 'C');
	return relative.length < absolute.length ? relative : absolute;
}

function sequence(count: number, final: string): string {
	return `\x1b[${count === 1 ? '' : count}${final}`;
}
