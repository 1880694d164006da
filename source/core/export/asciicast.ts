/** asciicast v2 (docs.asciinema.org/manual/asciicast/v2): one JSON value a line, times in seconds since the beginning. */
export function castHeader(size: Readonly<{columns: number; rows: number}>, at: number, title: string): string {
	return `${JSON.stringify({version: 2, width: size.columns, height: size.rows, timestamp: Math.floor(at / 1000), title, env: {TERM: 'xterm-256color'}})}\n`;
}

/** What turns one frame into the next: the rows that differ, each drawn anew. Rows are painted already; undefined where nothing changed. */
export function castFrame(afterMs: number, before: readonly string[] | undefined, rows: readonly string[]): string | undefined {
	const changed = rows.flatMap((row, index) => (before?.[index] === row ? [] : [`\x1b[${index + 1};1H\x1b[0m\x1b[2K${row}`]));
	if (changed.length === 0) return undefined;
	const start = before === undefined ? '\x1b[?25l\x1b[2J' : '';
	return `${JSON.stringify([Math.round(afterMs) / 1000, 'o', `${start}${changed.join('')}\x1b[0m`])}\n`;
}
