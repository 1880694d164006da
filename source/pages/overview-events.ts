import {type Line, span} from '../core/line.ts';
import type {OverviewModel} from '../core/overview-model.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {openObject} from '../core/targets.ts';
import {fit, pad} from '../core/text.ts';
import {line, still, timeText} from './fit.ts';
import {refName, stateMark} from './state-mark.ts';
import {sparkline} from './top-cells.ts';

const timeWidth = 8;
const reasonWidth = 18;
const countWidth = 6;
/** Below this many columns the count leaves. */
const narrow = 60;

/** WARNINGS: the newest Warning events, at most `most`. */
export function warningsBlock(model: OverviewModel, most: number, setting: PageSetting): readonly PageLine[] {
	const shown = model.warnings.slice(0, most);
	if (shown.length === 0) return [];
	return [still(span('NEWEST WARNING EVENTS', 'muted')), ...shown.map(warning => warningLine(warning, setting))];
}

function warningLine(warning: OverviewModel['warnings'][number], setting: PageSetting): PageLine {
	const {kind, ref, reason, message, count, at} = warning;
	const wide = setting.body.columns >= narrow;
	const {cut: glyph} = setting.glyphs;
	const right = wide ? pad(count > 1 ? `x${count}` : '', countWidth, 'end') : '';
	const room = Math.max(8, setting.body.columns - 3 - timeWidth - 1 - reasonWidth - 1 - right.length);
	const text = `${refName(ref)}: ${message}`;
	return {
		line: line(
			stateMark('warning', setting),
			` ${pad(timeText(at, setting), timeWidth)} `,
			span(`${fit(reason, reasonWidth, {glyph})} `, 'warning'),
			`${fit(text, room, {glyph})}${right}`,
		),
		id: `event:${refName(ref)}:${reason}:${at}`,
		copy: `${reason} ${text}`,
		...(kind === undefined ? {} : {enter: [openObject(kind, ref, 'events')]}),
	};
}

/** Events a minute now and at most, and their course over the last half hour; nothing while events are unread. */
export function eventRateLines({eventsPerMinute: rate}: OverviewModel, setting: PageSetting): readonly [text: Line, course: Line] | readonly [] {
	if (rate === undefined || rate.length === 0) return [];
	return [[span(`EVENTS/min now ${rate[rate.length - 1] ?? 0}, max ${Math.max(...rate)}`, 'muted')], [span(sparkline(rate, setting.glyphs))]];
}
