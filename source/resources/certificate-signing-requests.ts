import {type Judgement, judged, leaving, statusColumn} from '../core/judgement.ts';
import type {Item} from '../core/kubernetes.ts';
import {printedText} from '../core/printed.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, server} from '../core/standard-columns.ts';

/** The server prints all conditions: `Pending`, `Approved,Issued`, `Denied`, `Approved,Failed`. */
function judgeRequest(item: Item): Judgement {
	const word = printedText(item, 'Condition');
	const gone = leaving(item);
	if (gone) return gone;
	if (/Denied|Failed/.test(word)) return {tone: 'error', word, why: `certificate request ${word.toLowerCase()}`};
	if (word.includes('Issued')) return {tone: 'muted', word};
	return word === 'Pending' || word === 'Approved' ? {tone: 'progressing', word} : {tone: 'unknown', word: word || 'Unknown'};
}

export const certificateSigningRequests: ResourceKind = {
	apiVersion: 'certificates.k8s.io/v1',
	kind: 'CertificateSigningRequest',
	plural: 'certificatesigningrequests',
	aliases: [],
	scope: 'cluster',
	mode: 'metadata',
	columns: [
		name,
		age,
		server('SignerName', {priority: 3}),
		server('Requestor', {priority: 2}),
		server('RequestedDuration', {priority: 5}),
		{...statusColumn(judgeRequest), title: 'CONDITION'},
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeRequest),
};
