import type {ProbedQuestion} from '../../core/net/report/probed-question.ts';
import type {ClusterView} from '../../core/check.ts';
import type {Judged} from '../../core/diagnose/judge.ts';
import {findBlackbox} from '../../core/net/blackbox.ts';
import {blackboxDnsCells, blackboxDnsQuestions} from '../../core/net/blackbox-dns.ts';
import type {ProbeSource} from '../../core/net/cell.ts';
import type {NetworkModel} from '../../core/net/network-model.ts';
import type {NetworkView} from '../../core/net/network-view.ts';
import type {ParsedDocument} from '../../core/net/policy/what-if.ts';
import {planDns} from '../../core/net/probe/plan-dns.ts';
import {planNodes} from '../../core/net/probe/plan-nodes.ts';
import {planPath} from '../../core/net/probe/plan-path.ts';
import type {ProbePlan, ProbeWay} from '../../core/net/probe/probe-plan.ts';
import {blackboxQuestions, blackboxStep} from '../../core/net/report/blackbox-step.ts';
import {wholeDnsReport} from '../../core/net/report/dns-report.ts';
import {emptyReport} from '../../core/net/report/empty-report.ts';
import {nodesReport} from '../../core/net/report/nodes-report.ts';
import {pathReport} from '../../core/net/report/path-report.ts';
import {policyReport} from '../../core/net/report/policy-report.ts';
import {routesReport} from '../../core/net/report/routes-report.ts';
import {pathTarget} from '../../core/net/trace/path-target.ts';
import {tracePath} from '../../core/net/trace/trace-path.ts';
import type {Trace} from '../../core/net/trace/trace.ts';
import {podNamed, podOf, sourcesFor} from './net-tools.ts';
import type {BlackboxPlan} from './send-probes.ts';

/** What is asked of a moment of the cluster: by a tab of the screen, or by `k8tui net`. */
export type Asked = Pick<NetworkView, 'tab' | 'from' | 'target' | 'name' | 'port' | 'namespace'> &
	Readonly<{
		/** The other end of a policy question. */
		to?: string;
		/** Policies as they would be with this file. */
		documents?: readonly ParsedDocument[];
		/** Where names without a namespace are looked up, and a client is looked for first. */
		home: string;
	}>;

export type Chosen = Readonly<{client?: ProbeSource; trace?: Trace; notes: readonly string[]}>;

/** Whose way it is, and where it leads: by the objects alone. */
export function chosen(asked: Asked, view: ClusterView): Chosen {
	if (asked.tab === 'policy' || asked.tab === 'routes') return {notes: []};
	const {client, notes} = sourcesFor(view, asked.from, asked.home);
	const named = client ? {client, notes} : {notes};
	if (asked.tab !== 'path' || asked.target === undefined) return named;
	const pod = podOf(view, client) ?? podNamed(view, asked.from, asked.home);
	return {...named, trace: tracePath(view, {destination: asked.target, namespace: asked.home, ...(pod ? {from: pod} : {})})};
}

/** What a probe would send; undefined where the tab has nothing to probe. */
export function planOf(asked: Asked, view: ClusterView, {client, trace}: Chosen, way: ProbeWay): ProbePlan | undefined {
	const of = {view, namespace: asked.home, ...(client ? {from: nameOf(client)} : asked.from === undefined ? {} : {from: asked.from})};
	switch (asked.tab) {
		case 'dns':
			return planDns({...of, way, ...(asked.name === undefined ? {} : {name: asked.name})});
		case 'path':
			return trace && planPath({...of, way, target: pathTarget(trace)});
		case 'probes':
			return planNodes({...of, way});
		default:
			return undefined;
	}
}

/** What the cluster's own blackbox exporter is asked beside it, where there is one. */
export function blackboxPlanOf({tab}: Pick<Asked, 'tab'>, view: ClusterView, {trace}: Chosen): BlackboxPlan | undefined {
	const exporter = findBlackbox(view);
	const questions = tab === 'dns' ? blackboxDnsQuestions(view) : trace ? blackboxQuestions(trace) : [];
	return exporter && questions.length > 0 ? {exporter, questions} : undefined;
}

/** What probes add. `probed`: traffic was sent, and all of it has ended. */
export type Measures = Omit<ProbedQuestion, 'view' | 'judged'>;

/** What it all comes to. */
export function reportOf(
	asked: Asked,
	{view, judged}: Readonly<{view: ClusterView; judged: Judged}>,
	{client, trace}: Chosen,
	measures: Measures,
): NetworkModel['report'] {
	const from = client ? nameOf(client) : asked.from;
	switch (asked.tab) {
		case 'dns': {
			const report = wholeDnsReport({
				view,
				judged,
				...measures,
				fromNamed: asked.from !== undefined,
				...(from === undefined ? {} : {from}),
				...(asked.name === undefined ? {} : {name: asked.name}),
			});
			return {...report, cells: [...(report.cells ?? []), ...blackboxDnsCells(view)]};
		}
		case 'path': {
			if (!trace) return emptyReport('path');
			const report = pathReport({view, trace, judged, ...measures});
			return {...report, steps: [...(report.steps ?? []), ...blackboxStep(view.observed('blackbox'))]};
		}
		case 'probes':
			return nodesReport({view, judged, ...measures});
		case 'policy':
			return policyReport({
				view,
				judged,
				wish: {
					namespace: asked.home,
					...(asked.namespace === undefined ? {} : {only: asked.namespace}),
					...(asked.from === undefined ? {} : {from: asked.from}),
					...(asked.to === undefined ? {} : {to: asked.to}),
					...(asked.port === undefined ? {} : {port: asked.port}),
				},
				...(asked.documents === undefined ? {} : {documents: asked.documents}),
			});
		case 'routes':
			return routesReport({view, judged, wish: asked.namespace === undefined ? {} : {namespace: asked.namespace}});
	}
}

/** `namespace/pod`. */
export function nameOf({namespace, pod}: Pick<ProbeSource, 'namespace' | 'pod'>): string {
	return `${namespace}/${pod}`;
}
