import {humanDuration} from '../core/age.ts';
import type {Call} from '../core/cluster-client.ts';
import {type Line, span} from '../core/line.ts';
import type {Hint, Page, PageSetting} from '../core/page.ts';
import {describeProblem} from '../core/problem.ts';
import {formatBytes} from '../core/quantity.ts';
import type {PageScreen} from '../core/screen.ts';
import {plural} from '../core/text.ts';
import type {Tone} from '../core/tone.ts';
import {fitPage, line, rule, still} from './fit.ts';
import {type BlockRow, tablePage} from './summary/table-block.ts';

const hints: readonly Hint[] = [
	{keys: 'c', title: 'copy path'},
	{keys: 'r', title: 'retry'},
	{keys: ':', title: 'go'},
	{keys: 'Esc', title: 'back'},
];
const ruleRows = 19;

/** k8tui's own requests: failures first, then open streams, then the others, each newest first. `sentPerSecond`: bytes to the terminal. */
export function callsPage(calls: readonly Call[], screen: Extract<PageScreen, {type: 'calls'}>, setting: PageSetting, sentPerSecond?: number): Page {
	const ordered = [...calls].sort((a, b) => rank(a) - rank(b) || b.startedAt - a.startedAt);
	const specs = [
		{title: 'VERB'},
		{title: 'PATH', min: 12, ideal: 40, cut: 'middle'},
		{title: 'STATUS'},
		{title: 'TIME', align: 'end', drop: 1},
		{title: 'FIRST', align: 'end', drop: 4},
		{title: 'BYTES', align: 'end', drop: 2},
		{title: 'LAST BYTE', align: 'end', drop: 3},
		{title: 'TRIES', align: 'end', drop: 5},
	] as const;
	const ruled = setting.body.rows >= ruleRows ? [rule(setting)] : [];
	const table = tablePage(
		specs,
		ordered.map(call => callRow(call, setting)),
		setting,
		ruled.length,
	);
	return fitPage(
		{
			crumb: 'Calls',
			head: [...headOf(calls), ...(sentPerSecond === undefined ? [] : [span(`  to the terminal ${sentPerSecond} B/s`, 'muted')])],
			...table,
			fixed: [...ruled, ...table.fixed],
			lines: ordered.length === 0 ? [still('No request was sent yet.')] : table.lines,
			status: statusOf(ordered, screen.cursor),
			hints,
		},
		setting,
	);
}

function rank(call: Call): number {
	const failed = (call.problem !== undefined && call.problem.code !== 'cancelled') || (call.status ?? 0) >= 400;
	if (failed) return 0;
	return call.endedAt === undefined ? 1 : 2;
}

function callRow(call: Call, setting: PageSetting): BlockRow {
	const {id, method, path, startedAt, endedAt, firstByteMs, bytes, stream, lastByteAt, retries} = call;
	const {tone, text} = statusText(call);
	const open = endedAt === undefined;
	return {
		tone,
		id: `call:${id}`,
		copy: path,
		cells: [
			span(stream ? 'WATCH' : method),
			span(path),
			span(text, tone),
			span(open ? humanDuration(setting.now - startedAt) : `${Math.round(endedAt - startedAt)} ms`),
			span(firstByteMs === undefined ? '-' : `${Math.round(firstByteMs)} ms`),
			span(formatBytes(bytes)),
			span(open && lastByteAt !== undefined ? humanDuration(setting.now - lastByteAt) : '-'),
			span(String(retries + 1)),
		],
	};
}

function statusText(call: Call): Readonly<{tone: Tone; text: string}> {
	const {status, problem, endedAt, stream} = call;
	if (problem?.code === 'cancelled') return {tone: 'muted', text: 'cancelled'};
	if (problem !== undefined || (status ?? 0) >= 400) return {tone: 'error', text: status === undefined ? (problem?.code ?? 'failed') : String(status)};
	if (status === undefined) return {tone: 'progressing', text: 'waiting'};
	if (endedAt !== undefined) return {tone: 'muted', text: String(status)};
	return {tone: 'ok', text: stream ? `${status} open` : String(status)};
}

function headOf(calls: readonly Call[]): Line {
	const failed = calls.filter(call => rank(call) === 0).length;
	const open = calls.filter(call => rank(call) === 1).length;
	return [span(`${plural(calls.length, 'call')}  ${open} open`), span(`  ${failed} failed`, failed > 0 ? 'error' : 'muted')];
}

/** Why the focused call failed, with the server's own words; else its whole path. */
function statusOf(calls: readonly Call[], cursor: string | undefined): Line {
	const focused = calls.find(({id}) => `call:${id}` === cursor) ?? calls[0];
	if (!focused) return line('');
	const {problem, path, auditId} = focused;
	const audit = auditId === undefined ? '' : `  Audit-Id ${auditId}`;
	if (problem === undefined) return line(`${path}${audit}`);
	return line(span(`${describeProblem(problem)}${problem.serverMessage === undefined ? '' : ` Server said: ${problem.serverMessage}`}${audit}`, 'error'));
}
