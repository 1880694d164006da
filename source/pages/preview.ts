import {itemKey} from '../core/kubernetes.ts';
import {type Line, span} from '../core/line.ts';
import type {ObjectModel} from '../core/object-model.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {eventFacts} from '../core/event-facts.ts';
import {plural} from '../core/text.ts';
import type {ResourceType} from '../core/resource-type.ts';
import type {Row} from '../core/table.ts';
import {blank, fitPage, joined, line, still, timeText} from './fit.ts';
import {summaryBlocks} from './object-summary.ts';
import {usageLines} from './object-metrics.ts';
import {stateMark} from './state-mark.ts';

/** Events are shown only where the object itself leaves that many lines. */
const leastEvents = 3;
const mostEvents = 8;

/**
 * The pane beside a table, `setting.body` large: the object under the cursor in the order of its summary, then its events
 * where there is room. Without a model (the cursor still moves) only its name stands there.
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
	const course = object.kind === 'Pod' && model.metrics ? usageLines(ref, model.metrics, setting) : [];
	const first = joined([...main, course]);
	const events = eventsBlock(model, Math.min(mostEvents, rows - first.length - 2), setting);
	const all = joined([...main, course, events, ...more]);
	return all.length > rows ? [...all.slice(0, rows - 1), cutLine(all.length - rows + 1)] : all;
}

function cutLine(hidden: number): PageLine {
	return still(span(`${plural(hidden, 'more line')}: Enter opens the object`, 'muted'));
}

function eventsBlock({events = []}: ObjectModel, most: number, setting: PageSetting): readonly PageLine[] {
	if (events.length === 0 || most < leastEvents) return [];
	const shown = events.slice(0, most);
	const lines = shown.flatMap((item): PageLine[] => {
		const facts = eventFacts(item);
		if (!facts) return [];
		const counted = facts.count > 1 ? ` x${facts.count}` : '';
		const mark = facts.warning ? stateMark('warning', setting) : span(' ');
		const reason = span(`${facts.reason}${counted}`, facts.warning ? 'warning' : 'text');
		return [{line: line(mark, ` ${timeText(facts.at, setting)} `, reason, span(`  ${facts.message}`, 'muted')), id: `event:${itemKey(item)}`}];
	});
	const rest = events.length - shown.length;
	return [still(span(`EVENTS ${events.length}${rest > 0 ? `, the newest ${shown.length}` : ''}`, 'muted')), ...lines];
}
