import {ProblemError} from '../core/problem.ts';

/** A failure whose cause is what the files or the flags say, before anything was sent. */
export function configProblem(what: string, cause: string, remedy: string): ProblemError {
	return new ProblemError({code: 'config', what, cause, remedy});
}

/** A cluster or user entry that cannot be used; names the file to correct. */
export function brokenEntry(kind: 'cluster' | 'user', entry: Readonly<{name: string; source: string}>, cause: string): ProblemError {
	return configProblem(`Could not use the ${kind} ${entry.name}`, cause, `Correct its entry in ${entry.source}.`);
}
