import {span} from '../core/line.ts';
import type {Hint, Page, PageSetting} from '../core/page.ts';
import {apiVersionOf, qualifiedName, type ResourceType} from '../core/resource-type.ts';
import type {PageScreen} from '../core/screen.ts';
import {tableScreen} from '../core/targets.ts';
import {plural} from '../core/text.ts';
import {fitPage, rule, still} from './fit.ts';
import {type BlockRow, tablePage} from './summary/table-block.ts';

const hints: readonly Hint[] = [
	{keys: 'Enter', title: 'open'},
	{keys: '/', title: 'search'},
	{keys: ':', title: 'go'},
	{keys: 'Esc', title: 'back'},
];
const ruleRows = 19;
/** From here on there is room for every verb beside every name. */
const allVerbsColumns = 160;
/** What k8tui itself needs of a kind, said first. */
const readingVerbs = ['get', 'list', 'watch'];

/** Every kind of the cluster with the words that open it and what may be done with it. */
export function aliasesPage(types: readonly ResourceType[], screen: Extract<PageScreen, {type: 'aliases'}>, setting: PageSetting): Page {
	const wanted = screen.search?.toLowerCase() ?? '';
	const listed = types.filter(type => type.verbs.includes('list'));
	const shown = listed.filter(type => wordsOf(type).includes(wanted)).sort((a, b) => (qualifiedName(a) < qualifiedName(b) ? -1 : 1));
	const specs = [
		{title: 'KIND', min: 28, cut: 'middle'},
		{title: 'SHORT', min: 4},
		{title: 'API', min: 6, ideal: 16, cut: 'front', drop: 1},
		{title: 'NAMESPACED', drop: 3},
		{title: 'VERBS', drop: 2},
	] as const;
	const ruled = setting.body.rows >= ruleRows ? [rule(setting)] : [];
	const table = tablePage(
		specs,
		shown.map(type => typeRow(type, setting.body.columns >= allVerbsColumns)),
		setting,
		ruled.length,
	);
	const none = wanted === '' ? 'The kinds of the cluster are not known yet.' : `No kind has ${wanted} in its names.`;
	return fitPage(
		{
			crumb: 'Aliases',
			head: [span(shown.length === listed.length ? plural(listed.length, 'kind') : `${shown.length} of ${listed.length} kinds`)],
			...table,
			fixed: [...ruled, ...table.fixed],
			lines: shown.length === 0 ? [still(none)] : table.lines,
			hints,
		},
		setting,
	);
}

function wordsOf(type: ResourceType): string {
	return [qualifiedName(type), type.kind, type.singular, ...type.shortNames, ...type.categories].join(' ').toLowerCase();
}

/** The verbs that read, then the others, or how many more there are. */
function verbsText({verbs}: ResourceType, all: boolean): string {
	const reading = readingVerbs.filter(verb => verbs.includes(verb));
	const others = verbs.filter(verb => !readingVerbs.includes(verb));
	return [...reading, ...(all || others.length === 0 ? others : [`+${others.length}`])].join(' ');
}

function typeRow(type: ResourceType, allVerbs: boolean): BlockRow {
	const name = qualifiedName(type);
	const state = type.state === 'current' ? '' : ` (${type.state === 'gone' ? 'removed' : 'its server does not answer'})`;
	return {
		...(type.state === 'current' ? {} : {tone: 'unknown' as const}),
		id: `kind:${name}:${type.version}`,
		copy: name,
		enter: [{type: 'go', screen: tableScreen(name)}],
		cells: [
			span(`${type.plural}${state}`),
			span(type.shortNames.join(',') || '-', 'accent'),
			span(apiVersionOf(type)),
			span(type.namespaced ? 'yes' : 'no'),
			span(verbsText(type, allVerbs), 'muted'),
		],
	};
}
