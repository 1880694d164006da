import type {Random} from '../random.ts';
import type {ContainerRun} from './container-run.ts';
import type {LogEntry} from './log-line.ts';

/** A stretch of a run's time: what is said in it comes from a seed of its own, so that it is the same each time it is asked for. */
export type Bucket = Readonly<{run: ContainerRun; random: Random; startsAt: number /** To the millisecond, where that is known. */; runStartedAt: number}>;

/** How a program talks. */
export type LogProfile = Readonly<{
	/** The length of a bucket: about as long as it takes to say a few things. */
	bucketMs: number;
	/** How far back the log reaches before it is rotated away. */
	keptMs: number;
	/** What it says in one bucket; offsets from its beginning. */
	steady(bucket: Bucket): readonly LogEntry[];
	/** What it says when it starts; offsets from the start of the run. */
	opening?(run: ContainerRun, random: Random): readonly LogEntry[];
	/** Its last words, once it has ended; all of them at the end of the run. */
	closing?(run: ContainerRun, random: Random): readonly string[];
}>;

/** One line and the next at moments of chance in a bucket, in order. */
export function spread({random}: Bucket, bucketMs: number, counts: Readonly<{least: number; most: number}>): readonly number[] {
	const offsets = Array.from({length: random.integer(counts.least, counts.most)}, () => Math.floor(random.next() * bucketMs));
	return offsets.sort((one, other) => one - other);
}
