import {rank} from '../../diagnose/rank.ts';
import {verdictOf} from '../../diagnose/verdict.ts';
import type {Finding} from '../../finding.ts';
import type {Ref} from '../../kubernetes.ts';
import type {ProbeCell} from '../cell.ts';
import type {NetReport} from '../net-report.ts';
import {refOf} from '../trace/cluster-index.ts';
import {judgePath} from '../trace/judge-path.ts';
import type {Trace} from '../trace/trace.ts';
import {aboutObjects, onceByKey, waitingAbout} from './relevant.ts';
import {holdsFor, isOfSomePods} from './of-client.ts';
import type {ProbedQuestion} from './probed-question.ts';

/** Faults of what a path goes through that are enough to break it, though the tracer does not look there itself. */
const enough = new Set([
	'DNS_SVC_MISSING',
	'DNS_NO_READY_ENDPOINTS',
	'DNS_LOOP',
	'DNS_COREFILE_INVALID',
	'DNS_COREFILE_NO_KUBERNETES',
	'NP_EGRESS_BLOCKS_DNS',
	'KPROXY_NOT_RUNNING',
	'ING_CONTROLLER_DOWN',
	'ING_CLASS_MISSING',
	'ING_BACKEND_MISSING',
	'ING_TLS_SECRET',
	'GW_NOT_PROGRAMMED',
	'ROUTE_NOT_ATTACHED',
	'ROUTE_BACKEND_UNRESOLVED',
	'NODE_CNI_NOT_READY',
	'NET_CIDR_OVERLAP',
]);

export type PathQuestion = ProbedQuestion & Readonly<{trace: Trace}>;

/** What a traced path comes to, with what the checks say about the objects it goes through and what probes saw. */
export function pathReport({view, trace, judged, cells, probed, sources, leftBehind, notSent}: PathQuestion): NetReport {
	const seen = judgePath({view, trace, cells});
	const subjects: readonly Ref[] = [trace.subject, ...(trace.from ? [refOf(trace.from)] : []), ...trace.steps.flatMap(({ref}) => ref ?? [])];
	const holds = holdsFor(trace.from, view);
	const about = aboutObjects(judged.findings, subjects, view).filter(finding => !isOfSomePods(finding) || holds(finding));
	const derived = trace.findings.map(finding => afterProbes(finding, {trace, cells, probed}));
	// Of a fault that was derived and measured the measure counts; what to do about it is known from both.
	const measured = seen.findings.map(finding => ({...finding, remedy: [...(derived.find(({key}) => key === finding.key)?.remedy ?? []), ...finding.remedy]}));
	const own = onceByKey([
		...measured,
		...derived.filter(finding => !measured.some(({id, subject}) => id === finding.id && subject.name === finding.subject.name)),
	]);
	const findings = onceByKey([...own, ...about]);
	const {all, roots} = rank(findings, view);
	const ownKeys = new Set(own.map(({key}) => key));
	const named = trace.dnsName !== undefined;
	const decisive = roots.filter(({finding, explains}) => {
		if (ownKeys.has(finding.key) || explains.some(({key}) => ownKeys.has(key))) return true;
		return enough.has(finding.id) && finding.severity === 'critical' && (finding.family !== 'DNS' || named);
	});
	const unread = trace.outcome === 'unknown' && !(probed && cells.some(({row, transport}) => row === 'R11' && transport === 'ok'));
	const undecided =
		notSent ??
		seen.unexplained ??
		(probed && cells.length > 0 && cells.every(({row, transport}) => row !== 'R11' || transport !== 'ok') ? notTold(trace, cells) : undefined);
	return {
		verdict: verdictOf(decisive, {
			about: trace.destination,
			subject: trace.subject,
			probed,
			cells: cells.filter(({row}) => row === 'R11' || row === 'R12'),
			path: unread ? 'unknown' : 'complete',
			...(undecided === undefined ? {} : {undecided: `${trace.destination}: ${undecided}`}),
		}),
		findings: all,
		// What was measured says more than what was derived.
		ruledOut: [...new Map([...ruledOutByTrace(trace), ...seen.ruledOut].map(one => [one.id, one])).values()].filter(
			({id}) => !all.some(finding => finding.id === id),
		),
		notChecked: [...trace.notChecked, ...judged.notChecked, ...waitingAbout(judged, subjects, view).filter(({what}) => !all.some(({title}) => title === what))],
		steps: seen.steps,
		...(probed ? {cells} : {}),
		...(sources === undefined ? {} : {sources}),
		...(leftBehind === undefined ? {} : {leftBehind}),
	};
}

/** What was derived and is contradicted by probes of the same run is told with less weight: the objects may have changed since. */
function afterProbes(finding: Finding, {trace, cells, probed}: Pick<PathQuestion, 'trace' | 'cells' | 'probed'>): Finding {
	const client = cells.filter(({row, from}) => row === 'R11' && from.pod === trace.from?.metadata.name);
	const isWell = probed && client.length > 0 && client.every(({transport, failed}) => transport === 'ok' && failed === 0);
	if (!isWell || finding.severity === 'info') return finding;
	return {...finding, severity: 'info', confidence: 'possible', title: `${finding.title} (the probes arrived all the same)`};
}

function notTold({destination}: Trace, cells: readonly ProbeCell[]): string | undefined {
	const [first] = cells.filter(({row, transport}) => row === 'R11' && !['ok', 'timeout', 'refused', 'no-route', 'wrong-source'].includes(transport));
	return first && `no probe to ${destination} says anything: ${first.transport}${first.detail === '' ? '' : `, ${first.detail}`}`;
}

function ruledOutByTrace({steps, service}: Trace): NetReport['ruledOut'] {
	const well = (title: string): boolean => steps.some(step => step.title.startsWith(title) && step.state === 'ok');
	const evidence = (title: string): string => steps.find(step => step.title.startsWith(title))?.evidence[0] ?? '';
	return [
		...(well('DNS') ? [{id: 'DNS_NAME_WRONG', why: evidence('DNS')}] : []),
		...(service && well('Endpoints') ? [{id: 'SVC_NO_READY_ENDPOINTS', why: evidence('Endpoints')}] : []),
		...(service && well('Container') ? [{id: 'SVC_NAMED_PORT_UNRESOLVED', why: evidence('Container')}] : []),
		...(well('Policy') ? [{id: 'NP_BLOCKS_SERVICE', why: evidence('Policy')}] : []),
	];
}
