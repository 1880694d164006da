import type {Notice} from '../core/effect.ts';
import {span} from '../core/line.ts';
import type {Hint, Page, PageSetting} from '../core/page.ts';
import type {PageScreen} from '../core/screen.ts';
import {plural} from '../core/text.ts';
import {fitPage, line, still, timeText, wrap} from './fit.ts';
import {stateMark} from './state-mark.ts';

const hints: readonly Hint[] = [
	{keys: 'c', title: 'copy'},
	{keys: '/', title: 'search'},
	{keys: ':', title: 'go'},
	{keys: 'Esc', title: 'back'},
];
const timeWidth = 10;

/** Everything the status row has said, newest first, each in full. */
export function noticesPage(notices: readonly Notice[], _screen: Extract<PageScreen, {type: 'notices'}>, setting: PageSetting): Page {
	const lines = notices.toReversed().flatMap(({tone, text, at}, index) => {
		const [first = '', ...rest] = wrap(text, Math.max(8, setting.body.columns - timeWidth - 4));
		const time = timeText(at, setting).padEnd(timeWidth);
		return [
			{line: line(stateMark(tone, setting), span(` ${time}`, 'muted'), span(first, tone)), id: `notice:${notices.length - index}`, copy: text},
			...rest.map(part => still(' '.repeat(timeWidth + 2), span(part, tone))),
		];
	});
	return fitPage(
		{crumb: 'Notices', head: [span(plural(notices.length, 'notice'))], fixed: [], lines: lines.length === 0 ? [still('Nothing was said yet.')] : lines, hints},
		setting,
	);
}
