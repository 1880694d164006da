import type {Catalogue} from '../core/catalogue.ts';
import type {PrintInvocation} from '../core/invocation.ts';
import {describeProblem, type Problem} from '../core/problem.ts';
import type {CellMetrics} from '../core/top/cell-metrics.ts';
import type {PrintClient} from './print-client.ts';

/** One command line to be printed, with all it needs. */
export type PrintJob = Readonly<{
	client: PrintClient;
	catalogue: Catalogue;
	invocation: PrintInvocation;
	/** To stdout, as it is. */
	write(text: string): void;
	/** A sentence to stderr; the line break is added. */
	warn(sentence: string): void;
	/** Local time, ms since the epoch. */
	now(): number;
	/** What nodes or pods use, read once, for the columns that show it. */
	metrics?(question: Readonly<{kind: 'nodes' | 'pods'; namespace?: string; amounts: boolean}>, signal: AbortSignal): Promise<CellMetrics>;
}>;

/** 0: printed. 1: a named object does not exist. 2: something failed. */
export type ExitCode = 0 | 1 | 2;

/** What went wrong with one kind or object; the others are printed all the same. */
export type Failure = Readonly<{code: 1 | 2; sentence: string}>;

/** Server time, ms since the epoch. */
export function serverNow(job: Pick<PrintJob, 'client' | 'now'>): number {
	return job.now() + job.client.skewMs();
}

export function failureOf(problem: Problem): Failure {
	return {code: 2, sentence: describeProblem(problem)};
}

/** Says every failure once on stderr; the exit code is the gravest. */
export function reportFailures(job: PrintJob, failures: readonly Failure[]): ExitCode {
	for (const sentence of new Set(failures.map(failure => failure.sentence))) job.warn(sentence);
	return failures.reduce<ExitCode>((code, failure) => (code === 2 ? code : failure.code), 0);
}
