import type {ClusterView} from '../../core/check.ts';
import type {Judged} from '../../core/diagnose/judge.ts';
import type {ProbeCell} from '../../core/net/cell.ts';
import type {NetworkModel, NetworkRun} from '../../core/net/network-model.ts';
import type {NetworkView} from '../../core/net/network-view.ts';
import {planDns} from '../../core/net/probe/plan-dns.ts';
import {planPath} from '../../core/net/probe/plan-path.ts';
import {wholeDnsReport} from '../../core/net/report/dns-report.ts';
import {emptyReport} from '../../core/net/report/empty-report.ts';
import {pathReport} from '../../core/net/report/path-report.ts';
import {pathTarget} from '../../core/net/trace/path-target.ts';
import {tracePath} from '../../core/net/trace/trace-path.ts';
import {podOf, sourcesFor} from './net-tools.ts';

export type Assessment = Pick<NetworkModel, 'client' | 'plan' | 'trace' | 'report'>;
export type AssessQuestion = Readonly<{asked: NetworkView; view: ClusterView; judged: Judged; cells: readonly ProbeCell[]; run: NetworkRun; /** Where a client is looked for first. */ namespace: string}>;

/** What the open tab comes to, and what a probe would send for it. */
export function assess(question: AssessQuestion): Assessment {
	switch (question.asked.tab) {
		case 'dns':
			return assessDns(question);
		case 'path':
			return assessPath(question);
		default:
			return {report: emptyReport(question.asked.tab)};
	}
}

function assessDns({asked, view, judged, cells, run, namespace}: AssessQuestion): Assessment {
	const {client} = sourcesFor(view, asked.from, namespace);
	const from = client ? `${client.namespace}/${client.pod}` : asked.from;
	const of = {...(from === undefined ? {} : {from}), ...(asked.name === undefined ? {} : {name: asked.name})};
	const isOver = run.state === 'ended' && cells.length > 0;
	const report = wholeDnsReport({view, judged, cells: isOver ? cells : [], probed: isOver, fromNamed: asked.from !== undefined, ...of});
	return {...(client ? {client} : {}), plan: planDns({view, namespace, ...of}), report};
}

function assessPath({asked, view, judged, cells, run, namespace}: AssessQuestion): Assessment {
	const {client} = sourcesFor(view, asked.from, namespace);
	const named = client ? {client} : {};
	if (asked.target === undefined) return {...named, report: emptyReport('path')};
	const pod = podOf(view, client);
	const trace = tracePath(view, {destination: asked.target, namespace, ...(pod ? {from: pod} : {})});
	const from = client ? {from: `${client.namespace}/${client.pod}`} : {};
	const isOver = run.state === 'ended' && cells.length > 0;
	const report = pathReport({view, trace, judged, cells: isOver ? cells : [], probed: isOver});
	return {...named, trace, plan: planPath({view, namespace, target: pathTarget(trace), ...from}), report};
}
