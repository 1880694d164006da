import {type Backend, emptyBackend, missingBackend} from './backend-state.ts';
import {type Condition, conditionIs, conditionOf} from './conditions.ts';
import type {Gateway, HttpRoute} from './gateway.ts';
import {type Judgement, leaving} from './judgement.ts';
import type {Item} from './kubernetes.ts';
import {printedText} from './printed.ts';
import type {CellContext} from './table.ts';
import {ageMs} from './timestamp.ts';

/** An address takes a load balancer a while; after this it is late (screens.md 7, Ingress, Gateway, routes). */
export const addressMs = 2 * 60_000;

/** No address yet, or none for too long; undefined when there is one. */
export function awaitingAddress(item: Item, address: string, now: number): Judgement | undefined {
	if (address !== '') return undefined;
	return ageMs(item, now) > addressMs
		? {tone: 'warning', word: 'No address', why: 'no address for more than 2m'}
		: {tone: 'progressing', word: 'No address yet'};
}

/** The state of a Gateway. Rules: screens.md 7; its controller says whether listeners' TLS Secrets exist (ResolvedRefs). */
export function judgeGateway(item: Item<Gateway>, context: CellContext): Judgement {
	const {spec, status} = item.object ?? {};
	const refused = refusal(status?.conditions) ?? status?.listeners?.map(({conditions}) => refusal(conditions)).find(found => found !== undefined);
	if (refused) return refused;
	const gone = leaving(item);
	if (gone) return gone;
	const {beside} = context;
	const className = spec?.gatewayClassName ?? printedText(item, 'Class');
	if (beside.ready('gatewayclasses') && !beside.find('gatewayclasses', undefined, className)) {
		return {tone: 'unknown', word: 'Unknown class', why: `there is no GatewayClass ${className}`};
	}
	const address = status?.addresses?.[0]?.value ?? printedText(item, 'Address');
	const waiting = awaitingAddress(item, address, context.now);
	if (waiting) return waiting;
	return conditionIs(status?.conditions, 'Programmed', 'True') ? {tone: 'ok', word: 'Programmed'} : {tone: 'progressing', word: 'Not programmed yet'};
}

/** The state of an HTTPRoute. Rules: screens.md 7; judged for each Gateway it hangs on, the gravest counts. */
export function judgeRoute(item: Item<HttpRoute>, context: CellContext): Judgement {
	const parents = item.object?.status?.parents ?? [];
	const refused = parents.map(({conditions}) => refusal(conditions)).find(found => found !== undefined);
	const backends = backendsOf(item);
	const missing = refused ?? missingBackend(backends, context.beside);
	if (missing) return missing;
	const gone = leaving(item);
	if (gone) return gone;
	const empty = emptyBackend(backends, context.beside);
	if (empty) return empty;
	if (parents.some(({conditions}) => conditionIs(conditions, 'Accepted', 'True'))) return {tone: 'ok', word: 'Accepted'};
	if (ageMs(item, context.now) <= addressMs) return {tone: 'progressing', word: 'Not accepted yet'};
	return {tone: 'unknown', word: 'No controller', why: 'no Gateway controller has looked at it'};
}

/** What a controller says is wrong: not accepted, or something it refers to is missing. */
function refusal(conditions: readonly Condition[] | undefined): Judgement | undefined {
	const accepted = conditionOf(conditions, 'Accepted');
	if (accepted?.status === 'False') return {tone: 'error', word: 'Not accepted', why: accepted.message || accepted.reason || 'Not accepted'};
	const resolved = conditionOf(conditions, 'ResolvedRefs');
	if (resolved?.status !== 'False') return undefined;
	return {tone: 'error', word: resolved.reason || 'Unresolved', why: resolved.message || 'something it refers to is missing'};
}

/** Backends that are Services; others are their controller's business. */
function backendsOf(item: Item<HttpRoute>): readonly Backend[] {
	const refs = (item.object?.spec?.rules ?? []).flatMap(({backendRefs}) => backendRefs ?? []);
	return refs
		.filter(({group, kind}) => !group && (kind === undefined || kind === 'Service'))
		.map(({name, namespace}) => ({namespace: namespace ?? item.meta.namespace, service: name}));
}
