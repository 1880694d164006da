import {humanDuration} from '../core/age.ts';
import {shortPodNames} from '../core/logs/pod-names.ts';
import type {LogRows} from '../core/logs/log-reading.ts';
import type {LogsView} from '../core/logs/logs-screen.ts';
import type {PageSetting} from '../core/page.ts';
import {width} from '../core/text.ts';
import type {Tone} from '../core/tone.ts';

/** Widths of what stands before the message, in cells; 0: not there. Blanks between them are not counted. */
export type LogColumns = Readonly<{
	stamp: number;
	/** Cells of the day in front of times: none, month and day, or the year too. */
	day: 0 | 5 | 10;
	pod: number;
	container: number;
	level: number;
	/** Column in which messages begin, and how many cells they have. */
	from: number;
	room: number;
	/** By `namespace/name`. */
	podNames: ReadonlyMap<string, string>;
	podTones: ReadonlyMap<string, Tone>;
}>;

/** From here on times have milliseconds, and names more room. */
const wideColumns = 120;
/** Below this a message needs the room of the container's name. */
const narrowColumns = 60;
const levelWidth = 5;
const eventWord = 'event';
/** Tones that say nothing of a state: pods are told apart by them, beside their names. */
const podTones: readonly Tone[] = ['accent', 'progressing', 'unknown', 'ok', 'terminating', 'text'];

/** The columns of a log view: fixed while its pods and containers are the same. */
export function logColumns(rows: LogRows, view: LogsView, setting: PageSetting): LogColumns {
	const {columns} = setting.body;
	const isWide = columns >= wideColumns;
	const isNarrow = columns < narrowColumns;
	const podNames = shortPodNames(rows.pods);
	const stamp = stampWidth(rows, view, setting);
	const most = isWide ? 24 : isNarrow ? 5 : 12;
	const pod = isNarrow && rows.pods.length < 2 ? 0 : Math.min(most, longest([...podNames.values()]));
	const container = isNarrow || rows.containers.length === 0 ? 0 : Math.min(isWide ? 20 : 10, longest([...rows.containers, eventWord]));
	const level = isNarrow ? 1 : levelWidth;
	// Cursor, time, symbol, mark, then each column with a blank behind it.
	const from = 1 + stamp + 2 + [pod, container, level].reduce((sum, cells) => sum + (cells === 0 ? 0 : cells + 1), 0);
	return {
		stamp,
		day: dayWidth(rows, setting),
		pod,
		container,
		level,
		from,
		room: Math.max(8, columns - from),
		podNames,
		podTones: new Map(rows.pods.map((name, index) => [name, podTones[index % podTones.length] ?? 'text'])),
	};
}

function longest(texts: readonly string[]): number {
	return texts.reduce((most, text) => Math.max(most, width(text)), 0);
}

function stampWidth(rows: LogRows, {stamps}: LogsView, setting: PageSetting): number {
	if (stamps === 'none') return 0;
	if (stamps === 'relative') return 6;
	const day = dayWidth(rows, setting);
	return (setting.body.columns >= wideColumns ? 12 : 8) + (day === 0 ? 0 : day + 1);
}

/** The day stands before times once the rows begin on another day than today, with its year once they begin in another year. */
function dayWidth({from}: LogRows, {now}: PageSetting): LogColumns['day'] {
	if (from === undefined) return 0;
	const [first, today] = [new Date(from).toISOString(), new Date(now).toISOString()];
	if (first.slice(0, 10) === today.slice(0, 10)) return 0;
	return first.slice(0, 4) === today.slice(0, 4) ? 5 : 10;
}

/** An age; what lies ahead, because a clock is wrong, with a minus. */
function ageText(ms: number): string {
	return ms < 0 ? `-${humanDuration(-ms)}` : humanDuration(ms);
}

/** A moment in the view's own way, as wide as the column. */
export function stampText(at: number, columns: LogColumns, view: LogsView, setting: PageSetting): string {
	if (view.stamps === 'none') return '';
	if (view.stamps === 'relative') return ageText(setting.now - at).padStart(columns.stamp);
	const shifted = at + (view.stamps === 'local' ? (setting.offsetMinutes ?? 0) * 60_000 : 0);
	const text = new Date(shifted).toISOString();
	const time = text.slice(11, setting.body.columns >= wideColumns ? 23 : 19);
	return columns.day === 0 ? time.padEnd(columns.stamp) : `${text.slice(10 - columns.day, 10)} ${time}`.padEnd(columns.stamp);
}
