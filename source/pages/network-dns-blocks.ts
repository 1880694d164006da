import {humanDuration} from '../core/age.ts';
import {span} from '../core/line.ts';
import {milliseconds, shortPod} from '../core/net/dns-matrix-rows.ts';
import type {DnsServerRow, DnsTab, Said} from '../core/net/dns-tab.ts';
import {markOf} from '../core/net/net-words.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {fit, plural, width} from '../core/text.ts';
import {layoutColumns, type PageColumn} from './columns.ts';
import {line, still, wrap} from './fit.ts';
import {fixDialog, whyDialog} from './network-dialogs.ts';
import {stateMark} from './state-mark.ts';

const labelWidth = 8;

/** NAMES: what was asked, or will be, and what came. */
export function namesBlock({names, namesFrom, lookup}: DnsTab, setting: PageSetting): readonly PageLine[] {
	if (names.length === 0) return [];
	const specs: readonly PageColumn[] = [
		{title: lookup ? `NAMES ${lookup.name} from ${lookup.from}` : `NAMES from ${namesFrom ?? 'the client'}`, min: 16, cut: 'middle'},
		{title: '', min: 8, drop: 2},
		{title: 'rcode'},
		{title: 'answer', min: 6, drop: 1},
		{title: 'time', align: 'end'},
	];
	const table = layoutColumns(
		specs,
		names.map(({name, what, rcode, answer, time, tone}) => [
			span(name),
			span(what, 'muted'),
			span(rcode, tone === 'ok' ? undefined : tone),
			span(answer === '' ? '-' : answer),
			span(time),
		]),
		setting.body.columns - 4,
		setting.glyphs.cut,
	);
	return [{line: line(' ', ...table.head)}, ...names.map(({tone}, index) => still(stateMark(tone, setting), ' ', ...(table.rows[index] ?? [])))];
}

/** CONFIG: facts side by side, as many in a line as fit. */
export function configBlock({config}: DnsTab, setting: PageSetting): readonly PageLine[] {
	const lines: Said[][] = [[]];
	let used = 0;
	for (const fact of config) {
		const cells = width(fact.text) + 4;
		if (used > 0 && used + cells > setting.body.columns - labelWidth - 3) {
			lines.push([]);
			used = 0;
		}
		lines.at(-1)?.push(fact);
		used += cells;
	}
	return lines.map((facts, index) =>
		still(
			span(fit(index === 0 ? ' CONFIG' : '', labelWidth), 'muted'),
			...facts.flatMap(({tone, text}) => [span(' '), stateMark(tone, setting), span(` ${text} `, tone === 'ok' || tone === 'muted' ? undefined : tone)]),
		),
	);
}

/** FIX: the first steps of the remedy, and the key that shows all of them. */
export function fixBlock({report: {verdict}}: DnsTab, setting: PageSetting): readonly PageLine[] {
	const [first] = verdict.remedy;
	const dialog = fixDialog(verdict);
	if (!first || !dialog || verdict.severity === 'none' || verdict.severity === 'undecided') return [];
	const steps = verdict.remedy.filter(({changes}) => changes).length;
	const rest = steps > 1 ? `f shows all ${verdict.remedy.length} steps, changes nothing yet` : 'f shows it, changes nothing yet';
	const shown = verdict.remedy.find(({changes}) => changes) ?? first;
	return [
		{
			line: line(span(' FIX    ', 'accent'), ` ${shown.text}`),
			id: 'fix',
			enter: [{type: 'ask', dialog}],
			copy: verdict.remedy.map(({command}) => command).join('\n'),
		},
		...wrap(shown.command, setting.body.columns - labelWidth - 5).map((part, index) => still(' '.repeat(labelWidth), ` ${index === 0 ? '$ ' : '  '}${part}`)),
		still(span(`${' '.repeat(labelWidth)} ${rest}`, 'muted')),
	];
}

const serverSpecs: readonly PageColumn[] = [
	{title: 'COREDNS', min: 14, cut: 'middle'},
	{title: 'NODE', min: 4},
	{title: 'STATE'},
	{title: 'RESTARTS', align: 'end', drop: 3},
	{title: 'Q/S', align: 'end'},
	{title: 'ERRORS', align: 'end'},
	{title: 'P99', align: 'end'},
	{title: 'CACHE', align: 'end', drop: 2},
	{title: 'LOG 5m', align: 'end', drop: 1},
];

function percent(share: number | undefined): string {
	return share === undefined ? '-' : `${Math.round(share * 100)}%`;
}

function serverCells({name, node, state, restarts, rates, errors, tone}: DnsServerRow): readonly string[] {
	const p99 = rates === undefined ? '..' : rates.latency.few ? 'few' : milliseconds((rates.latency.p99 ?? 0) * 1000);
	return [
		shortPod(name),
		node,
		state,
		String(restarts),
		rates === undefined ? (tone === 'ok' ? '..' : '-') : String(Math.round(rates.queriesPerSecond * 10) / 10),
		percent(rates?.errorShare),
		p99,
		percent(rates?.cacheHitShare),
		String(errors),
	];
}

/** The CoreDNS pods with what they measure of themselves. */
export function serversBlock({servers}: DnsTab, setting: PageSetting): readonly PageLine[] {
	if (servers.length === 0) return [];
	const table = layoutColumns(
		serverSpecs,
		servers.map(server => serverCells(server).map(text => span(text))),
		setting.body.columns - 4,
		setting.glyphs.cut,
	);
	const upstreams = servers.flatMap(({name, rates}) =>
		(rates?.upstreams ?? []).map(({address, asked, meanSeconds, healthcheckFailures}) => {
			const slow = meanSeconds === undefined ? '' : `, ${milliseconds(meanSeconds * 1000)} on average`;
			const failed = healthcheckFailures === 0 ? '' : `, ${plural(healthcheckFailures, 'failed health check')}`;
			return still(
				'  ',
				stateMark(healthcheckFailures > 0 ? 'warning' : 'muted', setting),
				` ${shortPod(name)} -> ${address}: ${plural(asked, 'question')}${slow}${failed}`,
			);
		}),
	);
	return [
		{line: line('  ', ...table.head)},
		...servers.map(({tone}, index) => still(stateMark(tone, setting), ' ', ...(table.rows[index] ?? []))),
		...upstreams,
	];
}

/** LOG: lines of CoreDNS that tell something, counted. */
export function logBlock({logs}: DnsTab, setting: PageSetting): readonly PageLine[] {
	if (logs.length === 0) return [];
	const most = 6;
	return [
		still(span(' LOG of CoreDNS: lines in 1m, 5m, 15m', 'muted')),
		...logs
			.slice(0, most)
			.map(({last1, last5, last15, newest, pod}) =>
				still(
					'  ',
					span(`${[last1, last5, last15].map(count => String(count).padStart(4)).join('')}  `, last1 > 0 ? 'warning' : 'muted'),
					`${shortPod(pod)} ${humanDuration(Math.max(0, setting.now - newest.at))} ago: ${newest.line}`,
				),
			),
		...(logs.length > most ? [still(span(`  ${logs.length - most} more kinds of lines`, 'muted'))] : []),
	];
}

/** RESOLVER: the resolv.conf that the client must have. */
export function resolverBlock({resolver}: DnsTab, setting: PageSetting): readonly PageLine[] {
	if (!resolver) return [];
	const {pod, predicted} = resolver;
	const {nameservers, searches, options, fromNode, dropped, why} = predicted;
	const file = fromNode ? `those of ${fromNode.file} on its node` : 'none';
	const texts = [
		`nameserver  ${nameservers.length === 0 ? file : nameservers.join(' ')}`,
		`search      ${[...searches, ...(fromNode?.searches ? [`and ${file}`] : [])].join(' ')}`,
		`options     ${options.length === 0 ? 'none' : options.join(' ')}`,
		...(dropped.length === 0 ? [] : [`dropped     ${dropped.join(', ')} (beyond the limits)`]),
		`why         ${why.join('; ')}`,
	];
	return [
		still(span(` RESOLVER of ${pod}, foretold`, 'muted')),
		...texts.flatMap(text => wrap(text, setting.body.columns - 18).map((part, index) => still(index === 0 ? `  ${part}` : `              ${part}`))),
	];
}

/** ALSO: findings that the verdict does not explain. */
export function othersBlock({others}: DnsTab): readonly PageLine[] {
	if (others.length === 0) return [];
	return [
		still(span(' ALSO', 'muted')),
		...others.map(
			(finding): PageLine => ({
				line: line(
					'  ',
					span(markOf(finding.severity), finding.severity === 'critical' ? 'error' : finding.severity === 'warning' ? 'warning' : 'muted'),
					` ${finding.title}`,
				),
				id: `finding:${finding.key}`,
				copy: finding.title,
				enter: [{type: 'ask', dialog: whyDialog({verdict: finding, findings: [], ruledOut: [], notChecked: []})}],
			}),
		),
	];
}

/** WHY: what the verdict rests on, what was ruled out, what was not looked at. */
export function reasonsBlock({report}: DnsTab, setting: PageSetting): readonly PageLine[] {
	const {verdict, ruledOut, notChecked} = report;
	const rows: ReadonlyArray<readonly [mark: 'ok' | 'unknown' | 'accent', text: string]> = [
		...verdict.evidence.map(({path, value}) => ['accent', `because  ${path}: ${value}`] as const),
		...ruledOut.map(({id, why}) => ['ok', `not ${id}: ${why}`] as const),
		...notChecked.map(({what, why}) => ['unknown', `not checked: ${what}: ${why}`] as const),
	];
	if (rows.length === 0) return [];
	return [
		{line: line(span(` WHY ${verdict.id}`, 'muted')), id: 'why', enter: [{type: 'ask', dialog: whyDialog(report)}]},
		...rows.flatMap(([mark, text]) =>
			wrap(text, setting.body.columns - 8).map((part, index) =>
				still('  ', index === 0 ? stateMark(mark, setting) : span(' '), ` ${index === 0 ? part : `  ${part}`}`),
			),
		),
	];
}
