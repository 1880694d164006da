import type {ClusterView} from '../../check.ts';
import type {Judged} from '../../diagnose/judge.ts';
import type {ProbeCell} from '../cell.ts';

/** What every report is made of that probes can add to: the cluster, what the checks said of it, and what the probes saw. */
export type ProbedQuestion = Readonly<{
	view: ClusterView;
	judged: Judged;
	cells: readonly ProbeCell[];
	probed: boolean;
	sources?: readonly string[];
	leftBehind?: readonly string[];
	/** Why the probes that were asked for could not be sent. */
	notSent?: string;
}>;
