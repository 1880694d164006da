import {markdownCaption} from '../core/markdown.ts';
import {type ExitCode, type PrintJob, reportFailures, serverNow} from './print-job.ts';
import {markdownTable} from './print-markdown.ts';
import {readGroups} from './read-groups.ts';
import {rowFields} from './row-fields.ts';
import {type TypedTable, typedMode, typedTables} from './typed-table.ts';
import type {Wanted} from './wanted.ts';
import {jsonText} from './json-text.ts';

/** `-o jsonl` and `-o md`: the rows as the screen has them. */
export async function printRows(job: PrintJob, wanted: readonly Wanted[], signal: AbortSignal): Promise<ExitCode> {
	const {tables, failures} = await typedTables(job, await readGroups(job, wanted, typedMode(job), signal), signal);
	if (job.invocation.format === 'md') await writeMarkdown(job, tables, signal);
	else for (const table of tables) job.write(jsonLines(table));
	return reportFailures(job, failures);
}

function jsonLines({rows, plan, group, now}: TypedTable): string {
	return rows.map(row => `${jsonText(rowFields(row, plan.columns, group.type, now))}\n`).join('');
}

async function writeMarkdown(job: PrintJob, tables: readonly TypedTable[], signal: AbortSignal): Promise<void> {
	if (tables.length === 0) return;
	const {client, invocation} = job;
	const {name, demo} = client.context;
	job.write(markdownCaption({command: invocation.command, context: name, version: await client.version(signal), at: serverNow(job), demo}));
	for (const {group, plan, rows, now} of tables) {
		const title = tables.length > 1 ? `\n**${group.type.kind}**\n` : '';
		const withNamespace = invocation.selection.allNamespaces && group.type.namespaced;
		job.write(`${title}\n${rows.length === 0 ? 'No rows.\n' : markdownTable(plan.columns, rows, {withNamespace, now})}`);
	}
}
