import type {ClusterView} from '../../core/check.ts';
import {judge} from '../../core/diagnose/judge.ts';
import type {NetWish} from '../../core/invocation.ts';
import type {NetReport, NotChecked} from '../../core/net/net-report.ts';
import type {NetworkTab} from '../../core/net/network-view.ts';
import type {ParsedDocument} from '../../core/net/policy/what-if.ts';
import type {ProbePlan} from '../../core/net/probe/probe-plan.ts';
import {cellObservations} from '../../core/net/report/cell-observations.ts';
import {readDestination} from '../../core/net/trace/destination.ts';
import type {Observation} from '../../core/observation.ts';
import {ProblemError} from '../../core/problem.ts';
import {type Asked, blackboxPlanOf, type Chosen, chosen, nameOf, planOf, reportOf} from './assess.ts';
import {gatherObjects} from './gather-objects.ts';
import type {NetTools} from './net-tools.ts';
import {objectView} from './object-view.ts';
import {observeTab} from './observe-tab.ts';
import type {ReadObjects} from './read-objects.ts';
import {type BlackboxPlan, type SentRun, sendProbes} from './send-probes.ts';
import {kindsOfTab} from './view-kinds.ts';

/** What a run was about, beside what it came to. */
export type NetAnswer = Readonly<{
	report: NetReport;
	/** The client pod that was chosen or named. */
	from?: string;
}>;

type Run = Readonly<{wish: NetWish; asked: Asked; tools: NetTools; read: ReadObjects; signal: AbortSignal}>;

const tabs: Readonly<Record<NetWish['view'], NetworkTab>> = {dns: 'dns', path: 'path', policy: 'policy', probe: 'probes', routes: 'routes'};

/**
 * Reads what the view needs, once; probes where the wish says how; judges. `documents`: of the file of --what-if. Rejects with a
 * ProblemError where nothing at all could be read.
 */
export async function netOnce(wish: NetWish, documents: readonly ParsedDocument[] | undefined, tools: NetTools, signal: AbortSignal): Promise<NetAnswer> {
	const asked = askedBy(wish, documents, tools);
	const {client, catalogue} = tools;
	const read = await gatherObjects({client, catalogue, kinds: kindsOfTab(asked.tab), namespaces: namespacesOf(wish, asked.home)}, signal);
	mustHaveRead(read);
	const run = {wish, asked, tools, read, signal};
	const observations = await observeTab(asked.tab, {client, view: viewOf(run, []), clock: tools.clock}, signal);
	const before = viewOf(run, observations);
	const picked = chosen(asked, before);
	const plan = wish.probe === undefined ? undefined : planOf(asked, before, picked, wish.probe);
	const probed = plan ? await send(run, plan, blackboxPlanOf(asked, before, picked)) : undefined;
	const view = viewOf(run, [...observations, ...cellObservations(probed?.cells ?? []), ...(probed?.blackbox ?? [])]);
	const report = reportOf(asked, {view, judged: judge(tools.checks, view)}, picked, {
		cells: probed?.cells ?? [],
		probed: (probed?.cells.length ?? 0) > 0,
		...(probed ? {sources: probed.sources.map(nameOf), leftBehind: probed.leftBehind} : {}),
		...notSent(wish, plan),
	});
	return {
		report: {...report, notChecked: [...report.notChecked, ...notesOf(run, picked, probed, plan)]},
		...(picked.client ? {from: nameOf(picked.client)} : {}),
	};
}

function askedBy({view, destination, from, to, port, name}: NetWish, documents: readonly ParsedDocument[] | undefined, {client, namespace}: NetTools): Asked {
	return {
		tab: tabs[view],
		home: client.context.namespace,
		...(destination === undefined ? {} : {target: destination}),
		...(from === undefined ? {} : {from}),
		...(to === undefined ? {} : {to}),
		...(port === undefined ? {} : {port}),
		...(name === undefined ? {} : {name}),
		...(namespace === undefined ? {} : {namespace}),
		...(documents === undefined ? {} : {documents}),
	};
}

/** Where a kind is looked for one by one when it may not be listed in the whole cluster. */
function namespacesOf(wish: NetWish, home: string): readonly string[] {
	const read = readDestination(wish.destination ?? '');
	const named = [wish.from?.split('/')[0], wish.to?.split('/')[0], read.ok ? read.destination.host.split('.')[1] : undefined];
	return [...new Set([home, ...named.flatMap(name => name ?? []), 'kube-system', 'default'])];
}

function viewOf({read, tools: {client, clock}}: Run, observations: readonly Observation[]): ClusterView {
	return objectView(read, {now: clock.now() + client.skewMs(), oneShot: true, observations});
}

async function send({wish, tools, signal}: Run, plan: ProbePlan, blackbox: BlackboxPlan | undefined): Promise<SentRun> {
	return await sendProbes(tools, {plan, way: wish.probe ?? 'exec', blackbox, ...(wish.image === undefined ? {} : {image: wish.image})}, signal);
}

/** Probes were asked for, and there is nobody to ask from or nothing to ask. */
function notSent({probe}: NetWish, plan: ProbePlan | undefined): Readonly<{notSent?: string}> {
	if (probe === undefined || (plan?.questions.length ?? 1) > 0) return {};
	return {notSent: `no probe could be sent: ${(plan?.notes[0] ?? 'there is nothing to ask').replace(/\.$/, '')}`};
}

/** A server that answers nothing at all is no cluster to judge. Throws the problem with it. */
function mustHaveRead(read: ReadObjects): void {
	const failed = [...read.values()].flatMap(({readable}) => (readable.state === 'failed' ? [readable.problem] : []));
	const asked = [...read.values()].filter(({readable}) => readable.state !== 'absent').length;
	const [first] = failed;
	if (first && failed.length === asked) throw new ProblemError(first);
}

/** Without a probe only what was said about a client that was named matters. */
function notesOf({wish}: Run, {notes}: Chosen, run: SentRun | undefined, plan: ProbePlan | undefined): readonly NotChecked[] {
	const said = plan ? plan.notes : wish.from === undefined ? [] : notes.slice(0, 1);
	return [...(run?.notChecked ?? []), ...said.map(why => ({what: 'probes', why: why.replace(/\.$/, '')}))];
}
