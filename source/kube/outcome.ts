import {type Problem, problemOf} from '../core/problem.ts';
import {reactionTo} from './reaction.ts';

/** How a round of list and watch ended, and so what the reflector does next. */
export type Outcome = Readonly<
	/** Only a new list mends it. `while`: was it the list or the watch that cannot go on? */
	| {next: 'relist'; while: 'listing' | 'watching'; problem: Problem}
	/** The list failed: wait, then list again. */
	| {next: 'retry'; problem: Problem}
	/** No watch for us: look again from time to time. */
	| {next: 'poll'}
	/** The server lets us list but not watch. */
	| {next: 'unwatchable'; problem: Problem}
	/** Nothing to be done but to ask again now and then. */
	| {next: 'stop'; state: 'denied' | 'login-needed' | 'gone'; problem: Problem}
	/** Too many for whole objects: the same list again, with metadata alone. */
	| {next: 'lighten'}
	| {next: 'end'}
>;

/** What a list that threw means. */
export function outcomeOfError(error: unknown, what: string): Outcome {
	const problem = problemOf(error, what);
	if (problem.code === 'expired') return {next: 'relist', while: 'listing', problem};
	const reaction = reactionTo(problem);
	if (reaction === 'denied' || reaction === 'login-needed' || reaction === 'gone') return {next: 'stop', state: reaction, problem};
	return {next: 'retry', problem};
}
