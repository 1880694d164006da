import type {ClusterClient} from '../../core/cluster-client.ts';
import type {Clock} from '../../core/clock.ts';
import type {RawLine} from '../../core/logs/line-splitter.ts';
import type {LogQuestion} from '../../core/logs/log-question.ts';
import type {LogMark} from '../../core/logs/log-record.ts';
import type {LogSourceState} from '../../core/logs/logs-model.ts';
import type {ContainerRun} from '../../core/logs/pod-runs.ts';
import type {Problem} from '../../core/problem.ts';
import type {Bell} from './bell.ts';

/** `once`: to the end of what is there now. */
export type ReadMode = 'follow' | 'poll' | 'once';
export type MarkWords = Pick<LogMark, 'kind' | 'tone' | 'text' | 'at'> & Partial<Pick<LogMark, 'from' | 'to'>>;

/** What the reader of a container is told and where it delivers. */
export type ReaderHost = Readonly<{
	logs: ClusterClient['logs'];
	clock: Clock;
	/** Server time. */
	now(): number;
	random(): number;
	place: Readonly<{namespace: string; pod: string; container: string}>;
	/** The container as it was last seen; undefined: its pod is gone. */
	run(): ContainerRun | undefined;
	node(): string | undefined;
	/** Asks the server for the pod, so that `run` is not older than now. Never rejects. */
	refresh(): Promise<void>;
	/** Why there is no `run`. */
	goneHow(): 'deleted' | 'left';
	/** Rings when `run`, `mode` or the way to the server may be another. */
	changes: Bell;
	mode(): ReadMode;
	/** How much of this run's past is asked for where nothing of it was read yet. */
	past(restart: number): Pick<LogQuestion, 'tailLines' | 'sinceTime'>;
	/** Requests that are not followed wait for their turn. */
	turn(signal: AbortSignal): Promise<Disposable>;
	/** Reads that end by themselves are cut into requests of so many bytes: for more sources than there are connections. */
	chunkBytes?: number;
	/** `restart`: which run wrote them. The reader waits for it. */
	lines(lines: readonly RawLine[], restart: number): Promise<void> | void;
	mark(mark: MarkWords, restart: number): void;
	state(state: LogSourceState, problem?: Problem): void;
}>;
