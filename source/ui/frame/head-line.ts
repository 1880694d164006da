import {lineWidth, spreadLine} from '../../core/cut-line.ts';
import type {Glyphs} from '../../core/glyphs.ts';
import type {Line, Span} from '../../core/line.ts';
import {policyLabels} from '../../core/policy-level.ts';
import {clean, fullest, plural, truncate} from '../../core/text.ts';
import type {Frame} from '../../core/view.ts';
import {freshness, freshnessLine, frozenWords} from './freshness.ts';

/** Row 1: context and namespace, server version, user; mode, freshness, clock. Narrow screens drop version, then user. */
export function headLine(frame: Frame, glyphs: Glyphs): Line {
	const {head, viewport, state, view, now} = frame;
	const columns = viewport.columns;
	const stream = view.type === 'table' ? view.snapshot.stream : view.stream;
	const words = state.frozen
		? frozenWords(frame.waiting ?? 0)
		: [
				freshness(
					stream,
					now,
					view.type === 'table' ? {asOf: view.snapshot.asOf, nothingYet: view.snapshot.data === 'none', partial: view.snapshot.partial} : {},
				),
			];
	const utc = new Date(now).toISOString();
	const clock = columns >= 100 ? `${utc.slice(11, 19)}Z` : `${utc.slice(11, 16)}Z`;
	const watched = state.share !== undefined;
	const forced = watched && state.level === 'read' && columns >= 70 ? ' (forced)' : '';
	const level: Span = {text: head.context.demo ? 'DEMO' : policyLabels[state.level] + forced, tone: state.level === 'read' ? 'accent' : 'warning', bold: true};
	const namespace = state.namespace === undefined ? 'all ns' : state.namespace;
	const place = columns < 60 ? clean(head.context.name) : `${clean(head.context.name)} / ${clean(namespace)}`;
	const start = ` ${watched ? 'SHARE ' : ''}${place}`;
	const rights = words.map((word): Line => [{text: '   '}, level, {text: '  '}, ...freshnessLine(word, glyphs), {text: columns < 60 ? ' ' : `  ${clock} `}]);
	const right = rights.find(line => lineWidth(line) + start.length <= columns) ?? rights.at(-1) ?? [];
	const rightWidth = lineWidth(right);
	const facts: string[] = [];
	if (columns >= 60 && head.version !== undefined) facts.push(columns >= 100 ? `kubernetes ${head.version}` : head.version);
	if (columns >= 70 && head.user !== undefined) facts.push(clean(head.user));
	if (columns >= 120) facts.push(`${plural(head.openRequests, 'request')} open`);
	const gap = columns >= 100 ? '      ' : '   ';
	let left = start;
	for (const fact of facts) if (left.length + gap.length + fact.length + rightWidth <= columns) left += gap + fact;
	return spreadLine([{text: truncate(left, Math.max(1, columns - rightWidth), 'end', glyphs.cut), bold: true}], right, columns);
}

/** The line above all others while the cluster is a simulation. */
export function bannerLine(frame: Frame, glyphs: Glyphs): Line {
	const story = frame.head.demoStory;
	const first = ` DEMO DATA - no cluster is contacted${story === undefined ? '' : `; story "${story}"`}`;
	const texts = [`${first}. :demo picks another story, :ctx a real cluster`, `${first}. :demo picks another`, first, ' DEMO DATA - no cluster is contacted'];
	return [{text: fullest(texts, frame.viewport.columns, glyphs.cut), tone: 'warning', bold: true}];
}
