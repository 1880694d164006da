import {type Line, type Span, span} from '../core/line.ts';
import type {DnsColumn, DnsRow, DnsTab, Said} from '../core/net/dns-tab.ts';
import {shortPod} from '../core/net/dns-matrix-rows.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {fit, fullest, plural, truncate} from '../core/text.ts';
import {still} from './fit.ts';
import {cellsDialog} from './network-dialogs.ts';
import {stateMark} from './state-mark.ts';

const sourceWidth = 21;
const wideSourceWidth = 34;
/** `coredns-5v2j7` is no longer; where there is room `3/6 wrong-source` is not cut either. */
const leastCell = 13;
const mostCell = 18;
/** Mark and blanks before the source. */
const gutter = 3;
/** From here on names have room. */
const wideColumns = 120;

/** Client pods by destinations, as screens.md M7 draws them; columns without room are counted. */
export function dnsMatrixLines({columns, rows, api}: DnsTab, setting: PageSetting): readonly PageLine[] {
	const names = setting.body.columns >= wideColumns ? wideSourceWidth : sourceWidth;
	const room = setting.body.columns - gutter - names;
	const most = Math.max(1, Math.floor(room / (leastCell + 1)));
	const shown = columns.length <= most ? columns : keepEnds(columns, most);
	const cellWidth = Math.min(mostCell, Math.max(leastCell, Math.floor(room / Math.max(1, shown.length)) - 1));
	const hidden = columns.length - shown.length;
	const index = new Map(columns.map((column, at) => [column, at]));
	const widths = {names, cellWidth};
	const head = (title: string, of: (column: DnsColumn) => string): PageLine => ({line: headLine(title, shown.map(of), widths, setting)});
	return [
		head('FROM pod (node)', ({title}) => title),
		head('', ({place, node}) => fullest([...(node === undefined ? [] : [`${node} ${place}`]), place], cellWidth, setting.glyphs.cut)),
		...rows.map(
			(row): PageLine => ({
				id: row.id,
				line: rowLine(
					row,
					shown.map(column => index.get(column) ?? 0),
					widths,
					setting,
				),
				copy: `${row.title} ${row.cells.map(({text}) => text).join(' ')}`,
				enter: [{type: 'ask', dialog: cellsDialog(`${row.title} on ${row.source.node}`, row.behind)}],
			}),
		),
		...(rows.length === 0 ? [still(span('  No running pod to ask from.', 'muted'))] : []),
		...(api ? [still('  ', span(fit('client -> API server', names + 1), 'muted'), stateMark(api.tone, setting), ` ${api.text}`)] : []),
		...(hidden > 0 ? [still(span(`  ${plural(hidden, 'more CoreDNS pod')}: a wider terminal shows them, Enter lists all`, 'muted'))] : []),
	];
}

/** The Service and the upstream stay; CoreDNS pods leave from the right. */
function keepEnds(columns: readonly DnsColumn[], most: number): readonly DnsColumn[] {
	const last = columns.at(-1);
	if (most < 3 || !last || last.title !== 'upstream') return columns.slice(0, most);
	return [...columns.slice(0, most - 1), last];
}

type Widths = Readonly<{names: number; cellWidth: number}>;

function headLine(title: string, titles: readonly string[], {names, cellWidth}: Widths, setting: PageSetting): Line {
	const cells = titles.map(text => span(` ${fit(text, cellWidth, {cut: 'middle', glyph: setting.glyphs.cut})}`, 'muted'));
	return trimmed([span('   ', 'muted'), span(fit(title, names), 'muted'), ...cells]);
}

function rowLine({title, source, tone, cells}: DnsRow, shown: readonly number[], {names, cellWidth}: Widths, setting: PageSetting): Line {
	const name = sourceText(source, title, names, setting);
	const drawn = shown.flatMap((at): readonly Span[] => {
		return [span(' '), ...markedCell(cells[at] ?? {tone: 'muted', text: '-'}, cellWidth, setting)];
	});
	return trimmed([span(' '), stateMark(tone, setting), span(' '), span(fit(name, names)), ...drawn]);
}

/** `shop/cart-k5h59 (a1 DNS)`: less of it where there is no room; its node, and that CoreDNS runs there, stay. */
function sourceText({namespace, pod, node, hasDns}: DnsRow['source'], title: string, columns: number, setting: PageSetting): string {
	const place = `${node}${hasDns ? ' DNS' : ''}`;
	const short = `${namespace}/${shortPod(pod)}`;
	const cut = truncate(short, Math.max(8, columns - place.length - 1), 'middle', setting.glyphs.cut);
	return fullest([`${title} (${place})`, `${short} (${place})`, `${short} ${place}`, `${cut} ${place}`], columns, setting.glyphs.cut);
}

function trimmed(parts: Line): Line {
	const last = parts.at(-1);
	return last ? [...parts.slice(0, -1), {...last, text: last.text.trimEnd()}] : parts;
}

/** Used by the Probes tab as well: a cell's mark and words, as wide as a column. */
export function markedCell({tone, text, short = text}: Said, width: number, setting: PageSetting): readonly Span[] {
	const shown = fullest([text, short], width - 2, setting.glyphs.cut);
	return [stateMark(tone, setting), span(` ${fit(shown, width - 2)}`, tone === 'ok' || tone === 'muted' ? undefined : tone)];
}
