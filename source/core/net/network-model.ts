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
