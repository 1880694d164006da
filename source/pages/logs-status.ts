import type {Line, Span} from '../core/line.ts';
import {span} from '../core/line.ts';
import type {Hint} from '../core/page.ts';
import {fullest, group} from '../core/text.ts';
import {line} from './fit.ts';
import type {LogsFacts} from './logs-facts.ts';

/** Cells that the frame keeps for itself in the status row. */
const margin = 3;

/** Below the rows: an offer where one is due, else how much came, is shown, is hidden and was lost. The numbers always add up. */
export function statusOf(facts: LogsFacts): Line {
	const {model, rows, screen, setting} = facts;
	const {received, dropped, held} = model.counters;
	const room = setting.body.columns - margin;
	const marked = screen.marks.length === 0 ? '' : `${screen.marks.length} marked   `;
	const offer = offerOf(facts);
	const speed = `${group(model.perSecond)}/s`;
	const hidden = rows.hiddenRecords;
	const full = `buffer ${group(held)}/${group(facts.limit)}`;
	const sum = `${group(received)} received: ${group(held - hidden)} shown, ${group(hidden)} filtered, ${group(dropped)} dropped`;
	const texts = [
		`${marked}${speed}, ${sum}, ${full}${offer === '' ? '' : `.  ${offer}`}`,
		`${marked}${speed}, ${hidden > 0 ? `${group(hidden)} filtered, ` : ''}${group(dropped)} dropped, ${full}${offer === '' ? '' : `.  ${offer}`}`,
		`${marked}${speed}, ${hidden > 0 ? `${group(hidden)} filtered, ` : ''}${group(dropped)} dropped${offer === '' ? '' : `.  ${offer}`}`,
		offer === '' ? `${speed} ${group(dropped)} dropped` : offer,
	];
	const tone: Span['tone'] = dropped > 0 ? 'warning' : undefined;
	return line(span(fullest(texts, room, setting.glyphs.cut), tone));
}

/** A container that crashes again and again offers the run that did. */
function offerOf({model, screen}: LogsFacts): string {
	if (screen.previous) return 'p shows the run that goes on';
	return model.sources.some(source => source.crashing && source.hasPrevious) ? 'p shows the run that crashed' : '';
}

/** The next keys, those that matter now first. */
export function hintsOf({model, screen, rows}: LogsFacts): readonly Hint[] {
	const errors: readonly Hint[] = rows.errors > 0 ? [{keys: 'e', title: 'next error'}] : [];
	const searched: readonly Hint[] = screen.search === undefined ? [{keys: '/', title: 'find'}] : [{keys: 'n N', title: 'matches'}];
	return [
		{keys: 's', title: screen.follow ? 'stop' : 'follow'},
		...errors,
		...searched,
		{keys: '&', title: 'only'},
		{keys: 'w', title: 'wrap'},
		{keys: 't', title: 'time'},
		...(model.target.type === 'node' ? [] : [{keys: 'p', title: screen.previous ? 'current' : 'prev'}]),
		{keys: '0-6', title: 'since'},
		{keys: 'Enter', title: 'in full'},
		{keys: 'S', title: 'save'},
	];
}
