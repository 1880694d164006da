import {formatTime} from '../core/age.ts';
import {itemKey} from '../core/kubernetes.ts';
import {type Line, span} from '../core/line.ts';
import type {LastLog} from '../core/logs/last-log.ts';
import {levelTones} from '../core/logs/levels.ts';
import {understandLine} from '../core/logs/understand-line.ts';
import type {ObjectModel} from '../core/object-model.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {eventFacts} from '../core/event-facts.ts';
import {lineMasker} from '../core/share/mask-lines.ts';
import {pad, plural, width} from '../core/text.ts';
import type {ResourceType} from '../core/resource-type.ts';
import type {Row} from '../core/table.ts';
import {blank, fitPage, joined, line, still, timeText} from './fit.ts';
import {summaryBlocks} from './object-summary.ts';
import {usageLines} from './object-metrics.ts';
import {stateMark} from './state-mark.ts';

/** In a pane of fewer lines the object itself leaves none for its log; fewer lines of it tell nothing. */
const leastLogRows = 24;
const leastLogLines = 2;
/** Events are shown only where the object itself leaves that many lines. */
const leastEvents = 3;
const mostEvents = 8;
/** Messages begin in one column; a reason longer than this moves its own. */
const longestReason = 18;

/**
 * The pane beside a table, `setting.body` large: the object under the cursor in the order of its summary; what a failed container
 * wrote last and its events stand before what is looked at less. Without a model (the cursor still moves) only its name stands there.
 */
export function previewLines(model: ObjectModel | undefined, row: Row, type: ResourceType, setting: PageSetting): readonly Line[] {
	const head = still(span('PREVIEW  ', 'muted'), stateMark(row.tone, setting), {text: ` ${type.kind} ${row.ref.name}`, bold: true}, span('  follows', 'muted'));
	const same = model !== undefined && model.ref.name === row.ref.name && model.ref.namespace === row.ref.namespace;
	const lines = [head, blank, ...(same ? bodyOf(model, setting.body.rows - 2, setting) : [])];
	return fitPage({crumb: '', head: [], fixed: [], lines, hints: []}, setting).lines.map(one => one.line);
}

function bodyOf(model: ObjectModel, rows: number, setting: PageSetting): readonly PageLine[] {
	const {object, data, ref} = model;
	if (object === undefined) return [still(span(data === 'missing' ? `There is no ${ref.kind} ${ref.name}.` : 'Reading', 'muted'))];
	const {main, more} = summaryBlocks(model, setting);
	// Why, its facts and its first parts; its further blocks are looked at less than what it does.
	const [first, further] = [main.slice(0, 3), main.slice(3)];
	const course = object.kind === 'Pod' && model.metrics ? usageLines(ref, model.metrics, setting) : [];
	// Its title, a blank line before and a line that counts what is cut off: the newest lines of the log are those that stay.
	const log = lastLogBlock(model.lastLog, rows - joined(first).length - 3, setting);
	const doing = joined([...first, log, course]);
	const events = eventsBlock(model, Math.min(mostEvents, rows - doing.length - 2), setting);
	const all = joined([...first, log, course, events, ...further, ...more]);
	return all.length > rows ? [...all.slice(0, rows - 1), cutLine(all.length - rows + 1)] : all;
}

/** Is there room for a log? What is not shown is not asked for. */
export function hasRoomForLog({body}: PageSetting): boolean {
	return body.rows >= leastLogRows;
}

function cutLine(hidden: number): PageLine {
	return still(span(`${plural(hidden, 'more line')}: Enter opens the object`, 'muted'));
}

/** What the failed container wrote last, and the key that opens all of it; why not, where it could not be read. */
function lastLogBlock(log: LastLog | undefined, most: number, setting: PageSetting): readonly PageLine[] {
	if (log === undefined || most < leastLogLines) return [];
	const {container, previous, lines, problem} = log;
	const title = still(span(`LAST LOG ${container}${previous ? ', previous run' : ''}   ${previous ? 'p' : 'l'} opens it`, 'muted'));
	if (problem) return [title, still(span('? ', 'unknown'), span(problem.cause, 'muted'))];
	if (lines.length === 0) return [title, still(span('It wrote nothing.', 'muted'))];
	const mask = setting.masks === undefined ? (text: string) => text : lineMasker(setting.masks);
	return [title, ...lines.slice(-most).map(({at, text}) => logLine(at, mask(text), setting))];
}

function logLine(at: number | undefined, text: string, setting: PageSetting): PageLine {
	const {level, message, whole} = understandLine(text);
	const stamp = at === undefined ? '' : `${formatTime(at, setting.times === 'local' ? 'local' : 'utc', at, setting.offsetMinutes ?? 0).slice(0, 8)} `;
	if (level === undefined) return still(span(stamp, 'muted'), span(whole));
	return still(span(stamp, 'muted'), span(`${level.toUpperCase()} `, levelTones[level]), span(message));
}

function eventsBlock({events = []}: ObjectModel, most: number, setting: PageSetting): readonly PageLine[] {
	if (events.length === 0 || most < Math.min(leastEvents, events.length)) return [];
	const shown = events.slice(0, most);
	const rows = shown.flatMap(item => {
		const facts = eventFacts(item);
		if (!facts) return [];
		const {at, warning, reason, count, message} = facts;
		return [{id: itemKey(item), warning, message, time: timeText(at, setting), reason: count > 1 ? `${reason} x${count}` : reason}];
	});
	const [timeWidth, reasonWidth] = [Math.max(...rows.map(({time}) => width(time))), Math.max(...rows.map(({reason}) => width(reason)))];
	const lines = rows.map(({id, warning, message, time, reason}): PageLine => {
		const mark = warning ? stateMark('warning', setting) : span(' ');
		const toned = span(pad(reason, Math.min(reasonWidth, longestReason)), warning ? 'warning' : 'text');
		return {line: line(mark, ` ${pad(time, timeWidth)} `, toned, span(`  ${message}`, 'muted')), id: `event:${id}`};
	});
	const rest = events.length - shown.length;
	return [still(span(`EVENTS ${events.length}${rest > 0 ? `, the newest ${shown.length}` : ''}`, 'muted')), ...lines];
}
