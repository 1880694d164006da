import type {ClusterView} from '../../core/check.ts';
import {judge} from '../../core/diagnose/judge.ts';
import type {NetWish} from '../../core/invocation.ts';
import type {NetReport, NotChecked} from '../../core/net/net-report.ts';
import type {NetworkTab} from '../../core/net/network-view.ts';
import type {ProbePlan} from '../../core/net/probe/probe-plan.ts';
import {planDns} from '../../core/net/probe/plan-dns.ts';
import {planPath} from '../../core/net/probe/plan-path.ts';
import {cellObservations} from '../../core/net/report/cell-observations.ts';
import {wholeDnsReport} from '../../core/net/report/dns-report.ts';
import {pathReport} from '../../core/net/report/path-report.ts';
import {readDestination} from '../../core/net/trace/destination.ts';
import {pathTarget} from '../../core/net/trace/path-target.ts';
import {tracePath} from '../../core/net/trace/trace-path.ts';
import type {Observation} from '../../core/observation.ts';
import type {NetPod} from '../../core/net/net-objects.ts';
import {gatherObjects} from './gather-objects.ts';
import {type NetTools, podOf, sourcesFor} from './net-tools.ts';
import {observeDns} from './observe-dns.ts';
import {objectView} from './object-view.ts';
import type {ReadObjects} from './read-objects.ts';
import {type ProbeRun, sendProbes} from './send-probes.ts';
import {kindsOfTab} from './view-kinds.ts';

/** What a run was about, beside what it came to. */
export type NetAnswer = Readonly<{report: NetReport; /** The client pod that was chosen or named. */ from?: string}>;

type Run = Readonly<{wish: NetWish; tools: NetTools; view: ClusterView; signal: AbortSignal}>;

const tabs: Readonly<Record<NetWish['view'], NetworkTab>> = {dns: 'dns', path: 'path', policy: 'policy', probe: 'probes', routes: 'routes'};

/** Reads what the view needs, once; probes where the wish says how; judges. Rejects with a ProblemError where nothing at all could be read. */
export async function netOnce(wish: NetWish, tools: NetTools, signal: AbortSignal): Promise<NetAnswer> {
	const read = await readOnce(wish, tools, signal);
	const run = {wish, tools, view: viewOf(read, tools, []), signal};
	switch (wish.view) {
		case 'path':
			return await pathOnce(run);
		default:
			return await dnsOnce(read, run);
	}
}

/** First what is read beside the objects, then, with consent, the matrix; both count for the checks. */
async function dnsOnce(read: ReadObjects, run: Run): Promise<NetAnswer> {
	const {wish, tools, signal} = run;
	const observations = await observeDns(tools.client, run.view, tools.clock, signal);
	const view = viewOf(read, tools, observations);
	const chosen = sourcesFor(view, wish.from, homeOf(tools));
	const from = chosen.client ? `${chosen.client.namespace}/${chosen.client.pod}` : wish.from;
	const client = {...(from === undefined ? {} : {from}), ...(wish.name === undefined ? {} : {name: wish.name})};
	const plan = wish.probe === undefined ? undefined : planDns({view, namespace: homeOf(tools), way: wish.probe, ...client});
	const probed = plan ? await send(run, plan) : undefined;
	const cells = probed?.cells ?? [];
	const report = wholeDnsReport({
		view,
		judged: judge(tools.checks, viewOf(read, tools, [...observations, ...cellObservations(cells)])),
		cells,
		probed: cells.length > 0,
		fromNamed: wish.from !== undefined,
		...client,
		...sourcesOf(probed),
	});
	return {report: {...report, notChecked: [...report.notChecked, ...notesOf(wish, chosen.notes, probed, plan)]}, ...(from === undefined ? {} : {from})};
}

function sourcesOf(run: ProbeRun | undefined): Pick<NetReport, 'sources' | 'leftBehind'> {
	return run ? {sources: run.sources.map(({namespace, pod}) => `${namespace}/${pod}`), leftBehind: run.leftBehind} : {};
}

async function readOnce(wish: NetWish, {client, catalogue}: NetTools, signal: AbortSignal): Promise<ReadObjects> {
	const read = readDestination(wish.destination ?? '');
	const named = [wish.from?.split('/')[0], wish.to?.split('/')[0], read.ok ? read.destination.host.split('.')[1] : undefined];
	const namespaces = [...new Set([client.context.namespace, ...named.flatMap(name => name ?? []), 'kube-system', 'default'])];
	return await gatherObjects({client, catalogue, kinds: kindsOfTab(tabs[wish.view]), namespaces}, signal);
}

function viewOf(read: ReadObjects, {client, clock}: NetTools, observations: readonly Observation[]): ClusterView {
	return objectView(read, {now: clock.now() + client.skewMs(), oneShot: true, observations});
}

/** A namespace for pods without one: what -n said, else the context's. */
function homeOf({client}: NetTools): string {
	return client.context.namespace;
}

async function pathOnce(run: Run): Promise<NetAnswer> {
	const {wish, tools, view} = run;
	const chosen = sourcesFor(view, wish.from, homeOf(tools));
	const {client} = chosen;
	const pod = podOf(view, client) ?? namedPod(view, wish.from, homeOf(tools));
	const trace = tracePath(view, {destination: wish.destination ?? '', namespace: homeOf(tools), ...(pod ? {from: pod} : {})});
	const from = client ? `${client.namespace}/${client.pod}` : undefined;
	const plan = wish.probe === undefined ? undefined : planPath({view, ...(from === undefined ? {} : {from}), namespace: homeOf(tools), target: pathTarget(trace)});
	const probed = plan ? await send(run, plan) : undefined;
	const report = pathReport({
		view,
		trace,
		judged: judge(tools.checks, view),
		cells: probed?.cells ?? [],
		probed: probed !== undefined && probed.cells.length > 0,
		...sourcesOf(probed),
	});
	return {
		report: {...report, notChecked: [...report.notChecked, ...notesOf(wish, chosen.notes, probed, plan)]},
		...(from === undefined ? {} : {from}),
	};
}

/** A client that was named and does not run: its path can be traced, it cannot be asked. */
function namedPod(view: ClusterView, from: string | undefined, namespace: string): NetPod | undefined {
	if (from === undefined) return undefined;
	const [first = '', second] = from.split('/');
	return podOf(view, second === undefined ? {namespace, pod: first} : {namespace: first, pod: second});
}

/** Without a probe only what was said about a client that was named matters. */
function notesOf(wish: NetWish, notes: readonly string[], run: ProbeRun | undefined, plan: ProbePlan | undefined): readonly NotChecked[] {
	const said = plan ? plan.notes : wish.from === undefined ? [] : notes.slice(0, 1);
	return [...(run?.notChecked ?? []), ...said.map(why => ({what: 'probes', why: why.replace(/\.$/, '')}))];
}

async function send({wish, tools, signal}: Run, plan: ProbePlan): Promise<ProbeRun> {
	return await sendProbes(tools, {plan, way: wish.probe ?? 'exec', ...(wish.image === undefined ? {} : {image: wish.image})}, signal);
}
