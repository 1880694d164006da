import {fieldAt, listAt, textAt} from '../../field.ts';
import type {KubeObject} from '../../kubernetes.ts';
import {fact} from '../fault.ts';
import {type ClusterIndex, refOf, titleOf} from './cluster-index.ts';
import {type DraftStep, traceFinding} from './draft.ts';
import {parentsOf, type RouteParent} from './hosts.ts';
import type {EntryResult} from './ingress-step.ts';

type Way = Readonly<{host?: string; path?: string}>;
type Condition = Readonly<{type: string; status: string; reason: string; message: string}>;

/** From a host and path to the Service behind a Gateway: the Gateway, the route's attachment, the rule, its first backend. */
export function gatewaySteps(route: KubeObject, way: Way, index: ClusterIndex): EntryResult {
	const [parent] = parentsOf(route);
	const gateway =
		parent &&
		index.view.all('gateways.gateway.networking.k8s.io').find(({metadata}) => metadata.name === parent.name && metadata.namespace === parent.namespace);
	const routed = routeStep(route, {parent, way});
	const name = way.host === undefined ? [] : [{title: 'DNS', state: 'unknown' as const, evidence: [`${way.host}: a name of outside is not looked up here`]}];
	const rule = chooseRule(route, way.path ?? '/');
	const [backend, ...others] = listAt(rule, 'backendRefs').filter(one => (textAt(one, 'kind') ?? 'Service') === 'Service' && fieldAt(one, 'weight') !== 0);
	const namespace = textAt(backend, 'namespace') ?? route.metadata.namespace ?? '';
	const service = backend === undefined ? undefined : index.service(namespace, textAt(backend, 'name') ?? '');
	const split = others.length === 0 ? [] : [`${others.length + 1} backends by weight; the first is followed`];
	const port = textAt(backend, 'port');
	const steps = [...name, gatewayStep(gateway, {parent, index}), {...routed, evidence: [...routed.evidence, ...split]}];
	if (service) return {steps, service, ...(port === undefined ? {} : {port})};
	return {steps: [...steps, backend === undefined ? noRule(route, way) : noBackend(route, {name: textAt(backend, 'name') ?? '', namespace, index})]};
}

/** Exact before the longest prefix before a regular expression; a rule without matches takes everything. */
function chooseRule(route: KubeObject, path: string): unknown {
	const rules = listAt(route, 'spec', 'rules').flatMap(rule => {
		const matches = listAt(rule, 'matches');
		const rank = matches.length === 0 ? 1 : Math.max(-1, ...matches.map(match => pathRank(match, path)));
		return rank < 0 ? [] : [{rule, rank}];
	});
	return rules.toSorted((a, b) => b.rank - a.rank)[0]?.rule;
}

function pathRank(match: unknown, path: string): number {
	const value = textAt(match, 'path', 'value') ?? '/';
	const type = textAt(match, 'path', 'type') ?? 'PathPrefix';
	if (type === 'Exact') return value === path ? 1_000_000 : -1;
	if (type === 'RegularExpression') return 0;
	const prefix = value.replace(/\/$/, '');
	return path === prefix || path.startsWith(`${prefix}/`) || prefix === '' ? 2 + prefix.length : -1;
}

function conditionsOf(value: unknown): readonly Condition[] {
	return listAt(value, 'conditions').map(one => ({
		type: textAt(one, 'type') ?? '',
		status: textAt(one, 'status') ?? '',
		reason: textAt(one, 'reason') ?? '',
		message: textAt(one, 'message') ?? '',
	}));
}

function refusal(conditions: readonly Condition[], types: readonly string[]): Condition | undefined {
	return conditions.find(({type, status}) => types.includes(type) && status === 'False');
}

function gatewayStep(gateway: KubeObject | undefined, {parent, index}: Readonly<{parent: RouteParent | undefined; index: ClusterIndex}>): DraftStep {
	if (!parent)
		return {title: 'Gateway', state: 'broken', evidence: ['the route names no Gateway'], outcome: 'refused-entry', symptom: 'nobody listens', findings: []};
	const title = `Gateway ${parent.namespace}/${parent.name}`;
	const subject = gateway ? refOf(gateway) : {apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', namespace: parent.namespace, name: parent.name};
	if (!gateway) {
		const state = index.readable('gateways.gateway.networking.k8s.io', parent.namespace);
		if (state !== 'ready' && state !== 'absent')
			return {title, state: 'unknown', evidence: ['Gateways may not be read'], notChecked: [{what: title, why: 'Gateways may not be read'}]};
	}
	const denied = gateway ? refusal(conditionsOf(fieldAt(gateway, 'status')), ['Accepted', 'Programmed']) : undefined;
	const listeners = listAt(gateway, 'spec', 'listeners').filter(one => parent.sectionName === undefined || textAt(one, 'name') === parent.sectionName);
	const passthrough = listeners.some(one => textAt(one, 'tls', 'mode') === 'Passthrough');
	const addresses = listAt(gateway, 'status', 'addresses').map(one => textAt(one, 'value') ?? '');
	const evidence = [
		`listeners ${listeners.map(one => `${textAt(one, 'name') ?? ''} ${textAt(one, 'protocol') ?? ''}:${textAt(one, 'port') ?? ''}`).join(', ') || 'none'}`,
		`address ${addresses.join(', ') || 'none yet'}`,
		...(passthrough ? ["TLS passes through: the certificate is the backend's"] : []),
	];
	if (gateway && !denied) return {title, state: 'ok', evidence, ref: subject};
	const why = gateway ? `${denied?.type ?? ''} is False: ${denied?.reason ?? ''} ${denied?.message ?? ''}`.trim() : 'it does not exist';
	return {
		title,
		state: 'broken',
		evidence: [why, ...evidence],
		ref: subject,
		outcome: 'refused-entry',
		symptom: 'a connection that nobody answers',
		findings: [
			traceFinding({
				id: 'GW_NOT_PROGRAMMED',
				confidence: 'proven',
				subject,
				title: `${title}: ${why}`,
				evidence: [fact(subject, 'status.conditions', why)],
				remedy: [{text: 'See what its controller says', command: `kubectl -n ${parent.namespace} describe gateway ${parent.name}`, changes: false}],
			}),
		],
	};
}

function routeStep(route: KubeObject, {parent, way}: Readonly<{parent: RouteParent | undefined; way: Way}>): DraftStep {
	const ref = refOf(route);
	const title = `${route.kind} ${titleOf(route)}`;
	const mine = listAt(route, 'status', 'parents').filter(one => textAt(one, 'parentRef', 'name') === parent?.name);
	const denied = refusal(mine.flatMap(conditionsOf), ['Accepted']);
	const unresolved = refusal(mine.flatMap(conditionsOf), ['ResolvedRefs']);
	const evidence = [`hostnames ${listAt(route, 'spec', 'hostnames').map(String).join(', ') || 'any'}  path ${way.path ?? '/'}`];
	const wrong = denied ?? unresolved;
	if (!wrong)
		return {
			title,
			state: mine.length === 0 ? 'warning' : 'ok',
			evidence: [...evidence, ...(mine.length === 0 ? ['no controller has said anything about it'] : [])],
			ref,
		};
	const why = `${wrong.type} is False: ${wrong.reason} ${wrong.message}`.trim();
	return {
		title,
		state: 'broken',
		evidence: [why, ...evidence],
		ref,
		outcome: 'refused-entry',
		symptom: denied ? '404 from the Gateway' : '500 from the Gateway',
		findings: [
			traceFinding({
				id: denied ? 'ROUTE_NOT_ATTACHED' : 'ROUTE_BACKEND_UNRESOLVED',
				confidence: 'proven',
				subject: ref,
				title: `${title}: ${why}`,
				evidence: [fact(ref, 'status.parents[*].conditions', why)],
				remedy: [
					{text: 'See what its controller says', command: `kubectl -n ${ref.namespace ?? ''} describe ${route.kind.toLowerCase()} ${ref.name}`, changes: false},
				],
			}),
		],
	};
}

function noRule(route: KubeObject, {path = '/'}: Way): DraftStep {
	return {
		title: 'Rule',
		state: 'broken',
		evidence: [`no rule of ${titleOf(route)} takes ${path}, or it has no backend`],
		ref: refOf(route),
		outcome: 'refused-entry',
		symptom: '404 from the Gateway',
		findings: [unresolved(route, `no rule takes ${path}`)],
	};
}

function noBackend(route: KubeObject, {name, namespace, index}: Readonly<{name: string; namespace: string; index: ClusterIndex}>): DraftStep {
	const state = index.readable('services', namespace);
	if (state !== 'ready')
		return {
			title: 'Backend',
			state: 'unknown',
			evidence: [`Service ${namespace}/${name} may not be read`],
			outcome: 'unknown',
			notChecked: [{what: `Service ${namespace}/${name}`, why: 'Services may not be read'}],
		};
	const why = `there is no Service ${namespace}/${name}`;
	return {
		title: 'Backend',
		state: 'broken',
		evidence: [why],
		ref: refOf(route),
		outcome: 'refused-entry',
		symptom: '500 from the Gateway',
		findings: [unresolved(route, why)],
	};
}

function unresolved(route: KubeObject, why: string) {
	const ref = refOf(route);
	return traceFinding({
		id: 'ROUTE_BACKEND_UNRESOLVED',
		confidence: 'proven',
		subject: ref,
		title: `${route.kind} ${titleOf(route)}: ${why}`,
		evidence: [fact(ref, 'spec.rules', why)],
		remedy: [
			{
				text: 'Compare its rules with what is there',
				command: `kubectl -n ${ref.namespace ?? ''} get ${route.kind.toLowerCase()} ${ref.name} -o yaml`,
				changes: false,
			},
		],
	});
}
