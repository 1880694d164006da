import type {Dialog} from '../core/effect.ts';
import type {ProbeCell} from '../core/net/cell.ts';
import {cellPath, cellResult} from '../core/net/dns/cell-evidence.ts';
import type {NetReport, Verdict} from '../core/net/net-report.ts';
import {confidenceWord} from '../core/net/net-words.ts';
import {wrap} from './fit.ts';

/** A dialog is 72 cells wide; this is left of it. */
const room = 68;

function close(title: string, lines: readonly string[], copied: string, what: string): Dialog {
	return {title, lines, confirm: 'copy', keep: 'close', effects: [{type: 'copy', text: copied, what}]};
}

/** What was asked from one pod, and what came back word for word. */
export function cellsDialog(title: string, cells: readonly ProbeCell[]): Dialog {
	if (cells.length === 0)
		return {
			title,
			lines: ['Nothing was sent from here yet.', 'm asks for the consent that a probe needs and shows what it runs.'],
			confirm: 'close',
			keep: 'close',
			effects: [],
		};
	const texts = cells.map(cell => {
		const detail = cell.detail.split('\n').find(line => line.trim() !== '');
		const shown = detail === undefined || cell.transport === 'ok' ? '' : `: ${detail.trim()}`;
		return `${cell.row} ${cellPath(cell).replace(/^probe \S+ \(\S+\) -> /, '')} = ${cellResult(cell)}${shown}`;
	});
	const lines = texts.flatMap(text => wrap(text, room).map((part, index) => (index === 0 ? part : `   ${part}`)));
	return close(title, lines, texts.join('\n'), `${cells.length} results`);
}

/** Why the verdict is what it is: what it rests on, what was ruled out, what was not looked at. */
export function whyDialog({verdict, ruledOut, notChecked}: NetReport): Dialog {
	const texts = [
		...verdict.evidence.map(({path, value}) => `because  ${path}: ${value}`),
		...ruledOut.map(({id, why}) => `not      ${id}: ${why}`),
		...notChecked.map(({what, why}) => `unknown  ${what}: ${why}`),
	];
	const lines = [verdict.title, ...texts].flatMap(text => wrap(text, room).map((part, index) => (index === 0 ? part : `         ${part}`)));
	return close(`Why ${verdict.id} (${confidenceWord(verdict.confidence)})`, lines, [verdict.title, ...texts].join('\n'), 'the reasons');
}

/** Every step of the remedy with its command, in order. Nothing is changed: the commands can be copied. */
export function fixDialog(verdict: Verdict): Dialog | undefined {
	if (verdict.remedy.length === 0) return undefined;
	const lines = verdict.remedy.flatMap(({text, command, changes}, index) => [
		...wrap(`${index + 1} ${text}`, room),
		...wrap(`$ ${command}`, room - 4).map((part, at) => (at === 0 ? `    ${part}` : `      ${part}`)),
		`    ${changes ? 'changes the cluster or a node' : 'only looks'}`,
	]);
	return {
		title: `Fix ${verdict.id}: ${verdict.remedy.length === 1 ? '1 step' : `${verdict.remedy.length} steps`}, nothing is changed yet`,
		lines: lines,
		confirm: 'copy the commands',
		keep: 'close',
		effects: [{type: 'copy', text: verdict.remedy.map(({command}) => command).join('\n'), what: `${verdict.remedy.length} commands`}],
	};
}
