import {type Judgement, judged, leaving} from '../core/judgement.ts';
import type {Item} from '../core/kubernetes.ts';
import {printedText} from '../core/printed.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, server} from '../core/standard-columns.ts';

/** The server prints `True`, or `False` with its reason. A group that does not answer is missing from the whole cluster. */
function judgeApiService(item: Item): Judgement {
	const word = printedText(item, 'Available');
	const gone = leaving(item);
	if (gone) return gone;
	if (word === 'True') return {tone: 'ok', word};
	return word.startsWith('False') ? {tone: 'error', word, why: `not available: ${/\((.+)\)/.exec(word)?.[1] ?? 'False'}`} : {tone: 'unknown', word};
}

export const apiServices: ResourceKind = {
	apiVersion: 'apiregistration.k8s.io/v1',
	kind: 'APIService',
	plural: 'apiservices',
	aliases: [],
	scope: 'cluster',
	mode: 'metadata',
	family: 'control-plane',
	columns: [name, server('Service', {priority: 2}), server('Available', {priority: 1}), age, labels],
	sort: {by: 'name'},
	...judged(judgeApiService),
	tonedColumn: 'available',
};
