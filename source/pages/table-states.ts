import {humanDuration} from '../core/age.ts';
import {type Line, type Span, span} from '../core/line.ts';
import type {PageSetting} from '../core/page.ts';
import type {Problem} from '../core/problem.ts';
import type {ResourceType} from '../core/resource-type.ts';
import type {TableScreen} from '../core/screen.ts';
import type {TableSnapshot} from '../core/table.ts';
import {clean, group, pad, plural, width} from '../core/text.ts';
import {line, safeLine, wrap} from './fit.ts';
import {stateMark} from './state-mark.ts';

/** A table without rows, and what is known of why. */
export type TableStateFacts = Readonly<{
	screen: TableScreen;
	type: ResourceType;
	snapshot: TableSnapshot;
	/** Since the table was opened. */
	waitedMs: number;
	/** Who may list it, by RBAC objects where they are readable; undefined: not asked or not answered. */
	whoCan?: readonly string[];
}>;

/** Nothing is said before: most lists are there by then (screens.md 8). */
const quietMs = 300;
const labelWidth = 14;

/** The lines that stand in the place of rows: why there are none, and what to do. Empty while it is too early to say. */
export function tableStateLines(facts: TableStateFacts, setting: PageSetting): readonly Line[] {
	return linesOf(facts, setting).map(one => safeLine(one, setting.body.columns, setting.glyphs.cut));
}

function linesOf(facts: TableStateFacts, setting: PageSetting): readonly Line[] {
	const {snapshot, type} = facts;
	const {stream, data} = snapshot;
	if (stream.state === 'gone') {
		return [
			mark('unknown', `The kind ${type.plural} was removed from the server.`, setting),
			line('  Its table comes back by itself when the kind does. :aliases lists the kinds that there are.'),
		];
	}
	if (snapshot.total > 0) return emptyByFilter(facts, setting);
	if (stream.state === 'denied') return denied(facts, stream.problem, setting);
	if (stream.state === 'login-needed') return [...sentences(stream.problem, setting), line('  Log in again in another terminal, then press Ctrl-R.')];
	if (stream.state === 'reconnecting' && data !== 'ready') {
		const seconds = Math.max(0, Math.ceil((stream.nextTryAt - setting.now) / 1000));
		return [...sentences(stream.problem, setting), line(`  Nothing was read yet, for ${humanDuration(setting.now - stream.since)} now. Next try in ${seconds} s, or Ctrl-R now.`)];
	}
	return data === 'ready' ? empty(facts) : loading(facts);
}

function mark(tone: 'unknown' | 'error' | 'warning', text: string, setting: PageSetting): Line {
	return line(stateMark(tone, setting), span(` ${text}`, tone));
}

/** What failed and why, and what to do next, each on its own line. */
function sentences(problem: Problem, setting: PageSetting): readonly Line[] {
	const room = Math.max(10, setting.body.columns - 4);
	const [first = '', ...rest] = wrap(`${problem.what}: ${problem.cause}.`, room);
	const remedy = problem.remedy === undefined ? [] : wrap(problem.remedy, room);
	return [mark('error', first, setting), ...[...rest, ...remedy].map(text => line(`  ${text}`))];
}

function loading({type, snapshot, waitedMs}: TableStateFacts): readonly Line[] {
	if (waitedMs < quietMs) return [];
	const {stream} = snapshot;
	if (stream.state === 'queued') return [line(span(`  waiting for a free connection to list ${type.plural}`, 'muted'))];
	const rows = stream.state === 'loading' ? stream.rows : 0;
	const all = stream.state === 'loading' && stream.remaining !== undefined ? ` of ~${group(rows + stream.remaining)}` : '';
	return [line(span(`  listing ${type.plural}${rows > 0 ? ` ${group(rows)}${all}` : ''}`, 'muted'))];
}

function place({type, screen}: TableStateFacts): string {
	if (!type.namespaced) return '';
	return screen.namespace === undefined ? ' in any namespace' : ` in namespace ${screen.namespace}`;
}

/** There is nothing to list: which selector or owner narrows it, and how to see more. */
function empty(facts: TableStateFacts): readonly Line[] {
	const {screen, type, snapshot} = facts;
	const narrowed = [
		screen.of === undefined ? undefined : `of ${screen.of.kind} ${screen.of.name}`,
		screen.labelSelector === undefined ? undefined : `with labels ${screen.labelSelector}`,
		screen.fieldSelector === undefined ? undefined : `with fields ${screen.fieldSelector}`,
	].filter(part => part !== undefined);
	const covered = snapshot.partial === undefined ? '' : ` Only ${plural(snapshot.partial.length, 'namespace')} could be read.`;
	const first = `There is no ${type.kind}${place(facts)}${narrowed.length > 0 ? ` ${narrowed.join(' and ')}` : ''}.${covered}`;
	const next = type.namespaced && screen.namespace !== undefined ? '  0 shows all namespaces. A new one appears here by itself.' : '  A new one appears here by itself.';
	return [line(`  ${first}`), line(span(next, 'muted'))];
}

/** Rows are there, but the filter hides them all: how many each part of it matches. */
function emptyByFilter(facts: TableStateFacts, setting: PageSetting): readonly Line[] {
	const {screen, type, snapshot} = facts;
	const total = group(snapshot.total);
	if (screen.filter === '') return [line(`  None of ${plural(snapshot.total, type.singular || type.kind, type.plural)}${place(facts)} is in error or warning.`), line(span('  ! shows all of them again.', 'muted'))];
	const terms = snapshot.terms ?? [];
	const parts = terms.length === 2 ? 'both parts' : terms.length > 2 ? `all ${terms.length} parts` : 'the filter';
	const termWidth = Math.min(Math.max(8, ...terms.map(({text}) => width(clean(text)))), Math.max(8, setting.body.columns - 28));
	return [
		line(`  No ${type.singular || type.kind}${place(facts)} matches ${terms.length > 1 ? `${parts} of the filter` : parts}${screen.faultsOnly ? ' and is in error or warning' : ''}.`),
		...terms.map(({text, matches}) => line(`    ${pad(clean(text), termWidth)}  `, countSpan(`${group(matches)} of ${total} match`, matches))),
		...(snapshot.withoutValue ?? []).map(({column, rows}) => line(span(`    ${group(rows)} of ${total} have no value for ${column}`, 'muted'))),
		line(''),
		line(span(`  / edits the filter   Esc clears it${type.namespaced && screen.namespace !== undefined ? '   0 searches all namespaces' : ''}`, 'muted')),
	];
}

function countSpan(text: string, matches: number): Span {
	return span(text, matches === 0 ? 'warning' : 'text');
}

/** A 403: what was asked, what the server said, who may do it. */
function denied(facts: TableStateFacts, problem: Problem, setting: PageSetting): readonly Line[] {
	const {type, whoCan} = facts;
	const where = type.namespaced ? (facts.screen.namespace === undefined ? ' in all namespaces' : ` in namespace ${facts.screen.namespace}`) : '';
	const said = problem.serverMessage === undefined ? problem.cause : `${problem.status ?? 403}: ${problem.serverMessage}`;
	const who = whoCan === undefined ? undefined : whoCan.length === 0 ? 'nobody, by the RBAC objects that you may read' : whoCan.join(', ');
	return [
		mark('unknown', `You may not list ${type.plural}${where}.`, setting),
		...labelled('Server said', said, setting),
		...(who === undefined ? [] : labelled('Who can', who, setting)),
		...(problem.remedy === undefined ? [] : labelled('Next', problem.remedy, setting)),
		line('  Ctrl-R asks again. Nothing on other screens is affected.'),
	];
}

function labelled(label: string, text: string, setting: PageSetting): readonly Line[] {
	return wrap(text, Math.max(10, setting.body.columns - labelWidth - 4)).map((part, index) => line(span(`  ${pad(index === 0 ? label : '', labelWidth)}`, 'muted'), part));
}
