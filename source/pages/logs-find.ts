import type {Effect} from '../core/effect.ts';
import {entryText} from '../core/logs/log-entry.ts';
import {patternOf} from '../core/logs/pattern.ts';
import {group} from '../core/text.ts';
import {windowOf} from './logs.ts';
import type {LogsFacts} from './logs-facts.ts';

/**
 * To a row that holds the text: the next one (1), the one before (-1), round the ends; at the beginning of a search (0) the nearest
 * from the cursor on, and upwards from the end where the end is followed.
 */
export function searched<Facts extends LogsFacts>(
	facts: Facts,
	step: number,
	text: string,
	goTo: (facts: Facts, index: number) => readonly Effect[],
): readonly Effect[] {
	if (text === '') return [{type: 'notice', tone: 'muted', text: 'Nothing is searched for yet: / searches'}];
	const read = patternOf(text);
	if (!read.ok) return [{type: 'notice', tone: 'warning', text: `${text} is no regular expression: ${read.problem}`}];
	const matches = facts.rows.shown.flatMap((entry, index) => (read.pattern.test(entryText(entry)) ? [index] : []));
	if (matches.length === 0) return [{type: 'notice', tone: 'warning', text: `No line holds ${text}. Lines that come are marked`}];
	const at = windowOf(facts).cursor;
	const upwards = step < 0 || (step === 0 && facts.screen.follow);
	const found = upwards
		? matches.findLast(index => index < at || (step === 0 && index === at))
		: matches.find(index => index > at || (step === 0 && index === at));
	const next = found ?? matches.at(upwards ? -1 : 0) ?? 0;
	const around = found === undefined ? (upwards ? ', from the end' : ', from the top') : '';
	return [...goTo(facts, next), {type: 'notice', tone: 'muted', text: `Match ${group(matches.indexOf(next) + 1)} of ${group(matches.length)}${around}`}];
}
