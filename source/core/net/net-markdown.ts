import type {ProbeCell} from './cell.ts';
import type {NetReport} from './net-report.ts';
import {besideVerdict, confidenceWord, markOf} from './net-words.ts';
import {type Caption, markdownCaption, markdownCell} from '../markdown.ts';

/** The report as Markdown for a ticket: verdict, evidence, what to do, and all that was and was not looked at. */
export function netMarkdown(report: NetReport, caption: Caption, from?: string): string {
	const {verdict, ruledOut, notChecked, sources = [], cells = [], steps = [], waysIn = [], why = [], leftBehind = []} = report;
	const others = besideVerdict(report);
	return [
		markdownCaption(caption),
		`\n## ${verdict.id}\n\n**${markdownCell(verdict.title)}** (confidence ${confidenceWord(verdict.confidence)})\n`,
		list(
			'Evidence',
			verdict.evidence.map(({path, value}) => `${markdownCell(path)}: ${markdownCell(value)}`),
		),
		remedies(verdict.remedy),
		list('From', from === undefined || sources.length > 0 ? [] : [markdownCell(from)]),
		list(
			'Path',
			steps.map(({title, state, evidence}, index) => `${index + 1}. ${state.toUpperCase()} ${markdownCell(title)}: ${evidence.map(markdownCell).join('; ')}`),
		),
		ways(waysIn),
		list('Why', why.map(markdownCell)),
		probes(cells),
		list('Asked from', sources.map(markdownCell)),
		list(
			'Also found',
			others.map(({severity, id, title, confidence}) => `${markOf(severity)} \`${id}\`: ${markdownCell(title)} (${confidenceWord(confidence)})`),
		),
		list(
			'Ruled out',
			ruledOut.map(({id, why: reason}) => `\`${id}\`: ${markdownCell(reason)}`),
		),
		list(
			'Not checked',
			notChecked.map(({what, why: reason}) => `${markdownCell(what)}: ${markdownCell(reason)}`),
		),
		list('Left in the cluster', leftBehind.map(markdownCell)),
	].join('');
}

function list(title: string, lines: readonly string[]): string {
	return lines.length === 0 ? '' : `\n### ${title}\n\n${lines.map(line => `- ${line}\n`).join('')}`;
}

/** Commands stand in a fence, so that they can be copied as they are. */
function remedies(remedy: NetReport['verdict']['remedy']): string {
	if (remedy.length === 0) return '';
	const steps = remedy.map(({text, command, changes}) => `${markdownCell(text)}${changes ? ' (changes the cluster)' : ''}:\n\n${fenced(command)}\n`);
	return `\n### What to do\n\n${steps.join('\n')}`;
}

/** A fence longer than any in the text, so that nothing in it can end it. */
function fenced(text: string): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}sh\n${text}\n${fence}`;
}

function ways(list: NonNullable<NetReport['waysIn']>): string {
	if (list.length === 0) return '';
	const rows = list.map(({type, object, entry, backend, ready, tls, served, state}) =>
		[state, type, object, entry, backend, ready, tls, served].map(markdownCell),
	);
	return `\n### Ways in\n\n${table([['State', 'Type', 'Name', 'Entry', 'Backend', 'Ready', 'TLS', 'Class'], ...rows])}`;
}

/** Its first row is the head; the columns are left as they are read. */
function table([head = [], ...rows]: ReadonlyArray<readonly string[]>): string {
	return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |\n`).join('');
}

function probes(cells: readonly ProbeCell[]): string {
	if (cells.length === 0) return '';
	const rows = cells.map(({row, from, to, protocol, transport, answer, ms, tried, failed}) =>
		[
			row,
			`${from.namespace}/${from.pod} (${from.node})`,
			`${to.title} ${to.address}:${to.port}/${protocol}`,
			`${tried > 1 && failed > 0 ? `${failed}/${tried} ` : ''}${transport}${answer === undefined ? '' : ` ${answer}`}`,
			ms === undefined ? '-' : `${Math.round(ms)} ms`,
		].map(markdownCell),
	);
	const lines = [['Row', 'From', 'To', 'Result', 'Time'], ['---', '---', '---', '---', '--:'], ...rows];
	return `\n### Probes\n\n${lines.map(cells => `| ${cells.join(' | ')} |\n`).join('')}`;
}
