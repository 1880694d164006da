import {visibleControls, textTable} from '../core/text-table.ts';
import type {SortOrder} from '../core/table.ts';
import type {TopLevel} from '../core/top/top-view.ts';
import type {RecordAmounts, TopRecord} from '../core/top/top-record.ts';
import {jsonText} from './json-text.ts';

export type TopOutputOptions = Readonly<{
	level: TopLevel;
	format: 'text' | 'json';
	headers: boolean;
	allNamespaces: boolean;
	sort?: SortOrder;
	/** Server time, ms since the epoch. */
	now: number;
}>;

/** What kubectl prints for a value that it does not have. */
const unknown = '<unknown>';
const bytesPerMi = 1024 * 1024;

/** The records as text, byte for byte as `kubectl top` lays it out, or as one JSON array: the one place where they are written. */
export function topOutput(records: readonly TopRecord[], options: TopOutputOptions): string {
	const ordered = sorted(records, options);
	if (options.format === 'json')
		return `${jsonText(
			ordered.map(record => jsonRecord(record, options.now)),
			4,
		)}\n`;
	if (ordered.length === 0) return '';
	const rows = ordered.map(record => [...who(record, options), ...amounts(record)].map(visibleControls));
	// Every cell of kubectl's ends with a tab, the last one too.
	const lines = textTable([...(options.headers ? [titles(options)] : []), ...rows].map(cells => [...cells, '']));
	return `${lines.join('\n')}\n`;
}

function titles({level, allNamespaces}: TopOutputOptions): readonly string[] {
	const usage = ['CPU(cores)', 'MEMORY(bytes)'];
	switch (level) {
		case 'nodes':
			return ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'];
		case 'pods':
			return [...(allNamespaces ? ['NAMESPACE'] : []), 'NAME', ...usage];
		case 'containers':
			return [...(allNamespaces ? ['NAMESPACE'] : []), 'POD', 'NAME', ...usage];
		case 'workloads':
			return [...(allNamespaces ? ['NAMESPACE'] : []), 'KIND', 'NAME', 'PODS', ...usage];
		case 'namespaces':
			return ['NAME', 'PODS', ...usage];
	}
}

function who({level, namespace = '', name, container = '', kind = '', pods = 0}: TopRecord, {allNamespaces}: TopOutputOptions): readonly string[] {
	const where = allNamespaces ? [namespace] : [];
	switch (level) {
		case 'nodes':
			return [name];
		case 'pods':
			return [...where, name];
		case 'containers':
			return [...where, name, container];
		case 'workloads':
			return [...where, kind, name, String(pods)];
		case 'namespaces':
			return [name, String(pods)];
	}
}

function amounts({level, used, allocatable, at}: TopRecord): readonly string[] {
	const cpu = used.cpu === undefined ? unknown : `${used.cpu}m`;
	const memory = used.memory === undefined ? unknown : `${Math.floor(used.memory / bytesPerMi)}Mi`;
	if (level !== 'nodes') return [cpu, memory];
	// kubectl knows nothing of a node without a sample, and no share where it does not know the whole.
	if (at === undefined) return [unknown, unknown, unknown, unknown];
	return [cpu, percent(used.cpu, allocatable?.cpu), memory, percent((used.memory ?? Number.NaN) * 1000, (allocatable?.memory ?? Number.NaN) * 1000)];
}

/** Cut off, not rounded (kubectl pkg/metricsutil/metrics_printer.go). */
function percent(used: number | undefined, whole: number | undefined): string {
	const share = ((used ?? Number.NaN) / (whole ?? Number.NaN)) * 100;
	if (whole === 0) return '0%';
	return Number.isNaN(share) ? unknown : `${Math.trunc(share)}%`;
}

function jsonRecord(record: TopRecord, now: number): Readonly<Record<string, unknown>> {
	const {name, namespace, container, kind, pods, used, source, at, requests, limits, allocatable, capacity} = record;
	return {
		name,
		...(namespace === undefined ? {} : {namespace}),
		...(container === undefined ? {} : {container}),
		...(kind === undefined ? {} : {kind}),
		...(pods === undefined ? {} : {pods}),
		cpuMillicores: used.cpu ?? null,
		memoryBytes: used.memory ?? null,
		source: source ?? null,
		ageSeconds: at === undefined ? null : Math.max(0, Math.round((now - at) / 1000)),
		...jsonAmounts('requests', requests),
		...jsonAmounts('limits', limits),
		...jsonAmounts('allocatable', allocatable),
		...jsonAmounts('capacity', capacity),
	};
}

function jsonAmounts(field: string, amounts: RecordAmounts | undefined): Readonly<Record<string, unknown>> {
	return amounts === undefined ? {} : {[field]: {cpuMillicores: amounts.cpu ?? null, memoryBytes: amounts.memory ?? null}};
}

/** By namespace (where several are shown) and name as kubectl does; by use the largest first where it is asked for so, unknown last. */
function sorted(records: readonly TopRecord[], {sort, allNamespaces}: TopOutputOptions): readonly TopRecord[] {
	const text = (a = '', b = ''): number => (a === b ? 0 : a < b ? -1 : 1);
	const byName = (a: TopRecord, b: TopRecord): number =>
		(allNamespaces ? text(a.namespace, b.namespace) : 0) || text(a.name, b.name) || text(a.container, b.container) || text(a.kind, b.kind);
	const missing = (record: TopRecord): number => Number(record.level === 'nodes' && record.at === undefined);
	const sign = sort?.descending === true ? -1 : 1;
	const of = sort === undefined ? undefined : ({cpu: 'cpu', mem: 'memory', memory: 'memory'} as const)[sort.by as 'cpu' | 'mem' | 'memory'];
	return records.toSorted((a, b) => {
		const last = missing(a) - missing(b);
		if (last !== 0) return last;
		if (of === undefined) return sort?.by === 'name' ? sign * byName(a, b) : byName(a, b);
		const [left, right] = [a.used[of], b.used[of]];
		if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined) || byName(a, b);
		return sign * (left - right) || byName(a, b);
	});
}
