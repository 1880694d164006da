import type {ClusterView} from '../check.ts';
import type {Judged} from '../diagnose/judge.ts';
import type {StreamState} from '../feed.ts';
import type {ProbeCell, ProbeSource} from './cell.ts';
import type {NetReport} from './net-report.ts';
import type {NetworkView} from './network-view.ts';
import type {ProbePlan, ProbeWay} from './probe/probe-plan.ts';
import type {Trace} from './trace/trace.ts';

/** The probes of a tab: not run yet, on their way, or run. Times are server time, ms. */
export type NetworkRun = Readonly<
	| {state: 'none'}
	| {state: 'running'; way: ProbeWay; done: number; total: number; startedAt: number}
	| {state: 'ended'; way: ProbeWay; at: number; tookMs: number; cancelled: boolean; leftBehind: readonly string[]}
>;

/** What the Network screen knows now. Each tab is drawn from this. */
export type NetworkModel = Readonly<{
	/** What is looked at, as the model has it. */
	asked: NetworkView;
	view: ClusterView;
	stream: StreamState;
	/** Kinds that are read, and observations beside them: what `N reads` counts. */
	reads: number;
	judged: Judged;
	/** The client pod, and those that would be asked from beside it. */
	client?: ProbeSource;
	/** Of the last run of this tab, also while it runs; newest run only. */
	cells: readonly ProbeCell[];
	run: NetworkRun;
	/** What a probe would send now. */
	plan?: ProbePlan;
	/** On the Path tab, where a destination was given. */
	trace?: Trace;
	/** Verdict, findings, steps: as `k8tui net` prints it. */
	report: NetReport;
}>;

/** Rows that are about the way itself; controls and facts about nodes alone say nothing about a path. */
const pathRows: ReadonlySet<string> = new Set(['R2', 'R11', 'R12']);

/** Why a probe of this tab would tell nothing; undefined where it would. */
export function nothingToProbe({asked, plan}: Pick<NetworkModel, 'asked' | 'plan'>): string | undefined {
	if (!plan) return asked.tab === 'path' ? 'Name a destination first: t' : 'There is nothing to probe on this tab';
	const isAbout = asked.tab !== 'path' || plan.questions.some(({row}) => pathRows.has(row));
	return plan.questions.length > 0 && isAbout ? undefined : (plan.notes.at(-1) ?? 'There is nothing to ask').replace(/\.$/, '');
}
