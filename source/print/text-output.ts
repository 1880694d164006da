import {type ExitCode, type PrintJob, reportFailures, serverNow} from './print-job.ts';
import {kubectlText, nothingFound} from './print-text.ts';
import {type Group, type Groups, readGroups} from './read-groups.ts';
import {typedMode, typedTables} from './typed-table.ts';
import type {Wanted} from './wanted.ts';

/** `-o text` and `-o wide`: the server's cells as kubectl prints them; --filter and --sort mean the columns of the screen. */
export async function printText(job: PrintJob, wanted: readonly Wanted[], signal: AbortSignal): Promise<ExitCode> {
	const {selection, format, headers} = job.invocation;
	const isWhole = selection.filter === undefined && selection.sort === undefined;
	const read = await readGroups(job, wanted, isWhole ? () => 'metadata' : typedMode(job), signal);
	const chosen = isWhole ? read : await choose(job, read, signal);
	const text = kubectlText(chosen.groups, {wide: format === 'wide', headers, allNamespaces: selection.allNamespaces, now: serverNow(job)});
	job.write(text);
	if (text === '' && chosen.failures.length === 0) job.warn(emptySentence(job, read.groups));
	return reportFailures(job, chosen.failures);
}

/** The same groups with the rows that the filter leaves, in the order asked for. */
async function choose(job: PrintJob, read: Groups, signal: AbortSignal): Promise<Groups> {
	const {tables, failures} = await typedTables(job, read, signal);
	return {groups: tables.map(table => ({...table.group, items: table.items})), failures};
}

function emptySentence(job: PrintJob, groups: readonly Group[]): string {
	const {selection} = job.invocation;
	const count = groups.reduce((sum, group) => sum + group.items.length, 0);
	if (count === 0) return nothingFound(groups, selection.allNamespaces, job.client.context.namespace);
	return `None of ${count} ${count === 1 ? 'object' : 'objects'} matches the filter ${selection.filter}.`;
}
