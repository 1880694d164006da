import {besideVerdict, confidenceWord, markOf, verdictMark} from '../core/net/net-words.ts';
import {plural} from '../core/text.ts';
import type {ProbeCell} from '../core/net/cell.ts';
import type {NetReport, PathStep, WayIn} from '../core/net/net-report.ts';
import {textTable, visibleControls} from '../core/text-table.ts';

/** The report of `k8tui net` as text: the verdict and what to do first, then what it rests on. */
export function netText(report: NetReport, from?: string): string {
	const {verdict, findings, ruledOut, notChecked, sources = [], cells = [], steps = [], waysIn = [], why = [], leftBehind = []} = report;
	const others = besideVerdict(report);
	const consequences = findings.filter(({class: kind, causes}) => kind !== 'coverage' && causes.length > 0).length;
	return [
		`${verdictMark(verdict)} ${verdict.id}  ${verdict.title} (${confidenceWord(verdict.confidence)})\n`,
		...verdict.evidence.map(({path, value}) => `    ${path}: ${value}\n`),
		...remedies(verdict.remedy),
		...section('From', from === undefined || sources.length > 0 ? [] : [`  ${from}`]),
		...section('Path', steps.flatMap(stepLines)),
		...section('Ways in', wayLines(waysIn)),
		...section(
			'Why',
			why.map(line => `  ${line}`),
		),
		...section('Probes', cellLines(cells)),
		...section(
			'Asked from',
			sources.map(source => `  ${source}`),
		),
		...section('Also found', [
			...others.map(({severity, id, title, confidence}) => `  ${markOf(severity)} ${id}  ${title} (${confidenceWord(confidence)})`),
			...(consequences === 0 ? [] : [`  and ${plural(consequences, 'consequence')} of what is told here: -o json has ${consequences === 1 ? 'it' : 'them'}`]),
		]),
		...section(
			'Ruled out',
			ruledOut.map(({id, why: reason}) => `  ${id}: ${reason}`),
		),
		...section('Not checked', notCheckedLines(notChecked)),
		...section(
			'Left in the cluster',
			leftBehind.map(line => `  ${line}`),
		),
	]
		.map(safe)
		.join('');
}

/** What pods and servers say cannot steer the terminal. */
function safe(text: string): string {
	return `${visibleControls(text.replace(/\n$/, ''))}${text.endsWith('\n') ? '\n' : ''}`;
}

/** What was not looked at for one reason stands together. */
function notCheckedLines(notChecked: NetReport['notChecked']): readonly string[] {
	return [...Map.groupBy(notChecked, ({why}) => why)].flatMap(([why, [first, ...more]]) =>
		more.length === 0 ? [`  ? ${first?.what ?? ''}: ${why}`] : [`  ? ${why}:`, ...[first, ...more].map(one => `      ${one?.what ?? ''}`)],
	);
}

function section(title: string, lines: readonly string[]): readonly string[] {
	return lines.length === 0 ? [] : ['\n', `${title}\n`, ...lines.map(line => `${line}\n`)];
}

function remedies(remedy: NetReport['verdict']['remedy']): readonly string[] {
	return remedy.flatMap(({text, command, changes}) => [`  -> ${text}${changes ? ' (changes the cluster)' : ''}\n`, `     ${command}\n`]);
}

const stepMarks: Readonly<Record<PathStep['state'], string>> = {ok: '+', broken: 'X', warning: '!', unknown: '?', predicted: '?'};

function stepLines(step: PathStep, index: number): readonly string[] {
	const [first = '', ...more] = step.evidence;
	const lines = [
		`  ${index + 1} ${stepMarks[step.state]} ${step.title}  ${first}${step.state === 'predicted' ? '  (not reached)' : ''}`,
		...more.map(line => `        ${line}`),
	];
	return step.state === 'broken' ? [...lines, '  ---------------------- the path breaks here'] : lines;
}

const wayColumns = ['', 'TYPE', 'NAME', 'ENTRY', 'BACKEND', 'READY', 'TLS', 'CLASS'];
const wayMarks: Readonly<Record<WayIn['state'], string>> = {ok: '+', broken: 'X', warning: '!', unknown: '?'};

function wayLines(ways: readonly WayIn[]): readonly string[] {
	if (ways.length === 0) return [];
	const rows = ways.map(({type, object, entry, backend, ready, tls, served, state}) => [wayMarks[state], type, object, entry, backend, ready, tls, served]);
	return textTable([wayColumns, ...rows]).map(line => `  ${line}`);
}

const columns = ['ROW', 'FROM', 'NODE', 'TO', 'ADDRESS', 'PROTO', 'MS', 'RESULT'];

function cellLines(cells: readonly ProbeCell[]): readonly string[] {
	if (cells.length === 0) return [];
	const rows = cells.map(({row, from, to, protocol, transport, answer, ms, tried, failed}) => [
		row,
		`${from.namespace}/${from.pod}`,
		from.node,
		to.title,
		`${to.address}:${to.port}`,
		protocol,
		ms === undefined ? '-' : String(Math.round(ms)),
		[tried > 1 && failed > 0 ? `${failed}/${tried} ${transport}` : transport, ...(answer === undefined ? [] : [answer])].join(' '),
	]);
	return textTable([columns, ...rows]).map(line => `  ${line}`);
}
