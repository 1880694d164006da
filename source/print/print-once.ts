import {never} from '../core/never.ts';
import {problemOf} from '../core/problem.ts';
import {printObjects} from './object-output.ts';
import {type ExitCode, failureOf, type PrintJob, reportFailures} from './print-job.ts';
import {printRows} from './row-output.ts';
import {printText} from './text-output.ts';
import {findWanted} from './wanted.ts';
import {watchLines} from './watch-lines.ts';

/**
 * Prints what the command line asks for: once, or with --watch every change until the signal. Never rejects: what fails
 * is a sentence on stderr and the exit code.
 */
export async function printOnce(job: PrintJob, signal: AbortSignal): Promise<ExitCode> {
	try {
		return await print(job, signal);
	} catch (error) {
		if (signal.aborted) return 0;
		return reportFailures(job, [failureOf(problemOf(error, 'Could not print'))]);
	}
}

async function print(job: PrintJob, signal: AbortSignal): Promise<ExitCode> {
	const found = findWanted(job.invocation.selection, job.catalogue);
	if (!found.ok) return reportFailures(job, [{code: 2, sentence: found.refusal}]);
	const {format, watch} = job.invocation;
	if (watch) return watchLines(job, found.wanted, signal);
	switch (format) {
		case 'text':
		case 'wide':
			return printText(job, found.wanted, signal);
		case 'json':
		case 'yaml':
			return printObjects(job, found.wanted, signal);
		case 'jsonl':
		case 'md':
			return printRows(job, found.wanted, signal);
		default:
			return never(format);
	}
}
