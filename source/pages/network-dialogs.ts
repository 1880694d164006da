import type {Dialog} from '../core/effect.ts';
import type {ProbeCell} from '../core/net/cell.ts';
import {cellPath, cellResult} from '../core/net/dns/cell-evidence.ts';
import type {NetReport, Verdict} from '../core/net/net-report.ts';
import {confidenceWord} from '../core/net/net-words.ts';

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
	const lines = cells.flatMap(cell => {
		const detail = cell.detail.split('\n').find(line => line.trim() !== '');
		const shown = detail === undefined || cell.transport === 'ok' ? '' : `: ${detail.trim()}`;
		return [`${cell.row} ${cellPath(cell).replace(/^probe \S+ \(\S+\) -> /, '')}`, `    ${cellResult(cell)}${shown}`];
	});
	return close(title, lines, lines.join('\n'), `${cells.length} results`);
}

/** Why the verdict is what it is: what it rests on, what was ruled out, what was not looked at. */
export function whyDialog({verdict, ruledOut, notChecked}: NetReport): Dialog {
	const lines = [
		verdict.title,
		...verdict.evidence.flatMap(({path, value}) => [`because ${path}`, `    ${value}`]),
		...ruledOut.flatMap(({id, why}) => [`not ${id}`, `    ${why}`]),
		...notChecked.flatMap(({what, why}) => [`not checked: ${what}`, `    ${why}`]),
	];
	return close(`Why ${verdict.id} (${confidenceWord(verdict.confidence)})`, lines, lines.join('\n'), 'the reasons');
}

/** Every step of the remedy with its command, in order. Nothing is changed: the commands can be copied. */
export function fixDialog(verdict: Verdict): Dialog | undefined {
	if (verdict.remedy.length === 0) return undefined;
	const lines = verdict.remedy.flatMap(({text, command, changes}, index) => [
		`${index + 1} ${text}`,
		`    $ ${command}`,
		`    ${changes ? 'changes the cluster or a node' : 'only looks'}`,
	]);
	return {
		title: `Fix ${verdict.id}: ${verdict.remedy.length === 1 ? '1 step' : `${verdict.remedy.length} steps`}, nothing is changed yet`,
		lines,
		confirm: 'copy the commands',
		keep: 'close',
		effects: [{type: 'copy', text: verdict.remedy.map(({command}) => command).join('\n'), what: `${verdict.remedy.length} commands`}],
	};
}
