import type {Problem} from '../problem.ts';
import type {StreamState} from '../feed.ts';
import type {Tone} from '../tone.ts';
import type {EvictionThreshold} from './eviction.ts';
import type {MissingStep} from './missing-step.ts';
import type {FileSystemUse, VolumeUse} from './node-summary.ts';
import type {TopLevel} from './top-view.ts';
import type {UsageSource} from './usage.ts';

/** One resource of a row, in millicores or bytes. What is missing is unknown, or not set. */
export type Measure = Readonly<{
	used?: number;
	requested?: number;
	/** undefined: none of it, or not on every container. */
	limit?: number;
	/** What pods may use of a node. */
	allocatable?: number;
	capacity?: number;
}>;

/** What threatens a pod or a node, in a word: `97%` of its limit, `>req`, `OOM 3m`. */
export type Risk = Readonly<{tone: 'error' | 'warning'; text: string; since?: number}>;

export type TopRow = Readonly<{
	id: string;
	level: TopLevel;
	name: string;
	namespace?: string;
	/** The pod of a container, the kind of a workload. */
	of?: string;
	node?: string;
	tone: Tone;
	/** Of the sample: `none`, nobody measures it. */
	state: 'fresh' | 'stale' | 'pending' | 'none';
	cpu: Measure;
	memory: Measure;
	/** Pods of a node, workload or namespace, and how many of them have no sample. */
	pods?: number;
	unmeasured?: number;
	risk?: Risk;
	bestEffort?: boolean;
	/** Which of its containers does not start, and why: `app CrashLoopBackOff`. */
	trouble?: string;
	/** Restarts of its containers for want of memory that are known of. */
	ooms?: number;
	/** Under which its history is kept; groups have none. */
	history?: string;
}>;

/** What the page says of where the numbers come from. */
export type TopSource = Readonly<{
	source?: UsageSource;
	/** Of the newest sample. */
	at?: number;
	windowMs?: number;
	missing?: MissingStep;
	kubelet?: MissingStep;
	/** Pods were read in this namespace only. */
	only?: string;
	isAsked: boolean;
	/** Can requests, limits and names of pods be had? Without them rows are those of the samples alone. */
	pods: Readonly<{state: 'loading' | 'ready'; problem?: Problem}>;
	nodes: Readonly<{state: 'loading' | 'ready'; problem?: Problem}>;
}>;

/** The Top screen's data: rows in order, and what they add up to. */
export type TopModel = Readonly<{
	level: TopLevel;
	rows: readonly TopRow[];
	/** Of all nodes, at the level of nodes. */
	total?: Readonly<{cpu: Measure; memory: Measure; unmeasured: number}>;
	/** Pods without requests among those looked at. */
	bestEffort: number;
	/** Running pods without a sample. */
	unmeasured: number;
	from: TopSource;
	/** How fresh it is; undefined where nothing is measured. */
	stream?: StreamState;
}>;

/** More of the row under the cursor. */
export type TopDetail = Readonly<{
	row: TopRow;
	/** Oldest first, NaN where nothing was measured. */
	cpuHistory?: readonly number[];
	memoryHistory?: readonly number[];
	/** Of a node: when its kubelet evicts, and how much memory is left by its own count. */
	eviction?: EvictionThreshold & Readonly<{bytes?: number; available?: number}>;
	/** Of a node: its pods, in the order of the screen. */
	pods?: readonly TopRow[];
	fileSystem?: FileSystemUse;
	imageFileSystem?: FileSystemUse;
	/** Of a pod or container. */
	ephemeral?: number;
	volumes?: readonly VolumeUse[];
	/** Why volumes and file systems are not known. */
	kubelet?: MissingStep;
}>;
