import {span} from '../core/line.ts';
import type {Trouble} from '../core/overview-model.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {openObject, tableScreen} from '../core/targets.ts';
import {fit, pad, plural} from '../core/text.ts';
import {line, still, timeText} from './fit.ts';
import {refName, stateMark} from './state-mark.ts';

const sinceWidth = 7;
const whereWidth = 14;
/** Below this many columns the namespace stands before the name instead of in a column of its own. */
const narrow = 60;

/** TROUBLES: up to `most` of them, gravest first, and a line that counts the rest and opens them. */
export function troublesBlock(troubles: readonly Trouble[], most: number, setting: PageSetting): readonly PageLine[] {
	if (troubles.length === 0) return [];
	const shown = troubles.length <= most ? troubles : troubles.slice(0, Math.max(1, most - 1));
	const rest = troubles.slice(shown.length);
	return [head(troubles, setting), ...shown.map(trouble => troubleLine(trouble, setting)), ...(rest.length > 0 ? [restLine(rest)] : [])];
}

/** How many lines the block takes with at most that many troubles. */
export function troublesHeight(troubles: readonly Trouble[], most: number): number {
	return troubles.length === 0 ? 0 : 1 + Math.min(troubles.length, Math.max(2, most));
}

function head(troubles: readonly Trouble[], setting: PageSetting): PageLine {
	const wide = setting.body.columns >= narrow;
	const title = `TROUBLES ${troubles.length}, worst first`;
	const right = wide ? pad('since', sinceWidth, 'end') + pad('  where', whereWidth + 2) : pad('since', sinceWidth, 'end');
	return still(span(fit(title, roomOf(setting) + 2) + right.trimEnd(), 'muted'));
}

function troubleLine(trouble: Trouble, setting: PageSetting): PageLine {
	const {ref, why, tone, kind} = trouble;
	const wide = setting.body.columns >= narrow;
	const text = `${ref.kind} ${wide ? ref.name : refName(ref)}: ${why}`;
	const since = pad(trouble.since === undefined ? '-' : timeText(trouble.since, setting), sinceWidth, 'end');
	const where = wide ? `  ${fit(ref.namespace ?? '', whereWidth, {cut: 'middle', glyph: setting.glyphs.cut})}` : '';
	return {
		line: line(stateMark(tone, setting), span(' '), span(fit(text, roomOf(setting), {glyph: setting.glyphs.cut}), tone), span(since + where, 'muted')),
		id: `trouble:${kind ?? ''}:${refName(ref)}`,
		copy: refName(ref),
		...(kind === undefined ? {} : {enter: [openObject(kind, ref)]}),
	};
}

function restLine(rest: readonly Trouble[]): PageLine {
	const kinds = new Map<string, number>();
	const singular = new Map<string, string>();
	for (const {kind, ref} of rest) {
		if (kind === undefined) continue;
		kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
		singular.set(kind, ref.kind.toLowerCase());
	}
	const [most] = [...kinds].sort((a, b) => b[1] - a[1]);
	const parts = [...kinds].map(([kind, count]) => plural(count, singular.get(kind) ?? kind, kind.split('.')[0]));
	return {
		line: line(`  ${plural(rest.length, 'more', 'more')}: ${parts.join(', ')}${most ? `   Enter lists ${most[0]}` : ''}`),
		id: 'troubles:more',
		...(most ? {enter: [{type: 'open', screen: tableScreen(most[0], {faultsOnly: true})}]} : {}),
	};
}

function roomOf(setting: PageSetting): number {
	const right = setting.body.columns >= narrow ? sinceWidth + 2 + whereWidth : sinceWidth;
	return Math.max(8, setting.body.columns - 3 - right);
}
