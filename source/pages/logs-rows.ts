import {cutLine, dropCells, lineWidth} from '../core/cut-line.ts';
import type {Line, Span} from '../core/line.ts';
import {span} from '../core/line.ts';
import {entryLevel, entryTime, type LineEntry, type LogEntry, type OtherEntry} from '../core/logs/log-entry.ts';
import type {LogField} from '../core/logs/json-fields.ts';
import {levelRank, levelTones} from '../core/logs/levels.ts';
import type {LogEvent, LogMark} from '../core/logs/log-record.ts';
import type {LogsView} from '../core/logs/logs-screen.ts';
import type {Pattern} from '../core/logs/pattern.ts';
import {styledText} from '../core/logs/styled-text.ts';
import type {PageSetting} from '../core/page.ts';
import {clean, fit, fullest, group, plural, truncate, width} from '../core/text.ts';
import {type LogColumns, stampText} from './logs-columns.ts';
import {wrap} from './fit.ts';
import {brokenLine, textSpans} from './logs-spans.ts';

/** What a row is drawn with. */
export type RowLook = Readonly<{
	columns: LogColumns;
	view: LogsView;
	setting: PageSetting;
	search: Pattern | undefined;
	around: ReadonlySet<LogEntry>;
	marks: ReadonlySet<number>;
	/** Widths of the fields that have a column, by name, while fields are shown as columns. */
	fieldWidths: ReadonlyMap<string, number>;
	/** The widest message, while fields are shown as columns. */
	messageWidth: number;
	/** Lines that one row may take at most. */
	tallest: number;
}>;

const error = levelRank('error');
/** Cells that a message keeps beside what is said of it. */
const shortestMessage = 6;

/** One row as lines of the screen, the first with time, pod, container and level. */
export function rowLines(entry: LogEntry, look: RowLook): readonly Line[] {
	const lines = entry.type === 'line' ? lineRow(entry, look) : otherRow(entry, look);
	return look.around.has(entry) ? lines.map(line => line.map((part): Span => ({...part, tone: 'muted'}))) : lines;
}

function lineRow(entry: LineEntry, look: RowLook): readonly Line[] {
	const {columns, setting, tallest} = look;
	const bodies = bodyLines(messageOf(entry, look), suffixOf(entry, look), look, tallest);
	const lines = [...bodies.lines];
	const trace = entry.more.map(({text}) => styledText(text));
	let told = 0;
	for (const {text, runs} of trace) {
		if (lines.length >= tallest - (told < trace.length - 1 ? 1 : 0)) break;
		lines.push(...bodyLines(textSpans(text, runs, look.search), [], look, tallest - lines.length).lines);
		told++;
	}
	if (told < trace.length) {
		const isFound = trace.slice(told).some(({text}) => look.search?.test(text));
		const text = fullest([`... ${plural(trace.length - told, 'more line')}, Enter shows all`, `... ${trace.length - told} more`], columns.room);
		lines.push([{text, tone: 'muted', inverse: isFound}]);
	}
	return lines.map((line, index) => [...(index === 0 ? prefixOf(entry, look) : continued(columns, setting)), ...line]);
}

/** The message and its suffix in the room there is: broken into lines, or one line of it that scrolls sideways. */
function bodyLines(message: Line, suffix: Line, {columns, view, setting}: RowLook, most: number): Readonly<{lines: readonly Line[]}> {
	const {room} = columns;
	if (view.wrap) {
		const {lines, isCut} = brokenLine(message, room, Math.max(1, most));
		if (!isCut) return {lines: withSuffix(lines, suffix, room)};
		const note = fullest([' ... Enter shows all', ' ...'], room);
		return {lines: [...lines.slice(0, -1), [...cutLine(lines.at(-1) ?? [], Math.max(0, room - width(note))), span(note, 'muted')]]};
	}
	const told = cutLine(suffix, Math.max(0, room - shortestMessage));
	const own = Math.max(1, room - lineWidth(told));
	const seen = view.left > 0 ? dropCells(message, view.left) : message;
	const isLong = lineWidth(seen) > own;
	return {lines: [[...(isLong ? [...cutLine(seen, own - 1), span(setting.glyphs.cut, 'muted')] : seen), ...told]]};
}

/** What is folded away is told behind the last line, or below it where it does not fit: it is never broken. */
function withSuffix(lines: readonly Line[], suffix: Line, room: number): readonly Line[] {
	if (suffix.length === 0) return lines;
	const last = lines.at(-1) ?? [];
	return lineWidth(last) + lineWidth(suffix) <= room ? [...lines.slice(0, -1), [...last, ...suffix]] : [...lines, cutLine(dropCells(suffix, 2), room)];
}

function messageOf({understood}: LineEntry, look: RowLook): Line {
	const {view, search} = look;
	if (view.fields === 'raw') return textSpans(understood.whole, understood.wholeRuns, search);
	const message = textSpans(understood.message, understood.runs, search);
	if (view.fields !== 'columns' || understood.fields.length === 0) return message;
	const missing = Math.max(0, Math.min(look.messageWidth, 48) - lineWidth(message));
	return [...message, span(' '.repeat(missing)), ...understood.fields.flatMap(field => fieldSpans(field, look))];
}

/** A field under those of its name in the rows around it. */
function fieldSpans([name, value]: LogField, {fieldWidths, search}: RowLook): Line {
	const cells = fieldWidths.get(name) ?? 0;
	const drawn = textSpans(value, [], search);
	return [span(`  ${clean(name)}=`, 'muted'), ...drawn, span(' '.repeat(Math.max(0, cells - lineWidth(drawn))))];
}

/** Behind the message: what is folded away, with its number. */
function suffixOf(entry: LineEntry, {view, setting, columns, search}: RowLook): Line {
	const isWide = setting.body.columns >= 100;
	const parts: string[] = [];
	const folded = foldedFields(entry);
	if (view.fields === 'folded' && folded > 0) parts.push(isWide ? `(+${plural(folded, 'field')})` : `(+${folded})`);
	if (entry.repeats > 0) {
		const until = isWide && view.stamps !== 'none' && view.stamps !== 'relative' ? ` to ${stampText(entry.lastAt, columns, view, setting).trim()}` : '';
		parts.push(`... repeated ${group(entry.repeats)}x${until}`);
	}
	if (parts.length === 0) return [];
	// What is found in a folded field is found here.
	const isFound =
		folded > 0 && view.fields === 'folded' && search !== undefined && !search.test(entry.understood.message) && search.test(entry.understood.whole);
	return [span('  '), {text: parts.join('  '), tone: 'muted', inverse: isFound}];
}

/** How many fields are not in the message; what a logger writes in front of every line (its source, its thread) is none. */
function foldedFields({understood: {format, fields, message}}: LineEntry): number {
	if (format === 'text' || format === 'java' || format === 'nginx') return 0;
	if (format === 'access') return fields.filter(([, value]) => !message.includes(value)).length;
	return fields.filter(([name]) => !(format === 'klog' && name === 'source') && !(format === 'zap' && (name === 'caller' || name === 'logger'))).length;
}

/** Cursor, time, symbol, mark, pod, container, level. */
function prefixOf(entry: LineEntry, look: RowLook): Line {
	const {columns} = look;
	const {origin} = entry.line;
	const {level} = entry;
	const word = level === undefined ? '' : level.toUpperCase();
	return [
		...beginning(entry, look),
		...podCell(`${origin.namespace}/${origin.pod}`, look),
		...cell(origin.container, columns.container),
		...cell(columns.level === 1 ? word.slice(0, 1) : word, columns.level, level === undefined ? undefined : levelTones[level]),
	];
}

function beginning(entry: LogEntry, {columns, view, setting, marks}: RowLook): Line {
	const level = entryLevel(entry);
	const isError = level !== undefined && levelRank(level) >= error && entry.type === 'line';
	return [
		span(' '),
		...(columns.stamp === 0 ? [] : [span(stampText(entryTime(entry), columns, view, setting), 'muted')]),
		isError ? span(setting.glyphs.state.error, 'error') : span(' '),
		marks.has(entry.id) ? span(setting.glyphs.mark, 'accent') : span(' '),
	];
}

function podCell(pod: string, {columns, view}: RowLook): Line {
	if (columns.pod === 0) return [];
	const name = clean(columns.podNames.get(pod) ?? pod);
	const tone = view.podColours ? columns.podTones.get(pod) : undefined;
	return [span(fit(name, columns.pod, {cut: 'middle'}), tone), span(' ')];
}

function cell(text: string, cells: number, tone?: Span['tone']): Line {
	return cells === 0 ? [] : [span(fit(clean(text), cells, {cut: 'middle'}), tone), span(' ')];
}

/** In front of the second and later lines of a row: nothing that could be taken for a row of its own. */
function continued(columns: LogColumns, {glyphs}: PageSetting): Line {
	const at = columns.stamp + 3;
	return [span(' '.repeat(at)), span(glyphs.column, 'muted'), span(' '.repeat(Math.max(0, columns.from - at - 1)))];
}

function otherRow(entry: OtherEntry, look: RowLook): readonly Line[] {
	return entry.record.type === 'event' ? eventRow(entry, entry.record, look) : markRow(entry.record, entry.others, look);
}

/** `14:01:50  xw8pl event  Warning BackOff  restarting failed container (x30)`. */
function eventRow(entry: OtherEntry, event: LogEvent, look: RowLook): readonly Line[] {
	const {columns, setting, search} = look;
	const counted = event.count > 1 ? ` (x${event.count})` : '';
	const kind = event.warning ? span('Warning', 'warning') : span('Normal', 'muted');
	const message = textSpans(`${styledText(`${event.reason}  ${event.message}`).text}${counted}`, [], search);
	const prefix = [...beginning(entry, look), ...podCell(`${event.origin.namespace}/${event.origin.pod}`, look), ...cell('event', columns.container, 'muted')];
	const taken = columns.level === 0 ? 0 : columns.level + 1;
	const {lines} = bodyLines([kind, span(' '), ...message], [], {...look, columns: {...columns, room: columns.room + taken}}, look.tallest);
	return lines.map((line, index) => [...(index === 0 ? prefix : continued({...columns, from: columns.from - taken}, setting)), ...line]);
}

/** A rule with words in it: `--------- xw8pl app restarted: exit 137 OOMKilled, 3rd time ------ 14:01Z`; what does not fit goes on below. */
function markRow(mark: LogMark, others: number, {columns, setting, view, tallest}: RowLook): readonly Line[] {
	const {glyphs, body} = setting;
	const pod = mark.origin === undefined ? '' : clean(columns.podNames.get(`${mark.origin.namespace}/${mark.origin.pod}`) ?? mark.origin.pod);
	const who = mark.origin === undefined ? '' : others > 0 ? `${others + 1} containers: ` : `${pod} ${clean(mark.origin.container)} `;
	const time = ` ${new Date(mark.at).toISOString().slice(11, 16)}Z`;
	const lead = body.columns < 60 ? 3 : 9;
	const room = Math.max(8, body.columns - 1 - lead - 2 - width(time) - 1);
	const text = clean(`${who}${mark.text}`);
	const parts = view.wrap ? wrap(text, room) : [text];
	const shown = parts.length <= tallest ? parts : [...parts.slice(0, tallest - 1), parts.slice(tallest - 1).join(' ')];
	return shown.map((part, index): Line => {
		const said = truncate(part, room, 'end', glyphs.cut);
		if (index > 0) return [span(' '.repeat(lead + 2)), span(said, mark.tone)];
		const rest = Math.max(1, room - width(said) + 1);
		return [span(' '), span(glyphs.rule.repeat(lead), 'muted'), span(` ${said} `, mark.tone), span(glyphs.rule.repeat(rest), 'muted'), span(time, 'muted')];
	});
}
