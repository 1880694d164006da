import {type Line, type Span, span} from '../core/line.ts';
import type {NodeFacts, NodeRow, PodRow, ProbesTab} from '../core/net/probes-tab.ts';
import type {Hint, Page, PageLine, PageSetting} from '../core/page.ts';
import type {NetworkScreen} from '../core/screen.ts';
import {fit, plural, truncate} from '../core/text.ts';
import {layoutColumns, type PageColumn} from './columns.ts';
import {fitPage, joined, line, rule, still} from './fit.ts';
import {markedCell} from './network-dns-matrix.ts';
import {cellsDialog} from './network-dialogs.ts';
import {leftBehindLines} from './network-fix.ts';
import {verdictLines} from './network-verdict.ts';
import {stateMark} from './state-mark.ts';

const hints: readonly Hint[] = [
	{keys: 'Enter', title: 'why'},
	{keys: 'r', title: 'rerun'},
	{keys: 'i', title: 'from'},
	{keys: 't', title: 'Service'},
	{keys: 'm', title: 'probe'},
	{keys: '1-5', title: 'tabs'},
];
/** From here on there is a rule under the verdict (a terminal of 24 rows). */
const ruleRows = 18;
/** From here on the verdict may take two lines. */
const verdictRows = 13;
const nodeWidth = 14;
/** ` ? not probed` and a blank; cells that say more are wider. */
const leastNodeCell = 14;
const podWidth = 30;
const podCellWidth = 15;

/** Nodes and pods among each other, what the kernels of the nodes say, and the way of a packet to one Service. */
export function networkProbesPage(tab: ProbesTab, screen: NetworkScreen, setting: PageSetting): Page {
	const rules = setting.body.rows >= ruleRows ? [rule(setting)] : [];
	const verdict = tab.loading
		? [line(span('READING - nodes and pods', 'progressing'))]
		: verdictLines(tab.report, setting.body.rows >= verdictRows ? 2 : 1, setting);
	return fitPage(
		{
			crumb: 'Network',
			head: headOf(tab),
			fixed: [...verdict, ...rules],
			lines: tab.loading
				? []
				: joined([
						nodesBlock(tab, setting),
						leftBehindLines(tab.report, setting),
						podsBlock(tab, setting),
						factsBlock(tab, setting),
						chainsBlock(tab, setting),
						notesBlock(tab),
					]),
			first: 'node:',
			status: statusOf(tab, screen),
			hints,
		},
		setting,
	);
}

function headOf({nodes, otherNodes, questions}: ProbesTab): Line {
	return [span(`${plural(nodes.length + otherNodes, 'node')}${questions === 0 ? '' : `, ${plural(questions, 'question')}`}`, 'muted')];
}

function nodesBlock({nodes, otherNodes}: ProbesTab, setting: PageSetting): readonly PageLine[] {
	const cellWidth = nodeCellWidth(nodes);
	const most = Math.max(1, Math.floor((setting.body.columns - nodeWidth - 3) / cellWidth));
	const names = nodes.slice(0, most).map(({node}) => node);
	const hidden = nodes.length - names.length;
	const left = [
		...(hidden > 0 ? [`${plural(hidden, 'column')} without room`] : []),
		...(otherNodes > 0 ? [`${plural(otherNodes, 'more node')} not asked`] : []),
	];
	return [
		{
			line: line(
				'  ',
				span(fit('FROM / TO node', nodeWidth), 'muted'),
				...names.map(node => span(fit(` ${node}`, cellWidth, {cut: 'middle', glyph: setting.glyphs.cut}), 'muted')),
			),
		},
		...nodes.map(row => nodeRowLine(row, {names, cellWidth}, setting)),
		...(nodes.length === 0 ? [still(span('  There are no nodes.', 'muted'))] : []),
		...(left.length > 0 ? [still(span(`  ${left.join(', ')}`, 'muted'))] : []),
	];
}

/** As wide as what the fullest cell says: `tcp+ udp+ mtu+ node+`. */
function nodeCellWidth(nodes: readonly NodeRow[]): number {
	return Math.max(leastNodeCell, ...nodes.flatMap(({cells}) => cells.map(({tried}) => usedBy(tried))));
}

function usedBy(tried: NodeRow['cells'][number]['tried']): number {
	return tried.reduce((sum, {label}) => sum + label.length + 2, 0);
}

type Shown = Readonly<{names: readonly string[]; cellWidth: number}>;

function nodeRowLine(row: NodeRow, shown: Shown, setting: PageSetting): PageLine {
	const behind = row.cells.flatMap(cell => cell.behind);
	const dialog = cellsDialog(`From pods of ${row.node}`, behind);
	return {id: row.id, line: nodeLine(row, shown, setting), enter: [{type: 'ask', dialog}]};
}

function nodeLine({node, tone, cells}: NodeRow, {names, cellWidth}: Shown, setting: PageSetting): Line {
	const drawn = names.flatMap((to): readonly Span[] => {
		const tried = cells.find(cell => cell.to === to)?.tried ?? [];
		if (tried.length === 0) return [span(fit(` ${setting.glyphs.state.unknown} not probed`, cellWidth), 'unknown')];
		const parts = tried.flatMap(({label, tone: state}) => [span(` ${label}`), stateMark(state, setting)]);
		return [...parts, span(' '.repeat(Math.max(0, cellWidth - usedBy(tried))))];
	});
	return [span(' '), stateMark(tone, setting), span(' '), span(fit(node, nodeWidth, {cut: 'middle', glyph: setting.glyphs.cut})), ...drawn];
}

function podsBlock({pods, podColumns, run}: ProbesTab, setting: PageSetting): readonly PageLine[] {
	if (pods.length === 0) return [still(span('  No running pod to ask from.', 'muted'))];
	const most = Math.max(1, Math.floor((setting.body.columns - podWidth - 4) / (podCellWidth + 1)));
	const shown = podColumns.slice(0, most);
	const head = (title: string, texts: readonly string[]): PageLine => ({
		line: line(
			'  ',
			span(fit(title, podWidth), 'muted'),
			...texts.map(text => span(` ${fit(text, podCellWidth, {cut: 'middle', glyph: setting.glyphs.cut})}`, 'muted')),
		),
	});
	const hidden = podColumns.length - shown.length;
	return [
		head(
			'FROM pod (node) / TO pod',
			shown.map(({title}) => title),
		),
		...(shown.length === 0
			? []
			: [
					head(
						'',
						shown.map(({place}) => place),
					),
				]),
		...pods.map(
			(row): PageLine => ({
				id: row.id,
				line: podLine(row, shown.length, run.state === 'none', setting),
				enter: [{type: 'ask', dialog: cellsDialog(`${row.title} on ${row.node}`, row.behind)}],
			}),
		),
		...(hidden > 0 ? [still(span(`  ${plural(hidden, 'more pod')} without room: Enter lists all`, 'muted'))] : []),
	];
}

function podLine({title, node, tone, cells}: PodRow, shown: number, passive: boolean, setting: PageSetting): Line {
	const place = `(${node})`;
	const name = `${truncate(title, podWidth - place.length - 1, 'middle', setting.glyphs.cut)} ${place}`;
	const drawn =
		passive && shown === 0
			? [span(' '), ...markedCell({tone: 'unknown', text: 'not probed'}, podCellWidth, setting)]
			: cells.slice(0, shown).flatMap(cell => [span(' '), ...markedCell(cell, podCellWidth, setting)]);
	return [span(' '), stateMark(tone, setting), span(' '), span(fit(name, podWidth)), ...drawn];
}

const factSpecs: readonly PageColumn[] = [
	{title: 'NODE FACTS', min: 8},
	{title: 'ip_forward', align: 'end'},
	{title: 'bridge-nf', align: 'end'},
	{title: 'rp_filter', align: 'end', drop: 2},
	{title: 'conntrack', align: 'end'},
	{title: 'insert_failed', align: 'end', drop: 3},
	{title: 'MTU', min: 8},
];

function factsBlock({facts, podMtus}: ProbesTab, setting: PageSetting): readonly PageLine[] {
	const cells = ({node, ipForward = '-', bridge = '-', rpFilter = '-', conntrack = '-', insertFailed = '-', mtus}: NodeFacts): readonly Span[] =>
		[node, ipForward, bridge, rpFilter, conntrack, insertFailed, mtus].map(text => span(text));
	const table = layoutColumns(factSpecs, facts.map(cells), setting.body.columns - 4, setting.glyphs.cut);
	const unread = [span(' NODE FACTS', 'muted'), '  ', stateMark('unknown', setting), ' not read: ip_forward, bridge-nf, conntrack (m, then 3 pod)'];
	return [
		...(facts.length > 0
			? [{line: line('  ', ...table.head)}, ...facts.map(({tone}, index) => still(stateMark(tone, setting), ' ', ...(table.rows[index] ?? [])))]
			: [still(...unread)]),
		...(podMtus.length > 0 ? [still(span(' POD MTU ', 'muted'), ` ${podMtus.join('   ')}`)] : []),
	];
}

function chainsBlock({chains}: ProbesTab, setting: PageSetting): readonly PageLine[] {
	if ('why' in chains) return [still(span(` CHAINS of ${chains.service}`, 'muted'), `  ${chains.why}`)];
	return [
		still(span(` CHAINS of ${chains.service}, nat table, ${chains.mode}: iptables-save -t nat | grep '${chains.service}'`, 'muted')),
		...chains.ports.flatMap(({port, chains: list}) => [
			still(`  ${port}`),
			...list.map(({name, depth, what}) => ({
				...still(
					'    ',
					'  '.repeat(depth),
					fit(name, Math.max(name.length, 28 - 2 * depth)),
					span(` ${truncate(what, Math.max(10, setting.body.columns - 38), 'end', setting.glyphs.cut)}`, 'muted'),
				),
				id: `chain:${port} ${name}`,
				copy: name,
			})),
		]),
	];
}

function notesBlock({notes}: ProbesTab): readonly PageLine[] {
	return notes.map(note => still(span(`  ${note}`, 'muted')));
}

function statusOf({run, nodes}: ProbesTab, {cursor}: NetworkScreen): Line {
	const row = nodes.find(({id}) => id === cursor);
	const failed = row?.cells.flatMap(({behind}) => behind).find(({transport}) => transport !== 'ok');
	if (failed) return line(`${failed.from.pod} -> ${failed.to.title} ${failed.to.address}: ${failed.detail.split('\n')[0] ?? failed.transport}`);
	return line(
		run.state === 'none'
			? 'No traffic was sent: m probes, after a question that shows what runs.'
			: "Pod to pod: tcp, udp (DNS), mtu (a large answer); node: the kubelet's port",
	);
}
