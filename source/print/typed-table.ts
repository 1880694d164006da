import {type CompareRows, compareRows} from '../core/order.ts';
import type {Item} from '../core/kubernetes.ts';
import {proposal} from '../core/proposal.ts';
import {projectRow} from '../core/project.ts';
import {matchRow} from '../core/query/match.ts';
import {parseQuery} from '../core/query/parse.ts';
import type {Query} from '../core/query/query.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import type {ResourceType} from '../core/resource-type.ts';
import {namespaceColumn} from '../core/standard-columns.ts';
import type {CellContext, Column, Row} from '../core/table.ts';
import type {CellMetrics} from '../core/top/cell-metrics.ts';
import type {ServerColumn} from '../core/feed.ts';
import {type Failure, type PrintJob, serverNow} from './print-job.ts';
import {readBeside} from './read-beside.ts';
import type {Group, Groups, ModeOf} from './read-groups.ts';
import {namespaceOf} from './wanted.ts';

/** How rows of one kind are made, chosen and ordered: what the screen would do with the same words. */
export type RowPlan = Readonly<{
	kind: ResourceKind;
	columns: readonly Column[];
	row(item: Item, context: CellContext): Row;
	matches(row: Row, now: number): boolean;
	/** undefined: the server's order. */
	compare?: CompareRows;
}>;
export type MadePlan = Readonly<{ok: true; plan: RowPlan}> | Readonly<{ok: false; refusal: string}>;

/** Plans the rows of a kind, or says why the filter or the column to sort by cannot be understood. */
export function planRows(job: PrintJob, type: ResourceType, serverColumns: readonly ServerColumn[]): MadePlan {
	const {selection} = job.invocation;
	const kind = job.catalogue.kindOf(type, serverColumns);
	const columns = selection.allNamespaces && type.namespaced ? [namespaceColumn, ...kind.columns] : kind.columns;
	const filter = parseFilter(selection.filter, columns);
	if ('refusal' in filter) return {ok: false, refusal: filter.refusal};
	const {sort} = selection;
	if (sort !== undefined && !sortable(columns).includes(sort.by)) {
		return {ok: false, refusal: `${type.plural} have no column ${sort.by}.${proposal(sort.by, sortable(columns))} They have ${sortable(columns).join(', ')}.`};
	}
	const {query} = filter;
	return {
		ok: true,
		plan: {
			kind,
			columns,
			row: (item, context) => projectRow(kind, columns, item, context),
			matches: (row, now) => query === undefined || matchRow(query, row, columns, now),
			...(sort === undefined ? {} : {compare: compareRows(sort, columns)}),
		},
	};
}

function parseFilter(text: string | undefined, columns: readonly Column[]): Readonly<{query?: Query}> | Readonly<{refusal: string}> {
	if (text === undefined || text.trim() === '') return {};
	const parsed = parseQuery(text, columns);
	if (!('error' in parsed)) return parsed.query === undefined ? {} : {query: parsed.query};
	const {error} = parsed;
	return {refusal: `--filter cannot be read at letter ${error.from + 1}: ${error.proposal ?? error.message}`};
}

function sortable(columns: readonly Column[]): readonly string[] {
	return [...new Set(['name', 'namespace', 'state', ...columns.map(column => column.id)])];
}

/** The rows of a kind, filtered and ordered; `items` stand in the same order. `now`: server time they were made at. */
export type TypedTable = Readonly<{plan: RowPlan; group: Group; rows: readonly Row[]; items: readonly Item[]; now: number}>;

/** Makes the rows of all that was read. A filter or order that one kind cannot follow is a failure of that kind. */
export async function typedTables(
	job: PrintJob,
	read: Groups,
	signal: AbortSignal,
): Promise<Readonly<{tables: readonly TypedTable[]; failures: readonly Failure[]}>> {
	const tables: TypedTable[] = [];
	const failures = [...read.failures];
	for (const group of read.groups) {
		const planned = planRows(job, group.type, group.columns);
		if (planned.ok) tables.push(await typedTable(job, group, planned.plan, signal));
		else failures.push({code: 2, sentence: planned.refusal});
	}
	return {tables, failures};
}

async function typedTable(job: PrintJob, group: Group, plan: RowPlan, signal: AbortSignal): Promise<TypedTable> {
	const beside = await readBeside(job, plan.kind, namespaceOf(group.type, job.invocation.selection, job.client.context.namespace), signal);
	const metrics = await readSamples(job, group.type, plan, signal);
	const now = serverNow(job);
	const context = {now, beside, ...(metrics === undefined ? {} : {metrics})};
	const made = group.items.map(item => ({item, row: plan.row(item, context)})).filter(({row}) => plan.matches(row, now));
	const {compare} = plan;
	if (compare !== undefined) made.sort((a, b) => compare(a.row, b.row));
	return {plan, group, rows: made.map(({row}) => row), items: made.map(({item}) => item), now};
}

/** Samples for the columns that show what is used. Where a filter or an order goes by them and they are not there, that is said. */
async function readSamples(job: PrintJob, type: ResourceType, {columns}: RowPlan, signal: AbortSignal): Promise<CellMetrics | undefined> {
	const {selection} = job.invocation;
	if (type.group !== '' || (type.plural !== 'nodes' && type.plural !== 'pods')) return undefined;
	const words = `${selection.filter ?? ''} ${selection.sort?.by ?? ''}`.toLowerCase();
	const amounts = columns.some(({id, sampled}) => sampled === 'amounts' && words.includes(id)) || /(?:cpu|mem)%(?:req|lim)/.test(words);
	const namespace = namespaceOf(type, selection, job.client.context.namespace);
	const metrics = await job.metrics?.({kind: type.plural, amounts, ...(namespace === undefined ? {} : {namespace})}, signal);
	const missing = metrics?.reading.missing[type.plural];
	if (missing !== undefined && /\b(?:cpu|mem)/.test(words)) job.warn(`${missing.text} ${missing.remedy}`);
	return metrics;
}

/** Whole objects where the columns of a kind need them. */
export function typedMode(job: PrintJob): ModeOf {
	return type => job.catalogue.kindOf(type, []).mode;
}
