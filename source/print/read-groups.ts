import type {ServerColumn} from '../core/feed.ts';
import type {Item} from '../core/kubernetes.ts';
import {problemOf} from '../core/problem.ts';
import {qualifiedName, type ResourceType} from '../core/resource-type.ts';
import type {TableAnswer} from '../core/cluster-client.ts';
import {type Failure, failureOf, type PrintJob} from './print-job.ts';
import {missingSentence, namespaceOf, type Wanted} from './wanted.ts';
import {sideBySide} from './side-by-side.ts';

/** What was read of one kind, in the server's order; several objects named one after the other are one group. */
export type Group = Readonly<{type: ResourceType; columns: readonly ServerColumn[]; items: readonly Item[]}>;
export type Groups = Readonly<{groups: readonly Group[]; failures: readonly Failure[]}>;

type Answer = Readonly<{wanted: Wanted; table: TableAnswer}> | Readonly<{failure: Failure}>;

/** As many requests as other one-shot tools keep open; API Priority and Fairness queues more than that anyway. */
const requestsAtOnce = 8;

/** Reads the Tables of everything wanted. What fails is told beside what was read. */
export async function readGroups(job: PrintJob, wanted: readonly Wanted[], mode: ModeOf, signal: AbortSignal): Promise<Groups> {
	const answers = await sideBySide(wanted, requestsAtOnce, one => readTable(job, one, mode(one.type), signal));
	const groups: Group[] = [];
	for (const answer of answers) {
		if ('failure' in answer) continue;
		const {type} = answer.wanted;
		const last = groups.at(-1);
		if (last?.type === type) groups[groups.length - 1] = {...last, items: [...last.items, ...answer.table.items]};
		else groups.push({type, ...answer.table});
	}
	return {groups, failures: answers.flatMap(answer => ('failure' in answer ? [answer.failure] : []))};
}

/** Whole objects or metadata: what the columns of a kind need. */
export type ModeOf = (type: ResourceType) => 'metadata' | 'object';

async function readTable(job: PrintJob, wanted: Wanted, mode: 'metadata' | 'object', signal: AbortSignal): Promise<Answer> {
	const {selection} = job.invocation;
	const namespace = namespaceOf(wanted.type, selection, job.client.context.namespace);
	try {
		const options = {
			mode,
			...(namespace === undefined ? {} : {namespace}),
			...(wanted.name === undefined ? {} : {name: wanted.name}),
			...(selection.labelSelector === undefined ? {} : {labelSelector: selection.labelSelector}),
			...(selection.fieldSelector === undefined ? {} : {fieldSelector: selection.fieldSelector}),
		};
		return {wanted, table: await job.client.table(wanted.type, options, signal)};
	} catch (error) {
		return {failure: readFailure(error, wanted, namespace)};
	}
}

/** A named object that is not there is told apart from everything else that can go wrong. */
export function readFailure(error: unknown, wanted: Wanted, namespace: string | undefined): Failure {
	const problem = problemOf(error, `Could not read ${qualifiedName(wanted.type)}`);
	if (wanted.name !== undefined && problem.code === 'not-found') return {code: 1, sentence: missingSentence(wanted, namespace)};
	return failureOf(problem);
}
