import type {Clock} from '../../core/clock.ts';
import type {KubeObject} from '../../core/kubernetes.ts';
import type {CellTransport, ProbeCell, ProbeSource} from '../../core/net/cell.ts';
import type {NotChecked} from '../../core/net/net-report.ts';
import {applyControls} from '../../core/net/probe/apply-controls.ts';
import {cellOf, unaskedCell} from '../../core/net/probe/cell-of.ts';
import {defaultProbeImage, defaultProbeNamespace} from '../../core/net/probe/debug-pod.ts';
import type {ProbePlan, ProbeQuestion, ProbeWay} from '../../core/net/probe/probe-plan.ts';
import {isAskedBy} from '../../core/net/probe/sources-for-way.ts';
import type {ProbeConnection} from '../../core/probe-connection.ts';
import type {Probe} from '../../core/probe.ts';
import {askSource} from './ask-source.ts';
import {createExecLimit} from './exec-limit.ts';
import {type Can, probeRefusal} from './may-probe.ts';
import {type Made, type Prepared, prepareSource, whole} from './prepare-sources.ts';
import type {ProbeRecord} from './probe-record.ts';

export type RunProbesOptions = Readonly<{
	plan: ProbePlan;
	way: ProbeWay;
	/** For ephemeral containers and pods; default `defaultProbeImage`. */
	image?: string;
	/** Where pods are made; default `defaultProbeNamespace`. */
	namespace?: string;
	probes: ProbeConnection;
	/** source/probes/index.ts */
	kinds: readonly Probe[];
	can: Can;
	/** A pod as it is now: `client.get(podType, ...)`. Only asked for the ways that wait for a container. */
	readPod(namespace: string, name: string, signal: AbortSignal): Promise<KubeObject>;
	/** Local time; `skewMs` makes it the server's. */
	clock: Clock;
	skewMs?: () => number;
	random: () => number;
	/** Each cell as it is known; the same cells are in the result. */
	onCell?(cell: ProbeCell): void;
	/** Each command as it ends. */
	record?(entry: ProbeRecord): void;
}>;

export type ProbeRun = Readonly<{
	/** One for each question of the plan, in its order, whatever happened. */
	cells: readonly ProbeCell[];
	/** From where it was really asked: with `pod` the pods that were made. */
	sources: readonly ProbeSource[];
	/** What is still in the cluster: ephemeral containers, pods that could not be deleted. */
	leftBehind: readonly string[];
	notChecked: readonly NotChecked[];
	tookMs: number;
}>;

/** diagnosis.md 4.2 */
const sideBySide = 6;
const wholeRunMs = 45_000;
const clearMs = 10_000;

type Facts = Readonly<{cells: Map<number, ProbeCell>; sources: ProbeSource[]; made: Made[]}>;

/**
 * Asks the questions of a plan, six commands at a time, 45 s at most. Never rejects: whatever went wrong is a cell. Giving up by the signal
 * leaves the rest as `not-run`; pods that were made are deleted all the same.
 */
export async function runProbes(options: RunProbesOptions, signal: AbortSignal): Promise<ProbeRun> {
	const {plan, clock} = options;
	const startedAt = clock.now();
	const facts: Facts = {cells: new Map(), sources: [], made: []};
	const limit = createExecLimit(sideBySide);
	const own = new AbortController();
	// Pods that must be pulled first have a time of their own.
	const prepared = await prepareAll(options, facts, signal);
	using _limit = clock.after(wholeRunMs, () => own.abort(new Error('late')));
	const both = AbortSignal.any([signal, own.signal]);
	const late = () => (signal.aborted ? 'the run was given up before it was asked' : `the run has ${wholeRunMs / 1000} s, and they were over`);
	await Promise.all(prepared.map(one => askOne(options, {...facts, limit, late}, one, both)));
	const leftBehind = await clearAll(options, facts.made);
	const cells = plan.questions.map(question => facts.cells.get(question.id) ?? unaskedCell(question, 'not-run', 'it was not asked', nowOf(options)));
	return {cells, sources: facts.sources, leftBehind, notChecked: notCheckedOf(options, prepared), tookMs: clock.now() - startedAt};
}

async function prepareAll(options: RunProbesOptions, {made}: Facts, signal: AbortSignal): Promise<readonly Prepared[]> {
	const {plan, way, can, image = defaultProbeImage, namespace = defaultProbeNamespace} = options;
	const namespaceOf = (source: ProbeSource) => (way === 'pod' ? namespace : source.namespace);
	const refusals = new Map<string, Promise<string | undefined>>();
	const refusalIn = (name: string): Promise<string | undefined> => {
		const asked = refusals.get(name) ?? probeRefusal(can, way, name, signal).catch(() => undefined);
		refusals.set(name, asked);
		return asked;
	};
	return await Promise.all(
		plan.sources.map(async (wanted): Promise<Prepared> => {
			if (!isAskedBy(way, wanted)) return {wanted, refused: ['not-run', 'this column is not asked from in this way']};
			const refusal = await refusalIn(namespaceOf(wanted));
			if (refusal !== undefined) return {wanted, refused: ['not-allowed', refusal]};
			return await prepareSource({...options, image, namespace}, wanted, made, signal);
		}),
	);
}

type Asking = Facts & Readonly<{limit: ReturnType<typeof createExecLimit>; late(): string}>;

/** Everything of one source: its cells are known together, because its controls judge them. */
async function askOne(options: RunProbesOptions, {cells, sources, limit, late}: Asking, prepared: Prepared, signal: AbortSignal): Promise<void> {
	const {plan, onCell} = options;
	const own = plan.questions.filter(({from}) => from === prepared.wanted);
	const tell = (question: ProbeQuestion, cell: ProbeCell) => {
		cells.set(question.id, cell);
		onCell?.(cell);
	};
	if ('refused' in prepared) {
		const [transport, why]: readonly [CellTransport, string] = prepared.refused;
		for (const question of own) tell(question, unaskedCell(question, transport, signal.aborted && transport === 'not-run' ? late() : why, nowOf(options)));
		return;
	}
	const {source} = prepared;
	sources.push(source);
	const questions = own.map(question => ({...question, from: source}));
	const asked = await askSource({...options, limit}, source, questions, signal);
	const at = nowOf(options);
	const drafted = asked.map(({question, askings, tool}) => {
		const cell = cellOf(question, askings, tool, at);
		return {question, cell: signal.aborted && cell.transport === 'not-run' ? {...cell, detail: late()} : cell};
	});
	for (const {question, cell} of applyControls(drafted)) tell(question, cell);
}

async function clearAll({clock}: RunProbesOptions, made: readonly Made[]): Promise<readonly string[]> {
	const left = await Promise.all(made.map(one => whole(clock, clearMs, signal => one.clear(signal))));
	return left.filter(text => text !== undefined);
}

function notCheckedOf({plan, way}: RunProbesOptions, prepared: readonly Prepared[]): readonly NotChecked[] {
	const nameOf = ({namespace, pod, node}: ProbeSource) => (way === 'pod' ? `a pod on ${node}` : `${namespace}/${pod}`);
	const refused = prepared.flatMap(one =>
		'refused' in one && isAskedBy(way, one.wanted) ? [{what: `probes from ${nameOf(one.wanted)}`, why: one.refused[1]}] : [],
	);
	return [...refused, ...plan.notes.map(why => ({what: plan.title, why}))];
}

function nowOf({clock, skewMs}: RunProbesOptions): number {
	return clock.now() + (skewMs?.() ?? 0);
}
