import {span} from '../core/line.ts';
import type {Hint, Page, PageLine, PageSetting} from '../core/page.ts';
import type {PageScreen} from '../core/screen.ts';
import {clean, fit, plural, width} from '../core/text.ts';
import {blank, fitPage, line, still} from './fit.ts';

/** A key as help lists it: the keys in force, what they do, and why not now. */
export type HelpEntry = Readonly<{keys: string; title: string; group: string; on: 'here' | 'everywhere'; reason?: string}>;

const hints: readonly Hint[] = [
	{keys: '/', title: 'filter'},
	{keys: 'Ctrl-P', title: 'all commands'},
	{keys: 'Esc', title: 'back'},
];
const gap = 2;
const widestKeys = 24;
/** From here on there are two columns. */
const twoColumns = 120;

/** The keys of the screen one came from first, then those of all screens; typing narrows the list. */
export function helpPage(entries: readonly HelpEntry[], screen: Extract<PageScreen, {type: 'help'}>, setting: PageSetting): Page {
	const words = (screen.filter || screen.search || '')
		.toLowerCase()
		.split(/\s+/)
		.filter(word => word !== '');
	const shown = entries.filter(entry => words.every(word => `${entry.keys} ${entry.title} ${entry.group}`.toLowerCase().includes(word)));
	const keyWidth = Math.min(widestKeys, Math.floor(setting.body.columns / 3), Math.max(1, ...shown.map(({keys}) => width(clean(keys)))));
	const here = groups(
		shown.filter(({on}) => on === 'here'),
		`KEYS OF ${screen.about.toUpperCase()}`,
		keyWidth,
		setting,
	);
	const everywhere = groups(
		shown.filter(({on}) => on === 'everywhere'),
		'KEYS EVERYWHERE',
		keyWidth,
		setting,
	);
	const between = here.length > 0 && everywhere.length > 0 ? [blank] : [];
	const lines = shown.length === 0 ? [still(`No key matches ${words.join(' ')}.`)] : [...here, ...between, ...everywhere];
	const count = shown.length === entries.length ? plural(entries.length, 'key') : `${shown.length} of ${entries.length} keys`;
	return fitPage({crumb: 'Help', head: [span(count)], fixed: [], lines, hints}, setting);
}

function groups(entries: readonly HelpEntry[], title: string, keyWidth: number, setting: PageSetting): readonly PageLine[] {
	if (entries.length === 0) return [];
	const byGroup = Map.groupBy(entries, ({group}) => group);
	const lines = [...byGroup].flatMap(([group, own]) => [still(span(` ${group}`, 'muted')), ...rowsOf(own, keyWidth, setting)]);
	return [still({text: title, bold: true}), ...lines];
}

function rowsOf(entries: readonly HelpEntry[], keyWidth: number, setting: PageSetting): readonly PageLine[] {
	const {columns} = setting.body;
	const across = columns >= twoColumns ? 2 : 1;
	const titleWidth = Math.floor((columns - 3) / across) - keyWidth - gap - 1;
	const rows: PageLine[] = [];
	for (let index = 0; index < entries.length; index += across) {
		const row = entries.slice(index, index + across);
		const spans = row.flatMap(({keys, title, reason}) => [
			span(fit(clean(keys), keyWidth, {glyph: setting.glyphs.cut}), 'accent'),
			span(' '.repeat(gap)),
			span(`${fit(reason === undefined ? title : `${title} (${reason})`, titleWidth, {glyph: setting.glyphs.cut})} `, reason === undefined ? 'text' : 'muted'),
		]);
		const ids = row.map(({keys, title, on}) => `${on} ${keys} ${title}`).join('|');
		rows.push({line: line('  ', ...spans), id: `key:${ids}`, copy: row.map(({keys, title}) => `${keys}  ${title}`).join('\n')});
	}
	return rows;
}
