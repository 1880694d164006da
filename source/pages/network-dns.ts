import {humanDuration} from '../core/age.ts';
import {type Line, span} from '../core/line.ts';
import type {DnsTab} from '../core/net/dns-tab.ts';
import type {Hint, Page, PageLine, PageSetting} from '../core/page.ts';
import type {NetworkScreen} from '../core/screen.ts';
import {plural} from '../core/text.ts';
import {blank, fitPage, joined, line, rule} from './fit.ts';
import {dnsMatrixLines} from './network-dns-matrix.ts';
import {configBlock, fixBlock, logBlock, namesBlock, othersBlock, reasonsBlock, resolverBlock, serversBlock} from './network-dns-blocks.ts';
import {leftBehindLines} from './network-fix.ts';
import {verdictLines} from './network-verdict.ts';

const hints: readonly Hint[] = [
	{keys: 'Enter', title: 'why'},
	{keys: 'f', title: 'fix'},
	{keys: 'r', title: 'rerun'},
	{keys: 'i', title: 'from'},
	{keys: 't', title: 'name'},
	{keys: 'm', title: 'probe'},
	{keys: '1-5', title: 'tabs'},
];
/** From here on there is a rule under the verdict (a terminal of 24 rows). */
const ruleRows = 18;
/** From here on the verdict may take two lines. */
const verdictRows = 13;

/** Why names do not resolve: the verdict, client by destination, names, what serves DNS and how it is set up (screens.md M7). */
export function networkDnsPage(tab: DnsTab, screen: NetworkScreen, setting: PageSetting): Page {
	const rules = setting.body.rows >= ruleRows ? [rule(setting)] : [];
	const verdict = tab.loading
		? [line(span('READING - Services, EndpointSlices, pods', 'progressing'))]
		: verdictLines(tab.report, setting.body.rows >= verdictRows ? 2 : 1, setting);
	const lower = joined(below(tab, setting));
	return fitPage(
		{
			crumb: 'Network',
			head: headOf(tab),
			fixed: [...verdict, ...rules],
			lines: tab.loading
				? []
				: [
						// The parts of one screenful stand close together, what mends it before what surrounds it; what comes below has air.
						...dnsMatrixLines(tab, setting),
						...leftBehindLines(tab.report, setting),
						...fixBlock(tab, setting),
						...namesBlock(tab, setting),
						...configBlock(tab, setting),
						...(lower.length > 0 ? [blank, ...lower] : []),
					],
			first: 'from:',
			status: statusOf(tab, screen, setting),
			hints,
		},
		setting,
	);
}

function below(tab: DnsTab, setting: PageSetting): ReadonlyArray<readonly PageLine[]> {
	return [serversBlock(tab, setting), logBlock(tab, setting), resolverBlock(tab, setting), othersBlock(tab), reasonsBlock(tab, setting)];
}

/** Right of the tabs: how many CoreDNS pods are ready. */
function headOf({servers}: DnsTab): Line {
	const ready = servers.filter(({tone}) => tone === 'ok').length;
	return servers.length === 0 ? [] : [span(`CoreDNS ${ready}/${servers.length} ready`, ready === servers.length ? 'muted' : ready === 0 ? 'error' : 'warning')];
}

function statusOf({report, rows, metricsAt, run}: DnsTab, {cursor}: NetworkScreen, setting: PageSetting): Line {
	const row = rows.find(({id}) => id === cursor) ?? rows[0];
	const failed = row?.behind.find(({transport, failed: count}) => count > 0 || !['ok', 'not-run'].includes(transport));
	const detail = failed?.detail.split('\n').find(text => text.trim() !== '');
	if (row && failed && detail !== undefined) return line(`${row.title} -> ${failed.to.title} ${failed.protocol}: ${detail.trim()}`);
	const unknown = report.notChecked.length === 0 ? '' : `${plural(report.notChecked.length, 'thing')} not checked. `;
	const metrics = metricsAt === undefined ? '' : `Metrics ${humanDuration(Math.max(0, setting.now - metricsAt))} old. `;
	return line(`${unknown}${metrics}${run.state === 'none' ? 'No traffic was sent: m probes, after a question.' : ''}`);
}
