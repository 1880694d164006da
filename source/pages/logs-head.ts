import {type Line, type Span, span} from '../core/line.ts';
import {lineWidth} from '../core/cut-line.ts';
import {never} from '../core/never.ts';
import {barText, errorHistogram, minutesPerBar} from '../core/logs/log-counts.ts';
import {filterWord} from '../core/logs/filter-words.ts';
import type {LogTarget} from '../core/logs/log-target.ts';
import type {LogsScreen} from '../core/screen.ts';
import {clean, group, plural, truncate, width} from '../core/text.ts';
import {line, rule} from './fit.ts';
import type {LogsFacts} from './logs-facts.ts';
import {silentCount, silentLine} from './logs-silence.ts';

/** From here on (a terminal of 20 rows) the histogram has its line, and from there on there is a rule. */
const histogramRows = 15;
const ruleRows = 19;
const mostBars = 60;
/** What is left to the crumbs in row 2, and to a name that is too long for it. */
const crumbsRoom = 16;
const shortName = 24;

/** Whose logs, in a word or two. */
export function targetName(target: LogTarget): string {
	switch (target.type) {
		case 'pod':
			return target.name;
		case 'owner':
			return `${singular(target.kind)}/${target.name}`;
		case 'selector':
			return target.labelSelector;
		case 'node':
			return `${target.service} on ${target.node}`;
		default:
			return never(target);
	}
}

function singular(kind: string): string {
	return (kind.split('.')[0] ?? kind).replace(/s$/, '');
}

/** Right of the crumbs: whose logs, how many of them are read, whether the end is followed, how far back. */
export function headOf(facts: LogsFacts): Line {
	const {model, screen, setting} = facts;
	const {sources, live} = model;
	const pods = new Set(sources.map(({origin}) => `${origin.namespace}/${origin.pod}`)).size;
	const wanted = sources.filter(({state}) => state === 'live' || state === 'polled' || state === 'opening' || state === 'reconnecting').length;
	const counts = model.target.type === 'node' ? '' : `  ${plural(pods, 'pod')}  ${plural(sources.length, 'container')}`;
	const {columns} = setting.body;
	const state: Line = [
		...(wanted > live && model.target.type !== 'node' ? [span(`${live} of ${wanted} live  `, 'warning')] : []),
		stateOf(facts),
		span(`  ${rangeText(screen)}`, columns >= 100 ? undefined : 'muted'),
	];
	const name = clean(targetName(model.target));
	const container = screen.container === undefined ? '' : ` ${clean(screen.container)}`;
	const short = truncate(name, shortName, 'middle', setting.glyphs.cut);
	// The crumbs tell where one is; they keep their room.
	const room = columns - crumbsRoom - lineWidth(state);
	const texts = [`${name}${container}${counts}`, `${name}${container}`, `${short}${container}${counts}`, `${short}${container}`, short, ''];
	const text = texts.find(one => one.length <= room) ?? '';
	return [span(text === '' ? '' : `${text}  `), ...state];
}

function stateOf({model, screen}: LogsFacts): Span {
	if (!screen.follow) {
		const waiting = Math.max(0, model.counters.received - screen.pausedAt);
		const previous = screen.previous ? 'PREVIOUS RUN, ' : '';
		return {text: `${previous}PAUSED${waiting === 0 ? '' : `, ${group(waiting)} new`}`, tone: 'warning', bold: true};
	}
	return screen.previous ? {text: 'PREVIOUS RUN', tone: 'warning', bold: true} : {text: 'FOLLOW', tone: 'accent', bold: true};
}

function rangeText({range, fromTime}: LogsScreen): string {
	if (fromTime !== undefined) return `since ${new Date(fromTime).toISOString().slice(11, 16)}Z`;
	return range === 'tail' || range === 'head' ? range : `since ${range}`;
}

/** The lines above the rows, as many as there is room for: what is shown, errors by the minute or why there is no line, a rule. */
export function fixedOf(facts: LogsFacts): readonly Line[] {
	const {screen, setting} = facts;
	const isSmall = setting.body.rows < histogramRows || setting.body.columns < 60;
	const isPlain = screen.filters.length === 0 && screen.search === undefined;
	if (isSmall) return isPlain ? [] : [shownLine(facts)];
	const shown = isPlain && facts.model.target.type === 'node' ? [] : [shownLine(facts)];
	return [...shown, silentLine(facts) ?? histogramLine(facts), ...(setting.body.rows >= ruleRows ? [rule(setting)] : [])];
}

/** What is shown, then the filters, each in its own words. */
function shownLine(facts: LogsFacts): Line {
	const {screen, setting, model} = facts;
	const box = (title: string, on: boolean): readonly Span[] => [span(`${title} `), span(on ? '[x]' : '[ ]', on ? 'accent' : 'muted'), span('  ')];
	const isSmall = setting.body.columns < 60;
	const parts: Span[] =
		isSmall || model.target.type === 'node'
			? []
			: [
					span('show  ', 'muted'),
					...box(screen.container === undefined ? 'containers' : `container ${screen.container}`, true),
					...box('events', screen.events),
				];
	const filters = screen.filters.map(filter => filterWord(filter));
	const around = screen.filters.length > 0 && screen.context > 0 ? [`+-${screen.context}`] : [];
	const search = screen.search === undefined ? [] : [`/ ${screen.search}`];
	const narrowed = [...filters, ...around, ...search].flatMap((text): Span[] => [{text, tone: 'accent'}, span('  ')]);
	const shown = line(...parts, ...narrowed);
	const silent = isSmall ? '' : silentCount(facts);
	const isRoom = silent !== '' && lineWidth(shown) + width(silent) < setting.body.columns;
	return isRoom ? [...shown, span(silent, 'warning')] : shown;
}

function histogramLine({rows, setting}: LogsFacts): Line {
	const {glyphs, body} = setting;
	const {error} = glyphs.state;
	const first = rows.firstErrorAt === undefined ? '' : `first ${error} ${momentText(rows.firstErrorAt, setting.now)}`;
	const right = `${plural(rows.shownRecords, 'line')}, ${group(rows.errors)} ${error}`;
	const room = Math.max(0, Math.min(mostBars, body.columns - 40 - right.length));
	const title = `errors/${barText(minutesPerBar(rows, room))}  `;
	const bars = rows.errors === 0 ? 'none' : barsText(errorHistogram(rows, room), glyphs.spark);
	const left: Line = line(span(title, 'muted'), span(bars, rows.errors === 0 ? 'muted' : 'error'), span(first === '' ? '' : '   '), span(first, 'error'));
	const gap = Math.max(2, body.columns - 1 - lineWidth(left) - right.length);
	return [...left, span(' '.repeat(gap)), span(right)];
}

/** `14:02:31Z` of today, `01-05 14:02Z` of another day, `2024-01-05` of another year. */
function momentText(at: number, now: number): string {
	const text = new Date(at).toISOString();
	const today = new Date(now).toISOString();
	if (text.slice(0, 10) === today.slice(0, 10)) return `${text.slice(11, 19)}Z`;
	return text.slice(0, 4) === today.slice(0, 4) ? `${text.slice(5, 16).replace('T', ' ')}Z` : text.slice(0, 10);
}

/** Parts of the time without an error keep a mark of their own, so that their number can be seen. */
function barsText(bars: readonly number[], spark: string): string {
	const most = Math.max(1, ...bars);
	return bars.map(count => (count === 0 ? '.' : (spark[Math.max(1, Math.ceil((count / most) * (spark.length - 1)))] ?? ' '))).join('');
}
