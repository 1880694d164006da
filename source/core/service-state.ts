import {endpointsOf} from './endpoints.ts';
import {type Judgement, leaving} from './judgement.ts';
import type {Item} from './kubernetes.ts';
import {printedText} from './printed.ts';
import type {CellContext} from './table.ts';
import {ageMs} from './timestamp.ts';

/** A load balancer takes its provider a while; after this it is late (screens.md 7, Service). */
const balancerMs = 2 * 60_000;

/** The state of a Service. Rules: screens.md 7, the gravest first; while EndpointSlices have not been read its endpoints are not judged. */
export function judgeService(item: Item, {beside, now}: CellContext): Judgement {
	const gone = leaving(item);
	if (gone) return gone;
	const type = printedText(item, 'Type');
	if (type === 'ExternalName') return {tone: 'muted', word: 'External name'};
	const selects = printedText(item, 'Selector') !== '';
	const endpoints = selects ? endpointsOf(beside, item.meta.namespace, item.meta.name) : undefined;
	if (endpoints && endpoints.total > 0 && endpoints.ready === 0) return {tone: 'error', word: 'None ready', why: `0/${endpoints.total} endpoints ready`};
	if (endpoints?.total === 0) return {tone: 'warning', word: 'Selects none', why: `selects no pods: ${printedText(item, 'Selector')}`};
	if (type === 'LoadBalancer' && printedText(item, 'External-IP') === '<pending>') {
		return ageMs(item, now) > balancerMs
			? {tone: 'warning', word: 'No address', why: 'no load balancer address for more than 2m'}
			: {tone: 'progressing', word: 'No address yet'};
	}
	if (!selects) return {tone: 'muted', word: 'No selector'};
	return endpoints ? {tone: 'ok', word: 'Ready'} : {tone: 'text', word: ''};
}
