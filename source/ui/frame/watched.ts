import {lineWidth, overlayLine, spreadLine} from '../../core/cut-line.ts';
import type {Line} from '../../core/line.ts';
import {plain} from '../../core/line.ts';
import {maskLine} from '../../core/share/mask-line.ts';
import type {Hint} from '../../core/page.ts';
import {countMasks, type MaskOptions} from '../../core/share/mask-text.ts';
import {clean, plural, truncate} from '../../core/text.ts';
import type {Frame} from '../../core/view.ts';
import type {BodyLine} from './page-lines.ts';

/** How many masks are in sight. */
export function maskedCount(lines: readonly BodyLine[]): number {
	return lines.reduce((sum, {line}) => sum + countMasks(plain(line)), 0);
}

/** A composed screen as it leaves the program: what still could be a secret is masked once more, whatever drew it. */
export function maskedLines(lines: readonly BodyLine[], options: MaskOptions): readonly BodyLine[] {
	return lines.map(drawn => {
		const line = maskLine(drawn.line, options);
		return line === drawn.line ? drawn : {...drawn, line};
	});
}

/** The same for people who watch: the cursor's row between `>>` and `<<`, and in row 2 how much is masked. `crumbs`: that row, if there is one; `cut`: the sign of a cut. */
export function watchedLines(
	lines: readonly BodyLine[],
	columns: number,
	{crumbs, cut}: Readonly<{crumbs: number | undefined; cut: string}>,
): readonly BodyLine[] {
	const count = maskedCount(lines);
	return lines.map((drawn, row) => {
		if (row === crumbs && count > 0) return {...drawn, line: withCount(drawn.line, count, columns, cut)};
		return drawn.selected ? {...drawn, line: withLaser(drawn.line, columns)} : drawn;
	});
}

function withCount(line: Line, count: number, columns: number, cut: string): Line {
	const text = ` masked ${plural(count, 'value')} `;
	const from = Math.max(1, columns - text.length);
	// A name that ends under the count must not look whole.
	const isCut =
		plain(line)
			.slice(from - 1, from + 1)
			.trim().length === 2;
	return overlayLine(line, isCut ? from - 1 : from, [{text: (isCut ? cut : '') + text, tone: 'warning'}], columns);
}

/** The first cell is the cursor's own; the second only where nothing stands in it (a table has its symbol there). */
function withLaser(line: Line, columns: number): Line {
	const mark = plain(line).slice(1, 2).trim() === '' ? '>>' : '>';
	const marked = overlayLine(line, 0, [{text: mark, bold: true}], columns);
	return lineWidth(line) > columns - 3
		? overlayLine(marked, columns - 3, [{text: ' <<', bold: true}], columns)
		: spreadLine(marked, [{text: ' <<', bold: true}], columns);
}

/** `DID   14:02:09Z opened YAML of Pod web-1 in shop`. */
export function didLine({state, viewport}: Frame): Line {
	const {did} = state;
	const text = did === undefined ? 'nothing yet' : `${new Date(did.at).toISOString().slice(11, 19)}Z ${clean(did.text)}`;
	return [{text: ' DID   ', tone: 'accent', bold: true}, {text: truncate(text, Math.max(1, viewport.columns - 8), 'end')}];
}

const wordy: Readonly<Record<string, string>> = {go: 'go to a kind', all: 'all commands', keys: 'all keys', view: 'change the view', prev: 'run before'};

/** What is refused while people watch is not offered. */
export function isOffered({title}: Hint): boolean {
	return title !== 'decode';
}

/** A hint for who has never seen the program. `back`: what is below the screen on top. */
export function wordyHint(hint: Hint, back: string | undefined): Hint {
	if (hint.title === 'back') return back === undefined ? hint : {...hint, title: `back to ${back}`};
	return {...hint, title: wordy[hint.title] ?? hint.title};
}

/** The last keys; the oldest leave where there is no room. */
export function keysLine({state, viewport}: Frame): Line {
	let keys = state.pressed;
	while (keys.length > 1 && keys.join('  ').length > viewport.columns - 9) keys = keys.slice(1);
	return [{text: ' KEYS  ', tone: 'accent', bold: true}, {text: keys.join('  ')}];
}
