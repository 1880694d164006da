import {type Judgement, judged, leaving, statusColumn} from '../core/judgement.ts';
import type {Item} from '../core/kubernetes.ts';
import {judgePod} from '../core/pod-state.ts';
import {printedText} from '../core/printed.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name} from '../core/standard-columns.ts';
import type {CellContext, Column} from '../core/table.ts';
import {timestamp} from '../core/timestamp.ts';

function judgeNamespace(item: Item): Judgement {
	const word = printedText(item, 'Status');
	const gone = leaving(item);
	const since = timestamp(item.meta.deletionTimestamp);
	if (gone) return since === undefined ? gone : {...gone, since};
	return word === 'Active' ? {tone: 'ok', word} : {tone: 'unknown', word: word || 'Unknown'};
}

/** Pods of the namespace, and how many of them are not well; `-` until all pods are read. */
function podCount(id: string, title: string, counts: (pod: Item, context: CellContext) => boolean): Column {
	return {
		id,
		title,
		align: 'end',
		priority: 4,
		cell(item, context) {
			if (!context.beside.ready('pods')) return {type: 'number', unit: 'count'};
			const value = context.beside.list('pods', item.meta.name).reduce((sum, pod) => sum + Number(counts(pod, context)), 0);
			return {type: 'number', value, unit: 'count', ...(id === 'faulty' && value > 0 ? {tone: 'warning'} : {})};
		},
	};
}

const isFaulty = (pod: Item, context: CellContext): boolean => ['error', 'warning', 'unknown'].includes(judgePod(pod, context).tone);

export const namespaces: ResourceKind = {
	apiVersion: 'v1',
	kind: 'Namespace',
	plural: 'namespaces',
	aliases: [],
	scope: 'cluster',
	mode: 'metadata',
	beside: ['pods'],
	columns: [name, statusColumn(judgeNamespace), podCount('pods', 'PODS', () => true), podCount('faulty', 'NOT WELL', isFaulty), age, labels],
	sort: {by: 'name'},
	...judged(judgeNamespace),
	enter: 'namespace',
};
