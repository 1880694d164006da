import {humanDuration} from '../core/age.ts';
import {type Span, span} from '../core/line.ts';
import type {Consumers, OverviewModel} from '../core/overview-model.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {clean, truncate, width} from '../core/text.ts';
import {staleAfterMs} from '../core/top/usage.ts';
import {topScreenOf} from '../core/top/top-screen.ts';
import {line} from './fit.ts';
import {eventRateLines} from './overview-events.ts';
import {amountText, type Resource} from './top-cells.ts';

/** From here on the event rate stands right of the consumers. */
const sideBySide = 76;
const gap = 3;
/** Several short names say more than one that is whole; the suffix of a pod stays. */
const shortName = 14;
const longName = 32;
const roomy = 100;
const titles = {cpu: 'TOP CPU  ', memory: 'TOP MEM  '} as const;

/** Two lines: the pods that use the most CPU and memory, and beside them the rate of events. `rate` false: without that. */
export function consumersBlock(model: OverviewModel, setting: PageSetting, rate: boolean): readonly PageLine[] {
	const {consumers} = model;
	const [text, course] = rate ? eventRateLines(model, setting) : [];
	if (consumers === undefined) return text === undefined || course === undefined ? [] : [{line: line(...text, span('  '), ...course)}];
	const {columns} = setting.body;
	const right = Math.max(...[text, course].map(part => (part === undefined ? 0 : lineWidth(part))));
	const together = columns >= sideBySide && right > 0;
	const room = columns - 1 - (together ? right + gap : 1);
	const lines = (['cpu', 'memory'] as const).map((of, index): PageLine => {
		const left = consumerSpans(consumers, of, room, setting);
		const beside = together ? (index === 0 ? text : course) : undefined;
		const fill = Math.max(0, room + gap - lineWidth(left));
		return {
			line: line(...left, ...(beside === undefined ? [] : [span(' '.repeat(fill)), ...beside])),
			id: `top:${of}`,
			enter: [{type: 'open', screen: topScreenOf({level: 'pods', sort: of})}],
		};
	});
	const below = together || text === undefined || course === undefined ? [] : [{line: line(...text, span('  '), ...course)}];
	return [...lines, ...below];
}

/** As many as find room whole; at least one. Old values say how old. */
function consumerSpans(consumers: Consumers, of: Resource, room: number, setting: PageSetting): readonly Span[] {
	const listed = consumers[of];
	if (listed.length === 0) {
		const why = of === 'memory' ? '' : (consumers.missing?.text ?? 'nothing is measured yet');
		return [span(titles[of], 'muted'), span(truncate(why === '' ? '-' : why, room - titles[of].length, 'end', setting.glyphs.cut), 'muted')];
	}
	const old = consumers.at !== undefined && setting.now - consumers.at > staleAfterMs ? ` ${humanDuration(setting.now - consumers.at)} old` : '';
	const tone = old === '' ? undefined : 'muted';
	const spans: Span[] = [];
	const longest = setting.body.columns < roomy ? shortName : longName;
	let left = room - titles[of].length - width(old);
	for (const consumer of listed) {
		const text = `${spans.length === 0 ? '' : '  '}${truncate(clean(consumer.name), longest, 'middle', setting.glyphs.cut)} ${amountText(of, consumer.value)}`;
		if (spans.length > 0 && width(text) > left) break;
		spans.push(span(truncate(text, left, 'middle', setting.glyphs.cut), tone));
		left -= width(text);
	}
	return [span(titles[of], 'muted'), ...spans, span(old, 'warning')];
}

function lineWidth(parts: readonly Span[]): number {
	return parts.reduce((sum, {text}) => sum + width(text), 0);
}
