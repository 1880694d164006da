import {humanDuration} from '../core/age.ts';
import {isBriefOutage} from '../core/brief-outage.ts';
import {type Line, plain, type Span, span} from '../core/line.ts';
import {hasLogs} from '../core/logs/logs-start.ts';
import type {Pod} from '../core/pod.ts';
import {podContainers} from '../core/pod-containers.ts';
import {never} from '../core/never.ts';
import type {ObjectModel} from '../core/object-model.ts';
import type {Hint, Page, PageLine, PageSetting} from '../core/page.ts';
import {describeProblem} from '../core/problem.ts';
import {type ObjectScreen, type ObjectTab, objectTabsOf} from '../core/screen.ts';
import {clean, truncate} from '../core/text.ts';
import {fitPage, line, rule, still} from './fit.ts';
import {eventLines} from './object-events.ts';
import {metricsLines} from './object-metrics.ts';
import {relatedLines} from './object-related.ts';
import {summaryLines} from './object-summary.ts';
import {yamlTab} from './object-yaml.ts';
import {refName, stateMark} from './state-mark.ts';

/** Numbers of tabs are fixed for all kinds; those of tabs that a kind lacks stay unused (screens.md 2). */
export const objectTabNumbers: Readonly<Record<ObjectTab, number>> = {summary: 1, yaml: 2, events: 3, metrics: 5, related: 6};
const tabTitles: Readonly<Record<ObjectTab, string>> = {summary: 'Summary', yaml: 'YAML', events: 'Events', metrics: 'Metrics', related: 'Related'};
/** From here on there is a rule under the tabs (a terminal of 24 rows). */
const ruleRows = 19;
/** A state longer than this would push the crumbs away. */
const stateWidth = 28;

/** One object: tabs over its summary, its YAML, its events and what is around it. */
export function objectPage(model: ObjectModel, screen: ObjectScreen, setting: PageSetting): Page {
	const banner = bannerOf(model, setting);
	const fixed = [tabLine(model, screen, setting), ...(banner === undefined ? [] : [banner]), ...(setting.body.rows >= ruleRows ? [rule(setting)] : [])];
	const {lines, status} = tabOf(model, screen, setting);
	const page = fitPage(
		{crumb: model.ref.name, head: stateOf(model, setting), fixed, lines, hints: hintsOf(screen, model), ...(status === undefined ? {} : {status})},
		setting,
	);
	if (status !== undefined) return page;
	const told = [fullText(page.lines, screen.cursor), crashedText(model, screen)].filter(text => text !== undefined);
	return told.length === 0 ? page : fitPage({...page, status: line(told.join('   '))}, setting);
}

function tabOf(model: ObjectModel, screen: ObjectScreen, setting: PageSetting): Readonly<{lines: readonly PageLine[]; status?: Line}> {
	if (model.object === undefined && screen.tab !== 'events') return {lines: [absence(model, setting)]};
	switch (screen.tab) {
		case 'summary':
			return {lines: summaryLines(model, setting)};
		case 'yaml':
			return yamlTab(model, screen, setting);
		case 'events':
			return {lines: eventLines(model, setting)};
		case 'metrics':
			return {lines: metricsLines(model, setting)};
		case 'related':
			return {lines: relatedLines(model, setting)};
		default:
			return never(screen.tab);
	}
}

function tabLine(model: ObjectModel, screen: ObjectScreen, setting: PageSetting): Line {
	const counts: Readonly<Partial<Record<ObjectTab, number | undefined>>> = {
		events: model.events?.length,
		related: model.object ? model.related.length : undefined,
	};
	const tabs = objectTabsOf(model.ref).flatMap((tab): ReadonlyArray<ObjectTab | 'logs'> => (tab === 'events' && hasLogs(screen.kind) ? [tab, 'logs'] : [tab]));
	const gap = setting.body.columns < 60 ? ' ' : '  ';
	return line(
		...tabs.flatMap((tab, index): Span[] => {
			// The log is a screen of its own, opened by the number of its tab.
			if (tab === 'logs') return [span(gap), span('4 Logs')];
			const count = counts[tab];
			const text = `${objectTabNumbers[tab]} ${tabTitles[tab]}${count === undefined ? '' : ` ${count}`}`;
			const active = tab === screen.tab;
			return [...(index === 0 ? [] : [span(gap)]), active ? {text: `[${text}]`, tone: 'accent', bold: true} : span(text)];
		}),
	);
}

/** Right of the crumbs: the state in a few words. */
function stateOf(model: ObjectModel, setting: PageSetting): Line {
	if (model.data === 'deleted') return [stateMark('terminating', setting), span(' deleted', 'terminating')];
	if (model.data === 'missing') return [stateMark('unknown', setting), span(' not there', 'unknown')];
	if (model.object === undefined) return [];
	const text = model.why ?? toneWords[model.tone];
	if (text === undefined) return [];
	return [stateMark(model.tone, setting), span(` ${truncate(clean(text), stateWidth, 'end', setting.glyphs.cut)}`, model.tone)];
}

const toneWords: Readonly<Partial<Record<ObjectModel['tone'], string>>> = {
	ok: 'ok',
	progressing: 'in progress',
	warning: 'warning',
	error: 'error',
	unknown: 'unknown',
	terminating: 'terminating',
	muted: 'done',
};

/** What stands between the reader and live data, while the last data stays below. */
function bannerOf(model: ObjectModel, setting: PageSetting): Line | undefined {
	if (model.object === undefined) return undefined;
	if (model.data === 'deleted') return line(stateMark('terminating', setting), span(' This object was deleted. Below is its last state.', 'terminating'));
	const {stream} = model;
	if (isBriefOutage(stream, setting.now)) return undefined;
	if (stream.state === 'reconnecting') {
		const next = Math.max(0, Math.ceil((stream.nextTryAt - setting.now) / 1000));
		return line(
			stateMark('warning', setting),
			span(` ${stream.problem.cause}. Next try in ${next} s (r now). ${humanDuration(setting.now - stream.since)} old`, 'warning'),
		);
	}
	if (stream.state === 'denied') return line(stateMark('unknown', setting), span(` Not live: ${describeProblem(stream.problem)}`, 'unknown'));
	return stream.state === 'login-needed' ? line(stateMark('error', setting), span(` ${describeProblem(stream.problem)}`, 'error')) : undefined;
}

/** In the place of a body: why there is none. */
function absence(model: ObjectModel, setting: PageSetting): PageLine {
	const {stream, ref} = model;
	const where = ref.namespace === undefined ? '' : ` in namespace ${ref.namespace}`;
	if (model.data === 'missing') return still(stateMark('unknown', setting), ` There is no ${ref.kind} ${ref.name}${where}.`);
	if (stream.state === 'denied' || stream.state === 'reconnecting' || stream.state === 'login-needed')
		return still(stateMark(stream.state === 'denied' ? 'unknown' : 'error', setting), ` ${describeProblem(stream.problem)}`);
	if (stream.state === 'gone') return still(stateMark('unknown', setting), ` The kind ${ref.kind} was removed from the server.`);
	return still(span(`Reading ${ref.kind} ${refName(ref)}`, 'muted'));
}

/** A container that crashes again and again offers the log of the run that did (screens.md M4). */
function crashedText({object, ref}: ObjectModel, {tab, cursor}: ObjectScreen): string | undefined {
	if (object === undefined || ref.kind !== 'Pod' || tab !== 'summary') return undefined;
	// An object of the kind Pod is one.
	const crashed = podContainers(object as Pod).find(({last, state, restarts}) => last !== undefined && restarts > 0 && state !== 'Running' && state !== 'Done');
	const isMeant = cursor === undefined || cursor.endsWith(':') || cursor.endsWith(`:${crashed?.name ?? ''}`);
	return crashed === undefined || !isMeant ? undefined : `p shows the run of ${crashed.name} that crashed`;
}

/** What the focused line stands for, where its line does not show all of it. */
function fullText(lines: readonly PageLine[], cursor: string | undefined): string | undefined {
	const focused = lines.find(({id}) => id !== undefined && id === cursor) ?? lines.find(({id}) => id !== undefined);
	return focused?.copy === undefined || plain(focused.line).includes(focused.copy) ? undefined : focused.copy;
}

function hintsOf(screen: ObjectScreen, model: ObjectModel): readonly Hint[] {
	const common: readonly Hint[] = [
		{keys: 'Tab', title: 'next tab'},
		{keys: 'c', title: 'copy'},
		{keys: ':', title: 'go'},
		{keys: 'Esc', title: 'back'},
	];
	const logs = hasLogs(screen.kind) ? [{keys: 'l', title: 'logs'}] : [];
	if (screen.tab !== 'yaml') return [{keys: 'Enter', title: 'open'}, ...logs, ...(screen.tab === 'summary' ? [{keys: 'y', title: 'yaml'}] : []), ...common];
	const secret = model.ref.kind === 'Secret' ? [{keys: 'x', title: screen.revealed.length > 0 ? 'hide' : 'decode'}] : [];
	return [{keys: '/', title: 'search'}, {keys: 'n N', title: 'matches'}, {keys: 'm', title: 'managedFields'}, ...secret, ...common];
}
