import type {ClusterView} from '../../check.ts';
import type {Judged} from '../../diagnose/judge.ts';
import {rank} from '../../diagnose/rank.ts';
import {verdictOf} from '../../diagnose/verdict.ts';
import type {Ref} from '../../kubernetes.ts';
import {plural} from '../../text.ts';
import {fact} from '../fault.ts';
import type {NetReport, NotChecked, Verdict} from '../net-report.ts';
import {policyModel} from '../build-policy-model.ts';
import type {EndFacts} from '../policy/end-facts.ts';
import {evaluateWay} from '../policy/evaluate-policy.ts';
import {findEnd} from '../policy/find-end.ts';
import type {NetworkPolicy} from '../policy/network-policy.ts';
import type {PolicyAnswer} from '../policy/policy-answer.ts';
import {policyEnforcer} from '../policy/policy-enforcer.ts';
import {policyGroups} from '../policy/policy-groups.ts';
import {type PortWish, portWishText, readPortWish} from '../policy/policy-port.ts';
import {networkPolicyKind, policyWorld, type PolicyWorld} from '../policy/policy-world.ts';
import {reachText, whomReaches, whoReaches} from '../policy/reachability.ts';
import {applyWhatIf, type ParsedDocument, type WhatIf} from '../policy/what-if.ts';
import {refOf} from '../trace/cluster-index.ts';

export type PolicyReportWish = Readonly<{
	from?: string;
	to?: string;
	port?: string;
	/** For names without one, and for policies of a file without one. */
	namespace: string;
	/** The namespace that is looked at, where one was asked for. */
	only?: string;
}>;
export type PolicyReportQuestion = Readonly<{
	view: ClusterView;
	judged: Judged;
	wish: PolicyReportWish;
	/** Of `--what-if`. */
	documents?: readonly ParsedDocument[];
}>;

const about: Ref = {apiVersion: 'k8tui', kind: 'Network', name: 'policy'};

/** What `k8tui net policy` tells: one way with both its ends, one end and its counterparts, or what is wrong with the policies at all. */
export function policyReport(question: PolicyReportQuestion): NetReport {
	const {view, judged, wish, documents} = question;
	const port = wish.port === undefined ? ({protocol: 'TCP'} as const) : readPortWish(wish.port);
	const base = baseReport(
		view,
		judged,
		documents === undefined ? undefined : applyWhatIf(view.all<NetworkPolicy>(networkPolicyKind), documents, wish.namespace),
	);
	if (!port) return undecided(base.report, `${wish.port} is no port: write 5432, tcp/5432, udp/53 or the name of a port`);
	const {whatIf} = base;
	if (whatIf && whatIf.added.length + whatIf.replaced.length === 0)
		return undecided(base.report, `The file holds no NetworkPolicy that could be read${whatIf.ignored.length === 0 ? '' : `: ${whatIf.ignored.join('; ')}`}`);
	const ends = [wish.from, wish.to].map(text => (text === undefined ? undefined : findEnd(base.world, view, text, wish.namespace)));
	const [from, to] = ends;
	const wrong = ends.find(end => end?.ok === false);
	if (wrong && !wrong.ok) return undecided(base.report, wrong.refusal);
	if (from?.ok && to?.ok)
		return ofPair(base, {from: from.facts, to: to.facts, port, subject: to.object ? refOf(to.object) : about, named: wish.port !== undefined});
	if (from?.ok || to?.ok) return ofOne(base, question, {from: from?.ok ? from.facts : undefined, to: to?.ok ? to.facts : undefined, port});
	return ofAll(base, question);
}

type Base = Readonly<{view: ClusterView; world: PolicyWorld; before?: PolicyWorld; whatIf?: WhatIf; report: NetReport}>;

/** What every answer holds: the findings about policies, who enforces, what is not evaluated, what the file was. */
function baseReport(view: ClusterView, judged: Judged, whatIf: WhatIf | undefined): Base {
	const current = policyWorld(view);
	const world = whatIf ? policyWorld(view, whatIf.policies) : current;
	const own = judged.findings.filter(({id, family}) => id.startsWith('NP_') || family === 'NetworkPolicy');
	const {all, roots} = rank(own, view);
	const enforcer = policyEnforcer(view);
	const others = [...Map.groupBy(world.others, ({api}) => api)].map(
		([api, list]): NotChecked => ({what: `${list.length} ${api}`, why: 'this API is not evaluated'}),
	);
	return {
		view,
		world,
		...(whatIf ? {before: current, whatIf} : {}),
		report: {
			verdict: verdictOf(roots, {about: 'NetworkPolicies', subject: about, probed: false, cells: []}),
			findings: all,
			ruledOut:
				enforcer.state === 'enforced' ? [{id: 'NP_NO_ENFORCER', why: `${enforcer.by} enforces them on ${enforcer.ready} of ${enforcer.nodes} nodes`}] : [],
			notChecked: [
				...others,
				...(enforcer.state === 'unknown' ? [{what: 'who enforces policies', why: enforcer.why}] : []),
				...(whatIf?.ignored ?? []).map(why => ({what: 'part of the file', why})),
				// Of all that was not checked, what belongs to policies: their coverage findings name the check.
				...judged.notChecked.filter(({what}) => own.some(({title}) => title.includes(what))),
			],
			allowed: null,
			why: [],
		},
	};
}

function undecided(report: NetReport, title: string): NetReport {
	const verdict: Verdict = {id: 'NET_INCONCLUSIVE', title, confidence: 'possible', severity: 'undecided', subject: about, evidence: [], remedy: []};
	return {...report, verdict, allowed: null, why: [title]};
}

type Pair = Readonly<{from: EndFacts; to: EndFacts; port: PortWish; subject: Ref; named: boolean}>;

function ofPair(base: Base, pair: Pair): NetReport {
	const {from, to, port} = pair;
	const answer = evaluateWay(base.world, {from, to, protocol: port.protocol}, port.port);
	const before = base.before && evaluateWay(base.before, {from, to, protocol: port.protocol}, port.port);
	const change =
		before === undefined
			? []
			: [before.verdict === answer.verdict ? `with the file as before: ${before.verdict}` : `before: ${before.verdict}, with the file: ${answer.verdict}`];
	const ports = answer.ports === undefined ? [] : [`of its ports: ${answer.ports}`];
	return {
		...base.report,
		verdict: pairVerdict(base, pair, answer),
		allowed: answer.verdict === 'unknown' ? null : answer.verdict === 'allow',
		why: [...change, ...ports, ...answer.reasons, ...fileText(base.whatIf)],
	};
}

function fileText(whatIf: WhatIf | undefined): readonly string[] {
	if (!whatIf) return [];
	const {added, replaced} = whatIf;
	return [...added.map(name => `the file adds ${name}`), ...replaced.map(name => `the file replaces ${name}`)];
}

function pairVerdict({view}: Base, {from, to, port, subject, named}: Pair, answer: PolicyAnswer): Verdict {
	const way = `${from.title} -> ${to.title} ${named ? portWishText(port) : port.protocol.toLowerCase()}`;
	const evidence = [answer.egress, answer.ingress].flatMap(side =>
		side.policies[0] ? [fact(side.policies[0], side === answer.egress ? 'egress' : 'ingress', side.reason)] : [],
	);
	if (answer.verdict === 'allow')
		return {
			id: 'PATH_OK',
			title: `${way}: policies allow it${answer.ports === undefined ? '' : ` (${answer.ports})`}`,
			confidence: 'likely',
			severity: 'none',
			subject,
			evidence,
			remedy: [],
		};
	if (answer.verdict === 'unknown') {
		const side = answer.egress.verdict === 'unknown' ? answer.egress : answer.ingress;
		return {
			id: 'NET_INCONCLUSIVE',
			title: `${way}: not known: ${side.verdict === 'unknown' ? side.reason : (answer.reasons[0] ?? '')}`,
			confidence: 'possible',
			severity: 'undecided',
			subject,
			evidence,
			remedy: [],
		};
	}
	const side = answer.ingress.verdict === 'deny' ? answer.ingress : answer.egress;
	const isDns = answer.egress.verdict === 'deny' && port.port === 53 && ['kube-dns', 'coredns', 'node-local-dns'].includes(to.labels['k8s-app'] ?? '');
	const isIgnored = policyEnforcer(view).state !== 'enforced';
	return {
		id: isDns ? 'NP_EGRESS_BLOCKS_DNS' : 'NP_BLOCKS_SERVICE',
		title: `${way}: denied by ${side.policies.map(({namespace, name}) => `${namespace ?? ''}/${name}`).join(', ')}: ${side.nearest?.miss ?? side.reason}`,
		confidence: isIgnored ? 'possible' : 'likely',
		severity: isDns ? 'critical' : 'warning',
		subject,
		evidence: [
			...evidence,
			...(side.nearest
				? [fact(side.nearest.policy, side.nearest.rule < 0 ? 'spec' : `rule ${side.nearest.rule}: ${side.nearest.text}`, side.nearest.miss)]
				: []),
		],
		remedy: side.policies
			.slice(0, 2)
			.map(({namespace, name}) => ({text: `See what ${name} admits`, command: `kubectl -n ${namespace ?? ''} describe networkpolicy ${name}`, changes: false})),
	};
}

type One = Readonly<{from: EndFacts | undefined; to: EndFacts | undefined; port: PortWish}>;

/** Who may reach me, or whom may I reach. */
function ofOne(base: Base, {view}: PolicyReportQuestion, {from, to, port}: One): NetReport {
	const question = {world: base.world, groups: policyGroups(base.world, view.all('pods')), wish: port};
	const list = from ? whomReaches(question, from) : to ? whoReaches(question, to) : [];
	const head = from ? `${from.title} may reach, by ${portWishText(port)}:` : `${to?.title ?? ''} may be reached, by ${portWishText(port)}, from:`;
	return {...base.report, why: [head, ...list.map(reachText), ...fileText(base.whatIf)]};
}

/** Nobody was named: the findings, and what the file would change. */
function ofAll(base: Base, question: PolicyReportQuestion): NetReport {
	const {view, wish} = question;
	const {whatIf, report} = base;
	if (!whatIf) return {...report, why: summary(base, question)};
	const touched = [...new Set([...whatIf.added, ...whatIf.replaced].map(name => name.split('/')[0] ?? ''))];
	const changes = touched.flatMap(
		namespace => policyModel(view, {namespace, whatIf, ...(wish.port === undefined ? {} : {port: wish.port})}).whatIf?.changes ?? [],
	);
	const once = [...new Map(changes.map(one => [JSON.stringify([one.row, one.column]), one])).values()];
	const lines = once.map(({row, column, port, before, after}) => `${row} -> ${column} ${port}: ${before}, then ${after}`);
	const worse = once.filter(({after}) => after === 'denied').length;
	const better = once.filter(({before}) => before === 'denied').length;
	const title =
		once.length === 0
			? 'With the file no cell of the grid would change'
			: `With the file ${once.length} ${once.length === 1 ? 'cell' : 'cells'} would change: ${worse} denied, ${better} no longer denied`;
	const verdict: Verdict = {...report.verdict, id: 'NET_NOT_PROBED', title, severity: 'none', confidence: 'likely', subject: about, evidence: [], remedy: []};
	return {...report, verdict, why: [title, ...lines, ...fileText(whatIf)]};
}

/** Longer lists are for the screen. */
const mostCells = 60;

/** How many of the groups are isolated; in the namespace that was asked for also who is denied what. */
function summary({world}: Base, {view, wish}: PolicyReportQuestion): readonly string[] {
	const groups = policyGroups(world, view.all('pods'));
	const isolated = (direction: 'ingress' | 'egress'): number => groups.filter(({first}) => world.isolating(first, direction).length > 0).length;
	const namespaces = new Set(world.policies.map(({metadata}) => metadata.namespace));
	const counts = [
		`${plural(world.policies.length, 'NetworkPolicy', 'NetworkPolicies')} in ${plural(namespaces.size, 'namespace')}`,
		`of ${plural(groups.length, 'workload')} ${isolated('ingress')} isolated for ingress, ${isolated('egress')} for egress`,
	];
	if (wish.only === undefined) return counts;
	const {rows, columns} = policyModel(view, {namespace: wish.only, ...(wish.port === undefined ? {} : {port: wish.port})});
	const bad = rows.flatMap(({id, cells}) =>
		cells.flatMap(({state}, index) => {
			const column = columns[index];
			return column && (state === 'denied' || state === 'unknown') ? [`${state === 'denied' ? 'X' : '?'} ${id} -> ${column.id} ${column.port}`] : [];
		}),
	);
	const more = bad.length > mostCells ? [`and ${bad.length - mostCells} more`] : [];
	return [
		...counts,
		...(bad.length === 0 ? [`nothing is denied to or from ${wish.only}`] : [`denied to and from ${wish.only}:`]),
		...bad.slice(0, mostCells),
		...more,
	];
}
