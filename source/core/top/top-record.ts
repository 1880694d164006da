import type {TopLevel} from './top-view.ts';
import type {UsageSource} from './usage.ts';

/** Amounts as numbers: CPU in millicores rounded up, memory in bytes. */
export type RecordAmounts = Readonly<{cpu?: number; memory?: number}>;

/** One line of `k8tui top`; what is missing is not known, and never zero. */
export type TopRecord = Readonly<{
	level: TopLevel;
	/** Of the node, pod, workload or namespace; the pod's for a container. */
	name: string;
	namespace?: string;
	container?: string;
	/** Of a workload. */
	kind?: string;
	/** Of a workload or namespace. */
	pods?: number;
	used: RecordAmounts;
	source?: UsageSource;
	/** Of the sample, ms since the epoch, server time. */
	at?: number;
	requests?: RecordAmounts;
	limits?: RecordAmounts;
	allocatable?: RecordAmounts;
	capacity?: RecordAmounts;
}>;
