import {type Judgement, judged, leaving, statusColumn} from '../core/judgement.ts';
import type {Item} from '../core/kubernetes.ts';
import {printedText} from '../core/printed.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name} from '../core/standard-columns.ts';
import {timestamp} from '../core/timestamp.ts';

function judgeNamespace(item: Item): Judgement {
	const word = printedText(item, 'Status');
	const gone = leaving(item);
	const since = timestamp(item.meta.deletionTimestamp);
	if (gone) return since === undefined ? gone : {...gone, since};
	return word === 'Active' ? {tone: 'ok', word} : {tone: 'unknown', word: word || 'Unknown'};
}

export const namespaces: ResourceKind = {
	apiVersion: 'v1',
	kind: 'Namespace',
	plural: 'namespaces',
	aliases: [],
	scope: 'cluster',
	mode: 'metadata',
	columns: [name, statusColumn(judgeNamespace), age, labels],
	sort: {by: 'name'},
	...judged(judgeNamespace),
	enter: 'namespace',
};
