import {humanDuration} from '../core/age.ts';
import {type Line, type Span, span} from '../core/line.ts';
import type {PageSetting} from '../core/page.ts';
import {failureSentence, type Problem} from '../core/problem.ts';
import {mistypedText} from '../core/query/explain.ts';
import type {ResourceType} from '../core/resource-type.ts';
import type {TableScreen} from '../core/screen.ts';
import type {TableSnapshot} from '../core/table.ts';
import type {Tone} from '../core/tone.ts';
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
	/** What every list of the kind lacks. */
	note?: string;
}>;

/** Nothing is said before: most lists are there by then (screens.md 8). */
const quietMs = 300;
/** After that nobody waits without a reason and a way out (screens.md 8). */
const longMs = 10_000;
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
			...mark('unknown', `The kind ${type.plural} was removed from the server.`, setting),
			...say('Its table comes back by itself when the kind does. :aliases lists the kinds that there are.', setting),
		];
	}
	if (snapshot.total > 0) return emptyByFilter(facts, setting);
	if (stream.state === 'denied') return denied(facts, stream.problem, setting);
	if (stream.state === 'login-needed') return [...sentences(stream.problem, setting), ...say('Log in again in another terminal, then press Ctrl-R.', setting)];
	if (stream.state === 'reconnecting' && data !== 'ready') {
		const seconds = Math.max(0, Math.ceil((stream.nextTryAt - setting.now) / 1000));
		const waited = humanDuration(setting.now - stream.since);
		return [...sentences(stream.problem, setting), ...say(`Nothing was read yet, for ${waited} now. Next try in ${seconds} s, or Ctrl-R now.`, setting)];
	}
	return data === 'ready' ? empty(facts, setting) : loading(facts, setting);
}

/** A sentence over as many lines as it needs. */
function say(text: string, setting: PageSetting, tone: Tone = 'text'): readonly Line[] {
	return wrap(text, Math.max(10, setting.body.columns - 4)).map(part => line(span(`  ${part}`, tone)));
}

/** A sentence with the symbol of a state before it. */
function mark(tone: Tone, text: string, setting: PageSetting): readonly Line[] {
	return say(text, setting, tone).map((one, index) =>
		index === 0 ? line(stateMark(tone, setting), ...one.slice(1).map(part => ({...part, text: part.text.slice(1)}))) : one,
	);
}

/** What failed and why, and what to do next. */
function sentences(problem: Problem, setting: PageSetting): readonly Line[] {
	return [...mark('error', failureSentence(problem), setting), ...(problem.remedy === undefined ? [] : say(problem.remedy, setting))];
}

function loading({type, snapshot, waitedMs}: TableStateFacts, setting: PageSetting): readonly Line[] {
	if (waitedMs < quietMs) return [];
	const {stream} = snapshot;
	if (stream.state === 'queued') return say(`waiting for a free connection to list ${type.plural}`, setting, 'muted');
	const rows = stream.state === 'loading' ? stream.rows : 0;
	const all = stream.state === 'loading' && stream.remaining !== undefined ? ` of ~${group(rows + stream.remaining)}` : '';
	const listing = say(`listing ${type.plural}${rows > 0 ? ` ${group(rows)}${all}` : ''}`, setting, 'muted');
	if (rows > 0 || waitedMs < longMs) return listing;
	const why = `Nothing has come for ${humanDuration(waitedMs)}: the server, or the login plugin of this user, does not answer.`;
	return [...listing, ...say(`${why} :api shows what was asked, :ctx goes to another cluster.`, setting)];
}

function place({type, screen}: TableStateFacts): string {
	if (!type.namespaced) return '';
	return screen.namespace === undefined ? ' in any namespace' : ` in namespace ${screen.namespace}`;
}

/** There is nothing to list: which selector or owner narrows it, and how to see more. */
function empty(facts: TableStateFacts, setting: PageSetting): readonly Line[] {
	const {screen, type, snapshot} = facts;
	const narrowed = [
		screen.of === undefined ? undefined : `of ${screen.of.kind} ${screen.of.name}`,
		screen.labelSelector === undefined ? undefined : `with labels ${screen.labelSelector}`,
		screen.fieldSelector === undefined ? undefined : `with fields ${screen.fieldSelector}`,
	].filter(part => part !== undefined);
	const covered = snapshot.partial === undefined ? '' : ` Only ${plural(snapshot.partial.length, 'namespace')} could be read.`;
	const first = `There is no ${type.kind}${place(facts)}${narrowed.length > 0 ? ` ${narrowed.join(' and ')}` : ''}.${covered}`;
	const next =
		type.namespaced && screen.namespace !== undefined ? '0 shows all namespaces. A new one appears here by itself.' : 'A new one appears here by itself.';
	const lacking = facts.note === undefined ? [] : say(`What was there may be gone: ${facts.note}.`, setting, 'muted');
	return [...say(first, setting), ...lacking, ...say(next, setting, 'muted')];
}

/** Rows are there, but the filter hides them all: how many each part of it matches. */
function emptyByFilter(facts: TableStateFacts, setting: PageSetting): readonly Line[] {
	const {screen, type, snapshot} = facts;
	const total = group(snapshot.total);
	const namespaced = type.namespaced && screen.namespace !== undefined;
	if (screen.filter === '') {
		const all = plural(snapshot.total, type.singular || type.kind, type.plural);
		return [...say(`None of ${all}${place(facts)} is in error or warning.`, setting), ...say('! shows all of them again.', setting, 'muted')];
	}
	const terms = snapshot.terms ?? [];
	const parts = terms.length === 2 ? 'both parts of the filter' : terms.length > 2 ? `all ${terms.length} parts of the filter` : 'the filter';
	const termWidth = Math.min(Math.max(8, ...terms.map(({text}) => width(clean(text)))), Math.max(8, setting.body.columns - 28));
	return [
		...say(`No ${type.singular || type.kind}${place(facts)} matches ${parts}${screen.faultsOnly ? ' and is in error or warning' : ''}.`, setting),
		...terms.map(({text, matches}) => line(`    ${pad(clean(text), termWidth)}  `, countSpan(`${group(matches)} of ${total} match`, matches))),
		...(snapshot.mistyped ?? []).flatMap(word => say(`  ${mistypedText(word)}.`, setting, 'warning')),
		...(snapshot.withoutValue ?? []).map(({column, rows}) => line(span(`    ${group(rows)} of ${total} have no value for ${column}`, 'muted'))),
		line(''),
		...say(`/ edits the filter, Esc clears it${namespaced ? ', 0 searches all namespaces' : ''}.`, setting, 'muted'),
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
		...mark('unknown', `You may not list ${type.plural}${where}.`, setting),
		...labelled('Server said', said, setting),
		...(who === undefined ? [] : labelled('Who can', who, setting)),
		...(problem.remedy === undefined ? [] : labelled('Next', problem.remedy, setting)),
		...say('Ctrl-R asks again. Nothing on other screens is affected.', setting),
	];
}

function labelled(label: string, text: string, setting: PageSetting): readonly Line[] {
	return wrap(text, Math.max(10, setting.body.columns - labelWidth - 4)).map((part, index) =>
		line(span(`  ${pad(index === 0 ? label : '', labelWidth)}`, 'muted'), part),
	);
}
