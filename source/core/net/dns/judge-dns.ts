import type {ClusterView} from '../../check.ts';
import type {Finding} from '../../finding.ts';
import type {ProbeCell} from '../cell.ts';
import type {NotChecked, RuledOut} from '../net-report.ts';
import {type DnsCluster, dnsCluster, type DnsPod} from './dns-cluster.ts';
import {judgeInside, judgeNames, judgeOutside} from './judge-answers.ts';
import {judgeBlocked, judgeRefused} from './judge-blocked.ts';
import {judgeFacts, judgeHairpin, judgeMtu} from './judge-nodes.ts';
import {judgePairs} from './judge-pairs.ts';
import {judgeRace} from './judge-race.ts';
import {judgeResolver, seenResolvConf} from './judge-resolver.ts';
import {judgeServicePlane} from './judge-service-plane.ts';
import {planLookup} from './lookup-plan.ts';
import {type Matrix, matrixOf, type Plane, sourceName} from './matrix.ts';
import {judgeName} from './name-wrong.ts';
import {firstSettled, type Outcome} from './outcome.ts';
import {unreadObservations} from './unread.ts';

export type DnsQuestion = Readonly<{
	view: ClusterView;
	/** Of one run; none without consent. */
	cells: readonly ProbeCell[];
	/** Traffic was sent. */
	probed: boolean;
	/** `namespace/pod`: from where a name is looked up. */
	from?: string;
	/** A name that was asked about. */
	name?: string;
}>;

export type DnsJudgement = Readonly<{
	/** What the cells and the name tell; findings of the checks come beside them. */
	findings: readonly Finding[];
	ruledOut: readonly RuledOut[];
	notChecked: readonly NotChecked[];
	/** Why nothing can be decided, with the probe that would. */
	undecided?: string;
}>;

/** The decision tree of diagnosis.md 4.5 over the cells of a run: what they prove, what they rule out, what stays open. */
export function judgeDns(question: DnsQuestion): DnsJudgement {
	const {view, cells, probed} = question;
	const matrix = matrixOf(cells);
	const dns = dnsCluster(view);
	const outcomes = [
		...(probed ? judgeCells(view, cells, matrix, dns) : [notProbed]),
		...(probed && matrix.planes.length > 0
			? [judgeResolver(view, matrix, dns), judgeInside(view, matrix, dns), judgeNames(view, matrix, dns), judgeRace(matrix)]
			: []),
		typedName(question, matrix),
		{notChecked: unreadObservations(view)},
	];
	return joined(outcomes);
}

const notProbed: Outcome = {notChecked: [{what: 'traffic between pods', why: 'not probed: no consent was given to run commands in pods'}]};

/** The rows of the tree that are about the network itself; also for the cells of a traced path. */
export function judgeNetwork(view: ClusterView, cells: readonly ProbeCell[]): DnsJudgement {
	return joined(judgeCells(view, cells, matrixOf(cells), dnsCluster(view)));
}

function judgeCells(view: ClusterView, cells: readonly ProbeCell[], matrix: Matrix, dns: DnsCluster): readonly Outcome[] {
	if (cells.every(({transport}) => transport === 'not-allowed' || transport === 'not-run')) return [notProbed];
	const [plane] = matrix.planes;
	const first = plane ? judgeBlocked(view, matrix, plane, dns) : {sources: new Set<string>()};
	const rest = without(matrix, first.sources);
	const rows: ReadonlyArray<() => Outcome> = [
		() => first,
		() => (rest.planes[0] ? judgeRefused(rest.planes[0], dns) : {}),
		() => judgePairs(view, rest),
		() => planesOutcome(view, rest),
		() => (rest.rows('R2', 'R6').length === 0 ? {} : judgeOutside(view, rest, dns)),
	];
	const settled = firstSettled(rows);
	const sameNode = settled.some(({findings = []}) => findings.some(({id}) => id === 'DNS_SAME_NODE_NO_UNNAT'));
	// An overlay that drops everything drops large packets too.
	const mtu = settled.some(one => one.settled) ? [] : [judgeMtu(view, rest)];
	return [...settled, ...mtu, judgeHairpin(rest), judgeFacts(matrix, sameNode), tooFewControls(cells)];
}

/** Each Service that was tried, DNS first; the first that is found broken settles it. */
function planesOutcome(view: ClusterView, matrix: Matrix): Outcome {
	const outcomes = matrix.planes.filter(({service}) => service.length > 0).map(plane => judgeServicePlane(view, matrix, plane));
	const settled = outcomes.find(one => one.settled);
	if (settled) return settled;
	const undecided = outcomes.find(one => one.undecided !== undefined)?.undecided;
	return {...joined(outcomes), ...(undecided === undefined ? {} : {undecided})};
}

function without(matrix: Matrix, sources: ReadonlySet<string>): Matrix {
	if (sources.size === 0) return matrix;
	const keep = (cells: readonly ProbeCell[]) => cells.filter(({from}) => !sources.has(sourceName(from)));
	return {
		...matrix,
		sources: matrix.sources.filter(source => !sources.has(sourceName(source))),
		planes: matrix.planes
			.map((plane): Plane => ({...plane, service: keep(plane.service), direct: keep(plane.direct)}))
			.filter(({service, direct}) => service.length + direct.length > 0),
		rows: (...rows) => keep(matrix.rows(...rows)),
	};
}

/** Something on the way accepts connections to addresses that do not exist: TCP cells of that pod prove nothing (trap 5 of 4.4). */
function tooFewControls(cells: readonly ProbeCell[]): Outcome {
	const lying = [...new Set(cells.filter(({transport}) => transport === 'not-proof').map(({from}) => sourceName(from)))];
	return {
		notChecked: lying.map(pod => ({
			what: `TCP from ${pod}`,
			why: 'connections to addresses that do not exist succeed there: a mesh sidecar or a proxy answers for everybody',
		})),
	};
}

function typedName({view, from, name}: DnsQuestion, matrix: Matrix): Outcome {
	if (name === undefined) return {};
	const client = from ?? (matrix.sources[0] && sourceName(matrix.sources[0]));
	const pod = view.all<DnsPod>('pods').find(({metadata}) => client !== undefined && `${metadata.namespace}/${metadata.name}` === client) ?? anyPod(client);
	const plan = planLookup(view, pod, name, client === undefined ? undefined : seenResolvConf(matrix, client));
	const asked = matrix
		.rows('R2', 'R5', 'R9')
		.filter(cell => cell.name !== undefined && (cell.name === name || plan.queries.some(query => query.name === cell.name)));
	const seen = asked.some(({answer}) => answer === 'NXDOMAIN');
	const finding = judgeName(view, plan, seen);
	if (finding) return {findings: [finding]};
	const unknown = plan.queries.find(({answer}) => answer.rcode === 'unknown');
	if (unknown) return {notChecked: [{what: `the name ${name}`, why: unknown.answer.why}]};
	return {ruledOut: [{id: 'DNS_NAME_WRONG', why: plan.answered ? `${name} is ${plan.answered.answer.why}` : `${name} is no name of the cluster`}]};
}

/** Stands for a client that is not known: an ordinary pod of its namespace. */
function anyPod(client: string | undefined): DnsPod {
	const [namespace = 'default', name = 'any'] = client?.split('/') ?? [];
	return {apiVersion: 'v1', kind: 'Pod', metadata: {namespace, name}, spec: {dnsPolicy: 'ClusterFirst'}};
}

function joined(outcomes: readonly Outcome[]): DnsJudgement {
	const findings = outcomes.flatMap(one => one.findings ?? []);
	const found = new Set(findings.map(({id}) => id));
	const undecided = outcomes.find(one => one.undecided !== undefined)?.undecided;
	return {
		findings: [...new Map(findings.map(finding => [finding.key, finding])).values()],
		ruledOut: [
			...new Map(
				outcomes
					.flatMap(one => one.ruledOut ?? [])
					.filter(({id}) => !found.has(id))
					.map(one => [one.id, one]),
			).values(),
		],
		notChecked: outcomes.flatMap(one => one.notChecked ?? []),
		...(undecided === undefined || findings.length > 0 ? {} : {undecided}),
	};
}
