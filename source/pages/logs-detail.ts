import {type Line, span} from '../core/line.ts';
import {jsonFields} from '../core/logs/json-fields.ts';
import type {LineEntry, LogEntry, OtherEntry} from '../core/logs/log-entry.ts';
import {styledText} from '../core/logs/styled-text.ts';
import type {PageSetting} from '../core/page.ts';
import {clean, group, pad, truncate, width} from '../core/text.ts';
import {brokenLine, textSpans} from './logs-spans.ts';

const widestName = 24;
/** Lines of one value or one line of text. */
const mostLines = 1000;

/** One row in full: where it comes from, its fields, the line as it was written, its stack trace. */
export function detailLines(entry: LogEntry, setting: PageSetting): readonly Line[] {
	const room = setting.body.columns - 2;
	return entry.type === 'line' ? lineDetail(entry, room) : otherDetail(entry, room);
}

function lineDetail(entry: LineEntry, room: number): readonly Line[] {
	const {line, understood} = entry;
	const {origin} = line;
	const facts: ReadonlyArray<readonly [string, string]> = [
		['time', line.stamp],
		['from', `${origin.namespace}/${origin.pod} ${origin.container}${origin.restart > 0 ? `, run ${group(origin.restart + 1)}` : ''}`],
		['level', entry.level === undefined ? 'the line names none' : entry.level],
		['format', understood.format],
		...(entry.repeats > 0 ? [['repeated', `${group(entry.repeats)} times, last ${new Date(entry.lastAt).toISOString()}`] as const] : []),
		...(line.cutBytes === undefined ? [] : [['cut', `${group(line.cutBytes)} bytes at its end are not held`] as const]),
	];
	// Values in full and with their own lines, as the line has them.
	const fields = jsonFields(styledText(line.text.slice(0, 65_536)).text) ?? understood.fields;
	return [
		...block(facts, room),
		...(understood.format === 'json' || (understood.format === 'text' && understood.fields.length === 0)
			? []
			: [[], ...broken(textSpans(understood.message, understood.runs, undefined), room)]),
		...(fields.length === 0 ? [] : [[], ...heading('FIELDS'), ...block(fields, room)]),
		...(entry.more.length === 0 ? [] : [[], ...heading(`TRACE ${group(entry.more.length)}`)]),
		...entry.more.flatMap(({text}) => broken(spansOf(text), room)),
		[],
		...heading('AS WRITTEN'),
		...broken(textSpans(understood.whole, understood.wholeRuns, undefined), room),
	].map(parts => [span(' '), ...parts]);
}

function otherDetail({record}: OtherEntry, room: number): readonly Line[] {
	const facts: ReadonlyArray<readonly [string, string]> =
		record.type === 'event'
			? [
					['time', new Date(record.at).toISOString()],
					['event', `${record.warning ? 'Warning' : 'Normal'} ${record.reason}, ${group(record.count)} times`],
					['about', `${record.origin.namespace}/${record.origin.pod}`],
					['message', record.message],
				]
			: [
					['time', new Date(record.at).toISOString()],
					['what', record.text],
					...(record.from === undefined || record.to === undefined
						? []
						: [['missing', `${new Date(record.from).toISOString()} to ${new Date(record.to).toISOString()}`] as const]),
				];
	return block(facts, room).map(parts => [span(' '), ...parts]);
}

function heading(text: string): readonly Line[] {
	return [[span(text, 'muted')]];
}

function spansOf(raw: string): Line {
	const {text, runs} = styledText(raw);
	return textSpans(text, runs, undefined);
}

function broken(line: Line, room: number): readonly Line[] {
	return brokenLine(line, room, mostLines).lines;
}

/** Names and their values, all values in one column. */
function block(pairs: ReadonlyArray<readonly [name: string, value: string]>, room: number): readonly Line[] {
	const cells = 2 + pairs.reduce((most, [name]) => Math.max(most, Math.min(widestName, width(clean(name)))), 0);
	return pairs.flatMap(([name, value]) => named(name, value, cells, room));
}

/** A value broken under itself; line ends in it (JSON) begin a new line. */
function named(name: string, value: string, cells: number, room: number): readonly Line[] {
	const label = truncate(clean(name), widestName);
	const parts = value.split(/\r?\n|\\n/).flatMap(part => broken(spansOf(part), Math.max(8, room - cells)));
	return parts.map((part, index) => [span(pad(index === 0 ? label : '', cells), 'muted'), ...part]);
}
