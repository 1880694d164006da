import type {ActionContext} from '../core/action.ts';
import {topScreen} from '../core/app-state.ts';
import type {Effect} from '../core/effect.ts';
import {plain} from '../core/line.ts';
import {scrollRoom} from '../core/page.ts';
import {focusIndex, pageTop} from '../core/page-focus.ts';

/**
 * To the next line of a page that holds a text, from the cursor on, round the end; capitals count only when the text has some.
 * `step` 0 takes the cursor's own line too: for the moment the search begins.
 */
export function toMatch({frame, bodyRows}: ActionContext, text: string, step: -1 | 0 | 1): readonly Effect[] {
	const screen = topScreen(frame.state);
	if (screen.type === 'logs') return [{type: 'page-command', command: 'find', words: [String(step), text]}];
	if (screen.type === 'table' || frame.view.type !== 'page' || text === '') return [];
	const {page} = frame.view;
	const exact = text !== text.toLowerCase();
	const holds = (line: string): boolean => (exact ? line.includes(text) : line.toLowerCase().includes(text.toLowerCase()));
	const matches = page.lines.flatMap(({line}, index) => (holds(plain(line)) ? [index] : []));
	if (matches.length === 0) return [{type: 'notice', tone: 'warning', text: `No line holds "${text}"`}];
	const room = Math.max(1, scrollRoom(page, bodyRows));
	const focused = focusIndex(page, screen.cursor);
	const at = focused >= 0 ? focused : pageTop(page, screen, room);
	const next =
		(step < 0 ? matches.findLast(index => index < at) : matches.find(index => index > at || (step === 0 && index === at))) ??
		matches.at(step < 0 ? -1 : 0) ??
		0;
	const id = page.lines[next]?.id;
	return [
		{type: 'change', screen: {type: screen.type, top: Math.max(0, next - Math.floor(room / 2)), ...(id === undefined ? {} : {cursor: id})}},
		{type: 'notice', tone: 'muted', text: `Match ${matches.indexOf(next) + 1} of ${matches.length}`},
	];
}
