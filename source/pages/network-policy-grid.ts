import {type Line, type Span, span} from '../core/line.ts';
import {distinctTruncations} from '../core/name-truncation.ts';
import type {PolicyCell, PolicyModel, PolicyRow} from '../core/net/policy-model.ts';
import {gridRowPrefix} from '../core/net/policy-model.ts';
import type {GridCell} from '../core/net/policy/policy-grid.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {openObject} from '../core/targets.ts';
import {fullest, pad, width} from '../core/text.ts';
import type {Tone} from '../core/tone.ts';
import {line, still} from './fit.ts';

const tones: Readonly<Record<GridCell, Tone>> = {allowed: 'ok', 'any-port': 'ok', open: 'muted', denied: 'error', unknown: 'unknown', 'not-meaningful': 'text'};
/** Room for a symbol, its letter and the brackets of the cursor's cell. */
const leastCell = 6;
const countedCell = 9;
const mostTitle = 18;
const mostLabel = 28;
const policiesTitle = 'policies';

/** The columns that fit, chosen around the cursor's, with their widths. */
type Layout = Readonly<{label: number; first: number; shown: ReadonlyArray<Readonly<{id: string; title: string; width: number; index: number}>>; left: number}>;

export type GridLines = Readonly<{head: Line; rows: readonly PageLine[]; legend: readonly PageLine[]}>;

/** The grid: a head, one line a sender, and what the symbols mean with what is left out. */
export function policyGrid(model: PolicyModel, setting: PageSetting): GridLines {
	const layout = layoutOf(model, setting);
	const labels = distinctTruncations(
		model.rows.map(({title}) => title),
		layout.label,
		setting.glyphs.cut,
	);
	const heads = layout.shown.map(({title, width: cell}) => pad(` ${title}`, cell)).join('');
	return {
		head: line(span(pad('  FROM rows / TO', layout.label + 3), 'muted'), span(heads, 'muted'), span(policiesTitle, 'muted')),
		rows: model.rows.map((row, index) => rowLine(model, row, labels[index] ?? row.title, layout, setting)),
		legend: legendLines(model, layout, setting),
	};
}

function layoutOf({rows, columns, cursor, level}: PolicyModel, setting: PageSetting): Layout {
	const least = level === 'namespaces' ? countedCell : leastCell;
	const longest = Math.max(0, ...rows.map(({title}) => width(title)));
	const label = Math.max(14, Math.min(mostLabel, longest, Math.floor(setting.body.columns / 3)));
	const titles = distinctTruncations(
		columns.map(({title}) => title),
		mostTitle,
		setting.glyphs.cut,
	);
	const all = columns.map(({id}, index) => ({id, index, title: titles[index] ?? '', width: Math.max(least, width(titles[index] ?? '') + 2)}));
	const room = setting.body.columns - label - 4 - policiesTitle.length - 1;
	const first = firstColumn(
		all,
		all.findIndex(({id}) => id === cursor?.column),
		room,
	);
	const shown: Array<(typeof all)[number]> = [];
	for (const column of all.slice(first)) {
		if (shown.reduce((sum, one) => sum + one.width, 0) + column.width > room && shown.length > 0) break;
		shown.push(column);
	}
	return {label, first, shown, left: columns.length - shown.length};
}

/** As far to the left as the cursor's column still fits. */
function firstColumn(columns: ReadonlyArray<Readonly<{width: number}>>, cursor: number, room: number): number {
	let first = Math.max(0, cursor);
	let used = columns[first]?.width ?? 0;
	while (first > 0 && used + (columns[first - 1]?.width ?? 0) <= room) {
		first--;
		used += columns[first]?.width ?? 0;
	}
	return first;
}

function rowLine(model: PolicyModel, row: PolicyRow, label: string, layout: Layout, setting: PageSetting): PageLine {
	const cells = layout.shown.map(({id, index, width: cell}) => {
		const isCursor = model.cursor?.row === row.id && model.cursor.column === id;
		return cellSpan(row.cells[index] ?? {state: 'not-meaningful'}, cell, isCursor, setting);
	});
	return {
		line: line('   ', pad(label, layout.label), ...cells, span(pad(String(row.policies), policiesTitle.length, 'end'), 'muted')),
		id: `${gridRowPrefix}${row.id}`,
		copy: row.id,
		...enterOf(model, row),
	};
}

/** Between namespaces Enter goes into the line's; else it opens the policy that decides. */
function enterOf({level, cursor, why}: PolicyModel, row: PolicyRow): Pick<PageLine, 'enter'> {
	if (level === 'namespaces') return {enter: [{type: 'change', screen: {type: 'network', namespace: row.id}}]};
	if (cursor?.row !== row.id || !why) return {};
	const sides = [why.answer.ingress, why.answer.egress];
	const side = sides.find(({verdict}) => verdict === 'deny') ?? sides.find(({verdict}) => verdict === 'unknown') ?? sides.find(({allowedBy}) => allowedBy);
	const ref = side?.allowedBy?.policy ?? side?.nearest?.policy ?? side?.policies[0];
	return ref === undefined ? {} : {enter: [openObject('networkpolicies.networking.k8s.io', ref)]};
}

/** `X`, `+ a`, `X 2/6`; the cursor's in brackets, so that it is found without colour. */
function cellSpan(cell: PolicyCell, columns: number, isCursor: boolean, setting: PageSetting): Span {
	const text = `${cellSign(cell.state, setting)}${cell.pairs === undefined ? '' : ` ${cell.admitted ?? 0}/${cell.pairs}`}`;
	return {...span(pad(isCursor ? `[${text}]` : ` ${text}`, columns), tones[cell.state]), ...(isCursor ? {selected: true} : {})};
}

function cellSign(state: GridCell, {glyphs}: PageSetting): string {
	if (state === 'not-meaningful') return '-';
	return `${glyphs.state[tones[state]]}${state === 'any-port' ? ' a' : ''}`;
}

function legendLines({hiddenRows, hiddenColumns, level}: PolicyModel, layout: Layout, setting: PageSetting): readonly PageLine[] {
	const {state} = setting.glyphs;
	const rest = level === 'namespaces' ? ['2/6 pairs of groups'] : ['- itself', 'a any port'];
	const meaning = [
		[`${state.ok} allowed`, `${state.error} denied`, `${state.unknown} not known`, `${state.muted} no rule selects (open)`, ...rest],
		[`${state.ok} allowed`, `${state.error} denied`, `${state.unknown} not known`, `${state.muted} open`, ...rest],
		[`${state.ok} allowed`, `${state.error} denied`, `${state.muted} open`],
	].map(parts => parts.join('  '));
	const columns = layout.left + hiddenColumns;
	const hidden = [...(hiddenRows > 0 ? [`${hiddenRows} more from`] : []), ...(columns > 0 ? [`${columns} more to`] : [])];
	return [
		still(span(`  ${fullest(meaning, setting.body.columns - 3, setting.glyphs.cut)}`, 'muted')),
		...(hidden.length > 0 ? [still(span(`  not shown: ${hidden.join(', ')}`, 'muted'))] : []),
	];
}
