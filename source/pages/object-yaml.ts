import {type Line, type Span, span} from '../core/line.ts';
import type {ObjectModel} from '../core/object-model.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import type {ObjectScreen} from '../core/screen.ts';
import {group, plural} from '../core/text.ts';
import {line} from './fit.ts';

const keyPattern = /^(\s*(?:- )*)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s:#'"][^:]*?)(:)(?=\s|$)(.*)$/;
const masked = /\((?:masked|binary), \d+ (?:bytes?|chars)\)/;

/** The YAML tab: every line can take the cursor and scrolls sideways; what the search finds is drawn inverse. */
export function yamlTab(model: ObjectModel, screen: ObjectScreen, setting: PageSetting): Readonly<{lines: readonly PageLine[]; status: Line}> {
	const text = model.yaml({managedFields: screen.managedFields, revealed: screen.revealed});
	// Only what can be on screen gets its colours: an object may have thousands of lines.
	const first = Math.max(0, Math.min(screen.top, text.length - setting.body.rows));
	const last = Math.max(screen.top, first) + setting.body.rows;
	const lines = text.map(
		(one, index): PageLine => ({
			line: index >= first && index <= last ? drawn(one, screen.search) : line(one),
			id: `line:${index + 1}`,
			copy: one.trim(),
			scrolls: true,
		}),
	);
	return {lines, status: statusOf(text, screen)};
}

/** The places where a line has the searched text; capitals count only when the search has some. */
function matchesIn(text: string, search: string | undefined): readonly number[] {
	if (search === undefined || search === '') return [];
	const exact = search !== search.toLowerCase();
	const [within, wanted] = exact ? [text, search] : [text.toLowerCase(), search.toLowerCase()];
	// Lower case may change the length of a text in other scripts; then places cannot be drawn.
	if (within.length !== text.length) return [];
	const found: number[] = [];
	for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, at + wanted.length)) found.push(at);
	return found;
}

function drawn(text: string, search: string | undefined): Line {
	const found = matchesIn(text, search);
	return line(...(found.length === 0 ? coloured(text) : marked(text, found, search?.length ?? 0)));
}

function coloured(text: string): readonly Span[] {
	const parts = keyPattern.exec(text);
	if (!parts) return [span(text, masked.test(text) ? 'muted' : 'text')];
	const [, indent = '', key = '', colon = '', value = ''] = parts;
	return [span(indent), span(key, 'accent'), span(colon, 'muted'), span(value, masked.test(value) ? 'muted' : 'text')];
}

function marked(text: string, found: readonly number[], length: number): readonly Span[] {
	const ends = [0, ...found.map(at => at + length)];
	const parts = found.flatMap((at, index): Span[] => [span(text.slice(ends[index], at)), {text: text.slice(at, at + length), inverse: true}]);
	return [...parts, span(text.slice(ends[ends.length - 1]))];
}

function statusOf(text: readonly string[], screen: ObjectScreen): Line {
	const parts = [plural(text.length, 'line')];
	if (screen.search) {
		const matching = text.flatMap((one, index) => (matchesIn(one, screen.search).length > 0 ? [index + 1] : []));
		const place = matching.findIndex(number => `line:${number}` === screen.cursor) + 1;
		parts.push(
			matching.length === 0
				? `nothing matches ${screen.search}`
				: `${place === 0 ? '' : `${group(place)} of `}${plural(matching.length, 'line')} with ${screen.search}`,
		);
	}
	parts.push(screen.managedFields ? 'with managedFields (m hides them)' : 'without managedFields (m shows them)');
	if (screen.left > 0) parts.push(`${group(screen.left)} columns to the left`);
	return line(parts.join('   '));
}
