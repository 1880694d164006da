import type {Ref} from './kubernetes.ts';

/** An expected failure, as a value: what failed, on which object, why, and what to do when we know it. */
export type Problem = Readonly<{
	code:
		| 'dns'
		| 'refused'
		| 'timeout'
		| 'tls'
		| 'proxy'
		| 'unauthorized'
		| 'forbidden'
		| 'not-found'
		| 'not-acceptable'
		| 'conflict'
		| 'invalid'
		| 'expired'
		| 'throttled'
		| 'server'
		| 'protocol'
		| 'policy'
		| 'config'
		| 'login'
		| 'cancelled'
		| 'bug';
	/** A sentence without a full stop: `Could not list pods in shop`. */
	what: string;
	object?: Ref;
	/** Why, in the reader's words: `connection refused by 127.0.0.1:6443`. */
	cause: string;
	/** What to do next, a whole sentence. */
	remedy?: string;
	/** What the server said, word for word. */
	serverMessage?: string;
	status?: number;
	/** Seconds the server asked to wait, as milliseconds. */
	retryAfterMs?: number;
}>;

/** Carries a Problem through a rejected promise: the only error kube/ throws on purpose. */
export class ProblemError extends Error {
	readonly problem: Problem;
	constructor(problem: Problem, options?: ErrorOptions) {
		super(`${problem.what}: ${problem.cause}`, options);
		this.name = 'ProblemError';
		this.problem = problem;
	}
}

/** `What failed: why.`; a cause in the server's own words may bring its full stop along. */
export function failureSentence({what, cause}: Pick<Problem, 'what' | 'cause'>): string {
	return `${what}: ${cause}${cause.endsWith('.') ? '' : '.'}`;
}

/** `What failed: why. What next.` – one line for a notice or stderr. */
export function describeProblem(problem: Problem): string {
	return `${failureSentence(problem)}${problem.remedy === undefined ? '' : ` ${problem.remedy}`}`;
}

/** The Problem in a caught value; whatever is not a ProblemError is a bug of ours. */
export function problemOf(error: unknown, what: string): Problem {
	if (error instanceof ProblemError) return error.problem;
	return {code: 'bug', what, cause: error instanceof Error ? error.message : String(error)};
}
