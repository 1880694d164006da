import type {StartModel} from '../core/contexts-model.ts';
import type {Effect} from '../core/effect.ts';
import {span} from '../core/line.ts';
import type {Hint, Page, PageLine, PageSetting} from '../core/page.ts';
import type {PageScreen} from '../core/screen.ts';
import {clean, pad, width} from '../core/text.ts';
import {blank, fitPage, line, rule, still, wrap} from './fit.ts';

const hints: readonly Hint[] = [
	{keys: 'Enter', title: 'choose'},
	{keys: '1-3', title: 'pick'},
	{keys: 'q', title: 'quit'},
];
const ruleRows = 10;

/** A way on from here; `keys` picks it. */
type Way = Readonly<{keys: string; text: string; enter: readonly Effect[]; copy?: string}>;

/** First start without a kubeconfig: where it was looked for, and the ways on. */
export function startPage(model: StartModel, _screen: Extract<PageScreen, {type: 'start'}>, setting: PageSetting): Page {
	const placeWidth = Math.max(0, ...model.looked.map(({place}) => width(clean(place))));
	const side = placeWidth + 6 + 20 <= setting.body.columns;
	const looked = model.looked.flatMap(({place, found}): PageLine[] =>
		side ? [still(`  ${pad(clean(place), placeWidth)}  `, span(found, 'muted'))] : [still(`  ${place}`), still(span(`    ${found}`, 'muted'))],
	);
	const ways = waysOf(model).flatMap(way => wayLines(way, setting));
	return fitPage(
		{
			crumb: `k8tui ${model.version}`.trim(),
			head: [span('no cluster chosen yet', 'muted')],
			fixed: setting.body.rows >= ruleRows ? [rule(setting)] : [],
			lines: [still({text: 'No kubeconfig found. Looked at:', bold: true}), ...looked, blank, ...ways],
			hints,
		},
		setting,
	);
}

/** The ways on that exist, in the order of their keys. */
export function waysOf({k3s}: StartModel): readonly Way[] {
	const command = `sudo k8tui --kubeconfig ${k3s ?? '/etc/rancher/k3s/k3s.yaml'}`;
	return [
		{keys: '1', text: 'Give the path of a kubeconfig', enter: [{type: 'prompt', prompt: 'command', text: 'kubeconfig '}]},
		...(k3s === undefined
			? []
			: [
					{
						keys: '2',
						text: `Read the k3s file, which belongs to root: quit and run ${command}`,
						enter: [{type: 'copy', text: command, what: 'the command'} as const],
						copy: command,
					},
				]),
		{keys: '3', text: 'Try demo data: no cluster is contacted', enter: [{type: 'connect', demo: 'healthy'}]},
		{keys: 'q', text: 'Quit. k8tui --check says why a cluster cannot be reached', enter: [{type: 'quit'}]},
	];
}

function wayLines({keys, text, enter, copy}: Way, setting: PageSetting): readonly PageLine[] {
	const [first = '', ...rest] = wrap(text, Math.max(8, setting.body.columns - 4));
	return [
		{line: line(span(keys, 'accent'), `  ${first}`), id: `way:${keys}`, enter, ...(copy === undefined ? {} : {copy})},
		...rest.map(part => still(`   ${part}`)),
	];
}
