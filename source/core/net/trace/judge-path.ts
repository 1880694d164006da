import type {ClusterView} from '../../check.ts';
import type {Finding} from '../../finding.ts';
import type {ProbeCell} from '../cell.ts';
import type {PathStep, RuledOut} from '../net-report.ts';
import {judgeEndpointCells} from './judge-endpoints.ts';
import {judgeServiceCells} from './judge-service.ts';
import {failedShare, isTold, measured, type PathCells, sortCells} from './path-cells.ts';
import {untilProbed} from './policy-step.ts';
import {standInDenied} from './stand-in.ts';
import type {Trace} from './trace.ts';

export type JudgedPath = Readonly<{
	findings: readonly Finding[];
	/** The steps, with what the probes saw at each. A break that the probes contradict is a warning; one that they show is a break. */
	steps: readonly PathStep[];
	ruledOut: readonly RuledOut[];
	/** At least one probe of the way failed and no rule says why. */
	unexplained?: string;
}>;

/** What the probes along a path say, beside what was derived (diagnosis.md 4.4 "Meaning", rows 5, 7, 8, 9 and 21 of 4.5). */
export function judgePath({view, trace, cells}: Readonly<{view: ClusterView; trace: Trace; cells: readonly ProbeCell[]}>): JudgedPath {
	const sorted = sortCells(trace, cells);
	const direct = judgeEndpointCells(view, trace, sorted);
	const service = direct.some(({severity}) => severity === 'critical') ? [] : judgeServiceCells(view, trace, sorted);
	const findings = [...direct, ...service];
	const failing = [...sorted.service, ...sorted.endpoints, ...sorted.hairpin].filter(cell => isTold(cell) && failedShare(cell) > 0);
	const [first] = failing;
	return {
		findings,
		steps: trace.steps.map(step => withMeasures(step, sorted, findings)),
		ruledOut: ruledOut(sorted, findings),
		...(findings.length > 0 || !first
			? {}
			: {
					unexplained:
						standInDenied(
							view,
							sorted.endpoints.filter(cell => failing.includes(cell)),
						) ?? `${first.from.namespace}/${first.from.pod} to ${first.to.title}: ${measured(first)}, and no rule tells why`,
				}),
	};
}

function withMeasures(step: PathStep, cells: PathCells, findings: readonly Finding[]): PathStep {
	if (step.title === 'Policy' && findings.some(({id}) => id === 'NP_BLOCKS_SERVICE')) return carriedOut(step);
	const mine = cellsOf(step, cells);
	if (mine.length === 0) return step;
	const lines = mine.slice(0, 8).map(cell => `probe from ${cell.from.namespace}/${cell.from.pod} on ${cell.from.node}: ${cell.to.title} ${measured(cell)}`);
	const told = mine.filter(isTold);
	const evidence = [...step.evidence, ...lines];
	const allWell = told.length > 0 && told.every(cell => failedShare(cell) === 0);
	if (allWell) return {...step, evidence, state: step.state === 'broken' || step.state === 'warning' ? 'warning' : 'ok'};
	const isBad = told.some(cell => failedShare(cell) > 0);
	if (!isBad || step.state === 'predicted') return {...step, evidence};
	// What failed without a rule that says why is no break that could be named, and not well either.
	return {...step, evidence, state: findings.length > 0 ? 'broken' : step.state === 'ok' ? 'warning' : step.state};
}

/** Probes that a policy stops leave no doubt about what the CNI does with policies. */
function carriedOut({evidence, ...step}: PathStep): PathStep {
	const [first = '', ...rest] = evidence.filter(line => !line.endsWith(untilProbed));
	return {...step, state: 'broken', evidence: [first, 'the probes show that the policies are carried out', ...rest]};
}

function cellsOf({title}: PathStep, cells: PathCells): readonly ProbeCell[] {
	if (title === 'DNS') return cells.names;
	if (title.startsWith('Service ')) return [...cells.service, ...cells.hairpin];
	return title === 'Endpoints' || title.startsWith('Pod ') || title === 'Outside' ? cells.endpoints : [];
}

function ruledOut(cells: PathCells, findings: readonly Finding[]): readonly RuledOut[] {
	const has = (...ids: readonly string[]): boolean => findings.some(({id}) => ids.includes(id));
	const told = cells.endpoints.filter(isTold);
	const across = told.filter(({from, to}) => to.node !== undefined && to.node !== from.node);
	const ok = (some: readonly ProbeCell[]): boolean => some.length > 0 && some.every(cell => failedShare(cell) === 0);
	return [
		...(ok(across) && !has('NET_OVERLAY_DROPPED', 'NET_NODE_PAIR')
			? [{id: 'NET_OVERLAY_DROPPED', why: `${across.length} endpoints on other nodes answered`}]
			: []),
		...(ok(told) && !has('NP_BLOCKS_SERVICE') ? [{id: 'NP_BLOCKS_SERVICE', why: `all ${told.length} endpoints that were asked directly answered`}] : []),
		...(ok(cells.service.filter(isTold)) && !has('KPROXY_NODE_RULES') ? [{id: 'KPROXY_NODE_RULES', why: 'the Service address answered every time'}] : []),
		...(ok(cells.hairpin.filter(isTold)) && !has('NET_HAIRPIN') ? [{id: 'NET_HAIRPIN', why: 'the pod reached itself through its Service'}] : []),
	];
}
