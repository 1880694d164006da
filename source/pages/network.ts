import {humanDuration} from '../core/age.ts';
import {type Line, plain, type Span, span} from '../core/line.ts';
import type {NetworkModel} from '../core/net/network-model.ts';
import {type NetworkTab, networkTabs} from '../core/net/network-view.ts';
import type {Page, PageSetting} from '../core/page.ts';
import type {NetworkScreen} from '../core/screen.ts';
import {plural, truncate, width} from '../core/text.ts';
import {fitPage, line} from './fit.ts';

const titles: Readonly<Record<NetworkTab, string>> = {dns: 'DNS', path: 'Path', policy: 'Policy', probes: 'Probes', routes: 'Routes'};
/** Below this width the gaps between tabs go. */
const narrow = 64;
/** In less than this nothing is said beside the tabs. */
const leastSaid = 12;

/** The Network screen around one of its tabs: the tabs, how much was read, and when probes ran last. */
export function networkPage(model: NetworkModel, screen: NetworkScreen, setting: PageSetting, tab: (setting: PageSetting) => Page): Page {
	const inner = tab({...setting, body: {...setting.body, rows: Math.max(1, setting.body.rows - 1)}});
	const stale = staleLine(model, setting);
	return fitPage(
		{
			...inner,
			crumb: 'Network',
			head: runState(model, setting),
			fixed: [tabLine(screen, inner.head, setting), ...(stale ? [stale] : []), ...inner.fixed],
		},
		setting,
	);
}

/** `[1 DNS]  2 Path  3 Policy ...`, and on the right what the tab says of itself, where there is room. */
function tabLine({tab: active}: NetworkScreen, said: Line, setting: PageSetting): Line {
	const gap = setting.body.columns < narrow ? ' ' : '  ';
	const tabs = networkTabs.flatMap((tab, index): Span[] => {
		const text = `${index + 1} ${titles[tab]}`;
		return [...(index === 0 ? [] : [span(gap)]), tab === active ? {text: `[${text}]`, tone: 'accent', bold: true} : span(text)];
	});
	const left = line(...tabs);
	const room = setting.body.columns - width(plain(left)) - 3;
	if (said.length === 0 || room < leastSaid) return left;
	const text = plain(said);
	const shown = width(text) <= room ? said : [span(truncate(text, room, 'middle', setting.glyphs.cut), 'muted')];
	return [...left, span(' '.repeat(room + 2 - width(plain(shown)))), ...shown];
}

/** Right of the crumbs: `running 12/24`, `run 12s ago, 24/24`, else how many reads and that nothing was sent. */
function runState({run, cells, reads}: NetworkModel, setting: PageSetting): Line {
	if (run.state === 'running') return [span(`running ${run.done}/${run.total}`, 'progressing'), span('  Ctrl-C cancels', 'muted')];
	if (run.state === 'none') return [span(`${plural(reads, 'read')}, no traffic sent`, 'muted')];
	const informative = cells.filter(({transport}) => transport !== 'not-run' && transport !== 'not-allowed').length;
	const age = humanDuration(Math.max(0, setting.now - run.at));
	return [span(`run ${age} ago, ${informative}/${cells.length}${run.cancelled ? ', cancelled' : ''}`, run.cancelled ? 'warning' : undefined)];
}

/** What stands between the reader and live objects, while the last ones stay. */
function staleLine({stream}: NetworkModel, setting: PageSetting): Line | undefined {
	if (stream.state !== 'reconnecting') return undefined;
	const next = Math.max(0, Math.ceil((stream.nextTryAt - setting.now) / 1000));
	return line(
		span(`${setting.glyphs.state.warning} STALE ${humanDuration(setting.now - stream.since)}: ${stream.problem.cause}. Next try in ${next} s`, 'warning'),
	);
}
