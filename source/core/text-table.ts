/** kubectl's tabwriter: `GetNewTabWriter` in k8s.io/cli-runtime/pkg/printers/tabwriter.go. */
const minimumWidth = 6;
const gap = 3;

/**
 * Rows of cells as lines, laid out byte for byte as kubectl does: every column but the last is as wide as its longest
 * cell and three blanks, at least six; the last is left as it is. Widths count code points, as Go's tabwriter does.
 */
export function textTable(rows: ReadonlyArray<readonly string[]>): string[] {
	const widths: number[] = [];
	for (const row of rows) {
		for (let index = 0; index < row.length - 1; index++) {
			widths[index] = Math.max(widths[index] ?? minimumWidth, codePoints(row[index] ?? '') + gap);
		}
	}
	return rows.map(row => row.map((cell, index) => (index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - codePoints(cell)))).join(''));
}

function codePoints(text: string): number {
	let count = text.length;
	for (let index = 1; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		// The second half of a surrogate pair does not count.
		if (unit >= 0xdc00 && unit <= 0xdfff) count--;
	}
	return count;
}

/**
 * What a cell of the server prints as: kubectl's rules (`printTable` and `WriteEscaped` in cli-runtime), so cut at the first
 * line break with `...`, and escape characters made visible. Beyond kubectl, every other control byte is made visible too,
 * because the C1 ones move a cursor as well.
 */
export function serverCellText(value: string | number | boolean | undefined): string {
	if (value === undefined) return '';
	if (typeof value !== 'string') return String(value);
	if (!/[\x00-\x1f\x7f-\x9f]/.test(value)) return value;
	const end = value.search(/[\f\n\r]/);
	const line = end === -1 ? value : value.slice(0, end);
	return visibleControls(line) + (end === -1 ? '' : '...');
}

/** Control bytes as a terminal cannot act on them: `^[` for escape, a blank for a tab, `\x9b` for the C1 set. */
export function visibleControls(text: string): string {
	return text.replace(/[\x00-\x1f\x7f-\x9f]/g, control => {
		const code = control.charCodeAt(0);
		if (control === '\t' || control === '\v') return ' ';
		if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`;
		return code === 0x7f ? '^?' : `\\x${code.toString(16)}`;
	});
}
