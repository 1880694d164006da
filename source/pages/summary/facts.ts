import {type Span, span} from '../../core/line.ts';
import type {PageLine, PageSetting} from '../../core/page.ts';
import {openObject} from '../../core/targets.ts';
import {clean, pad, width} from '../../core/text.ts';
import {line} from '../fit.ts';
import type {Fact} from './summary.ts';

const nameWidth = 10;

type Place = {fact: Fact; text: string; cells: number};

/**
 * Facts side by side in as many columns as the body has room for; a long value takes several. A line holds at most one
 * fact that can be opened, because the line is what takes the cursor.
 */
export function factLines(facts: readonly Fact[], setting: PageSetting): readonly PageLine[] {
	const {columns} = setting.body;
	const count = columns >= 78 ? 3 : columns >= 50 ? 2 : 1;
	const cell = Math.floor((columns - 1) / count);
	const rows: Place[][] = [];
	for (const fact of facts) {
		const text = clean(fact.value);
		const cells = Math.min(count, Math.ceil((nameWidth + width(text) + 2) / cell));
		const last = rows[rows.length - 1];
		const used = last?.reduce((sum, place) => sum + place.cells, 0) ?? count;
		const taken = fact.target !== undefined && last?.some(place => place.fact.target !== undefined);
		if (last && !taken && used + cells <= count) last.push({fact, text, cells});
		else rows.push([{fact, text, cells}]);
	}
	return rows.map(row => factLine(row, cell));
}

function factLine(row: readonly Place[], cell: number): PageLine {
	const spans = row.flatMap(({fact, text, cells}, index): Span[] => {
		const last = index === row.length - 1;
		const value = last ? text : pad(text, cells * cell - nameWidth);
		return [span(pad(fact.name, nameWidth), 'muted'), fact.tone === undefined ? span(value) : span(value, fact.tone)];
	});
	const [opened] = row.filter(({fact}) => fact.target !== undefined);
	const target = opened?.fact.target;
	if (!opened || !target) return {line: line(...spans)};
	return {
		line: line(...spans),
		id: `fact:${opened.fact.name}:${opened.fact.value}`,
		copy: target.ref.name,
		...(target.state === 'missing' ? {} : {enter: [openObject(target.kind, target.ref)]}),
	};
}
