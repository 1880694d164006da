import type {Effect} from '../core/effect.ts';
import {copiedText, plainRecords, writtenRecords} from '../core/logs/log-text.ts';
import {entryLevel, entryOrigin, entryText, entryTime, type LineEntry, type LogEntry} from '../core/logs/log-entry.ts';
import {levelRank} from '../core/logs/levels.ts';
import {momentOf} from '../core/logs/log-moment.ts';
import type {LogRecord} from '../core/logs/log-record.ts';
import {textFilter} from '../core/logs/filter-words.ts';
import type {LogsScreen} from '../core/screen.ts';
import {plural, truncate, width} from '../core/text.ts';
import {logColumns} from './logs-columns.ts';
import {detailLines} from './logs-detail.ts';
import {windowOf} from './logs.ts';
import type {LogsFacts} from './logs-facts.ts';
import {searched} from './logs-find.ts';

/** What commands look at beside the page: `records` are those behind the rows shown. */
export type CommandFacts = LogsFacts & Readonly<{records(): readonly LogRecord[]}>;

type Commands = Readonly<Record<string, (facts: CommandFacts, words: readonly string[]) => readonly Effect[]>>;

const error = levelRank('error');
/** Columns that one press scrolls. */
const sidewaysStep = 16;
/** As wide as fields shown as columns make their message and their values at most. */
const longestAligned = 48;
const widestAligned = 24;

const commands: Commands = {
	move: (facts, [to = '', count]) => moved(facts, to, count === undefined ? 1 : Number(count)),
	find: (facts, [step = '0', text = '']) => searched(facts, Number(step), text, goTo),
	error: nextError,
	mark: toggleMark,
	copy: copyRows,
	clear: ({model, screen}) => {
		const newest = model.records.slice(-1000).reduce((most, {id}) => Math.max(most, id), -1);
		return newest < 0 ? [] : [change({clearedBefore: newest + 1, marks: [], follow: screen.follow}), said('Cleared: a range, such as 0, reads it again')];
	},
	follow: facts => (facts.screen.follow ? [change(pausedAtCursor(facts))] : [change({follow: true})]),
	containers: toggleContainers,
	open: facts => {
		const entry = cursorEntry(facts);
		return entry === undefined ? [] : [change({...pausedAtCursor(facts), detail: {id: entry.id, top: 0}})];
	},
	only: onlyMatching,
	sideways: (facts, [step = '1']) => [change({left: sideways(facts, Number(step)), wrap: facts.screen.wrap && step !== '1'})],
	at: (facts, [text = '']) => jump(facts, text),
	save: (facts, [path = '']) => {
		const records = facts.records();
		return records.length === 0
			? [said('There is no line to save')]
			: [{type: 'save', path, content: writtenRecords(records), what: plural(records.length, 'line')}];
	},
	pipe: (facts, words) => {
		const records = facts.records();
		return records.length === 0 ? [said('There is no line to pipe')] : [{type: 'pipe', command: words.join(' '), text: plainRecords(records)}];
	},
};

/** What a command of the keys does to a log view; one that is not known does nothing. */
export function logsCommand(command: string, words: readonly string[], facts: CommandFacts): readonly Effect[] {
	return Object.hasOwn(commands, command) ? (commands[command]?.(facts, words) ?? []) : [];
}

function change(fields: Partial<LogsScreen>): Effect {
	return {type: 'change', screen: {type: 'logs', ...fields}};
}

function said(text: string): Effect {
	return {type: 'notice', tone: 'muted', text};
}

function cursorEntry(facts: CommandFacts): LogEntry | undefined {
	const {cursor} = windowOf(facts);
	return facts.rows.shown[cursor];
}

/** The view as it stands, no longer following: what comes from now on is counted. */
function pausedAtCursor(facts: CommandFacts): Partial<LogsScreen> {
	const {rows, screen, model} = facts;
	if (!screen.follow) return {};
	const window = windowOf(facts);
	const top = rows.shown[window.first];
	const cursor = rows.shown[window.cursor];
	return {
		follow: false,
		pausedAt: model.counters.received,
		...(top === undefined ? {} : {top: top.id}),
		...(cursor === undefined ? {} : {cursor: `line:${cursor.id}`}),
	};
}

/** The cursor on a row, the view moved as little as that needs. */
function goTo(facts: CommandFacts, index: number, top = windowOf(facts).first): readonly Effect[] {
	const {rows, screen} = facts;
	const entry = rows.shown[Math.max(0, Math.min(rows.shown.length - 1, index))];
	if (entry === undefined) return [];
	const cursor = `line:${entry.id}`;
	const paused = {...pausedAtCursor(facts), cursor, follow: false, detail: undefined, top: rows.shown[Math.max(0, top)]?.id ?? entry.id};
	const window = windowOf({...facts, screen: {...screen, ...paused}});
	return [change({...paused, top: rows.shown[window.first]?.id ?? entry.id})];
}

function moved(facts: CommandFacts, to: string, count: number): readonly Effect[] {
	if (facts.screen.detail !== undefined) return scrolled(facts, to, count);
	const {rows} = facts;
	const window = windowOf(facts);
	const last = rows.shown.length - 1;
	if (last < 0) return [];
	const page = Math.max(1, window.rows.length - 1) * count;
	switch (to) {
		case 'down':
			return facts.screen.follow ? [] : goTo(facts, window.cursor + count);
		case 'up':
			return goTo(facts, window.cursor - count);
		case 'page-down':
			return facts.screen.follow ? [] : goTo(facts, window.cursor + page, Math.min(last, window.first + page));
		case 'page-up':
			return goTo(facts, window.cursor - page, Math.max(0, window.first - page));
		case 'first':
			return goTo(facts, 0);
		case 'last':
			// The end is where new lines come: being there is following.
			return facts.screen.follow ? [] : [change({follow: true})];
		default:
			return goTo(facts, Number(to) - 1);
	}
}

function scrolled({rows, screen, setting}: CommandFacts, to: string, count: number): readonly Effect[] {
	const {detail} = screen;
	const entry = rows.shown.find(({id}) => id === detail?.id);
	if (detail === undefined || entry === undefined) return [];
	const most = Math.max(0, detailLines(entry, setting).length - setting.body.rows);
	const page = Math.max(1, setting.body.rows - 1) * count;
	const steps: Readonly<Record<string, number>> = {down: count, up: -count, 'page-down': page, 'page-up': -page, first: -most, last: most};
	const from = Math.min(detail.top, most);
	return [change({detail: {...detail, top: Math.max(0, Math.min(most, from + (steps[to] ?? 0)))}})];
}

/** To the next error after the cursor, from the end to the first; from an end that is followed to the newest. */
function nextError(facts: CommandFacts): readonly Effect[] {
	const {shown} = facts.rows;
	const errors = shown.flatMap((entry, index) => (entry.type === 'line' && levelRank(entryLevel(entry) ?? 'info') >= error ? [index] : []));
	if (errors.length === 0) return [said('No line shown is an error')];
	const at = windowOf(facts).cursor;
	const next = facts.screen.follow ? (errors.at(-1) ?? 0) : (errors.find(index => index > at) ?? errors[0] ?? 0);
	const around = facts.screen.follow ? ', the newest' : next <= at ? ', from the top' : '';
	return [...goTo(facts, next), said(`Error ${errors.indexOf(next) + 1} of ${errors.length}${around}`)];
}

/** The first column shown, a step on or back, as far as the longest text on screen goes. */
function sideways(facts: CommandFacts, step: number): number {
	const {screen, rows, setting} = facts;
	const texts = windowOf(facts).rows.flatMap(({entry}) =>
		entry.type === 'line' ? [messageText(entry, screen), ...entry.more.map(({text}) => text)] : [entryText(entry)],
	);
	const longest = texts.reduce((most, text) => Math.max(most, width(text)), 0);
	// What is folded away is told in the same room.
	const hidden = longest + sidewaysStep - logColumns(rows, screen, setting).room;
	const most = Math.max(0, Math.ceil(hidden / sidewaysStep) * sidewaysStep);
	return Math.max(0, Math.min(screen.left + step * sidewaysStep, most));
}

function messageText({understood}: LineEntry, {fields}: LogsScreen): string {
	if (fields !== 'columns') return fields === 'raw' ? understood.whole : understood.message;
	return `${understood.message.padEnd(longestAligned)}${understood.fields.map(([name, value]) => `  ${name}=${value.padEnd(widestAligned)}`).join('')}`;
}

function toggleMark(facts: CommandFacts): readonly Effect[] {
	const entry = cursorEntry(facts);
	if (entry === undefined) return [];
	const {marks} = facts.screen;
	return [change({...pausedAtCursor(facts), marks: marks.includes(entry.id) ? marks.filter(id => id !== entry.id) : [...marks, entry.id]})];
}

function copyRows(facts: CommandFacts): readonly Effect[] {
	const {rows, screen} = facts;
	const opened = screen.detail === undefined ? undefined : rows.shown.find(({id}) => id === screen.detail?.id);
	const marked = rows.shown.filter(({id}) => screen.marks.includes(id));
	const single = opened ?? cursorEntry(facts);
	const entries = opened === undefined && marked.length > 0 ? marked : single === undefined ? [] : [single];
	if (entries.length === 0) return [said('There is no line to copy')];
	const text = copiedText(entries);
	return [{type: 'copy', text, what: entries.length === 1 ? truncate(text.split('\n')[0] ?? '', 40) : plural(entries.length, 'line')}];
}

/** Another log is read: what is known of single records has no meaning in it. */
const fresh = {follow: true, clearedBefore: 0, marks: []} as const;

/** From all containers to that of the cursor's line, and back. */
function toggleContainers(facts: CommandFacts): readonly Effect[] {
	const {screen, model} = facts;
	if (screen.container !== undefined) return [change({...fresh, container: undefined}), said('All containers')];
	const entry = cursorEntry(facts);
	const container = (entry === undefined ? undefined : entryOrigin(entry)?.container) ?? model.sources[0]?.origin.container;
	if (container === undefined || new Set(model.sources.map(({origin}) => origin.container)).size < 2) return [said('There is one container only')];
	return [change({...fresh, container}), said(`Container ${container} only: a shows all`)];
}

/** What is searched for becomes a filter. */
function onlyMatching({screen}: CommandFacts): readonly Effect[] {
	if (screen.search === undefined || screen.search === '') return [{type: 'prompt', prompt: 'command', text: 'filter +'}];
	const read = textFilter('include', screen.search);
	return read.ok ? [change({filters: [...screen.filters, read.filter], search: undefined})] : [{type: 'notice', tone: 'warning', text: read.problem}];
}

function jump(facts: CommandFacts, text: string): readonly Effect[] {
	const at = momentOf(text, facts.setting.now);
	if (at === undefined) return [{type: 'notice', tone: 'warning', text: `${text} is no time. Write it as 14:02, 14:02:31 (UTC) or 10m (ago)`}];
	const index = facts.rows.shown.findIndex(entry => entryTime(entry) >= at);
	const when = `${new Date(at).toISOString().slice(11, 19)}Z`;
	if (index < 0) return [...goTo(facts, facts.rows.shown.length - 1), said(`No line is as late as ${when}: this is the last`)];
	return goTo(facts, index, index);
}
