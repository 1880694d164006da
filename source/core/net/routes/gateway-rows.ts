import {fieldAt, listAt, numberAt, textAt} from '../../field.ts';
import type {KubeObject} from '../../kubernetes.ts';
import {type Tone, worse} from '../../tone.ts';
import {routeBackends, routeKinds} from '../entry-backends.ts';
import {conditionsOf} from '../gateway-conditions.ts';
import type {RouteFact, RouteType} from '../routes-model.ts';
import {refOf, titleOf} from '../trace/cluster-index.ts';
import {parentsOf} from '../trace/hosts.ts';
import {backendHealth, nothing, type RawRow, type RouteContext, tlsFact} from './raw-row.ts';

/** One row for each listener of every Gateway. */
export function gatewayRows(context: RouteContext): readonly RawRow[] {
	const {view} = context;
	return view.all('gateways.gateway.networking.k8s.io').flatMap(gateway => {
		const className = textAt(gateway, 'spec', 'gatewayClassName') ?? '';
		const gatewayClass = view.all('gatewayclasses.gateway.networking.k8s.io').find(({metadata}) => metadata.name === className);
		const addresses = listAt(gateway, 'status', 'addresses').flatMap(address => textAt(address, 'value') ?? []);
		const state = acceptance(conditionsOf(fieldAt(gateway, 'status')), 'Programmed');
		return listAt(gateway, 'spec', 'listeners').map((listener): RawRow => {
			const tls = listenerTls(context, gateway, listener);
			const name = textAt(listener, 'name') ?? '';
			const status = listAt(gateway, 'status', 'listeners').find(one => textAt(one, 'name') === name);
			const attached = numberAt(status, 'attachedRoutes');
			const controller = textAt(gatewayClass, 'spec', 'controllerName');
			return {
				id: `Gateway ${titleOf(gateway)} ${name}`,
				type: 'Gateway',
				ref: refOf(gateway),
				kind: 'gateways.gateway.networking.k8s.io',
				tone: worse(state.tone === 'text' ? 'ok' : state.tone, tls.fact.tone === 'text' || tls.fact.tone === 'muted' ? 'ok' : tls.fact.tone),
				title: titleOf(gateway),
				entry: `${textAt(listener, 'hostname') ?? '*'}:${numberAt(listener, 'port') ?? '?'} ${textAt(listener, 'protocol') ?? ''}`.trim(),
				backend: attached === undefined ? '-' : `${attached} ${attached === 1 ? 'route' : 'routes'}`,
				ready: state,
				tls: tls.fact,
				served: {text: className, tone: gatewayClass || view.readable('gatewayclasses.gateway.networking.k8s.io').state !== 'ready' ? 'text' : 'error'},
				details: [
					`class ${className}${controller === undefined ? '' : `, controller ${controller}`}`,
					addresses.length === 0 ? 'no address' : `address ${addresses.join(', ')}`,
					...(tls.detail === '' ? [] : [tls.detail]),
				],
				about: [],
				part: name,
			};
		});
	});
}

function listenerTls(context: RouteContext, gateway: KubeObject, listener: unknown): Readonly<{fact: RouteFact; detail: string}> {
	if (textAt(listener, 'tls', 'mode') === 'Passthrough')
		return {fact: {text: 'passthrough', tone: 'text'}, detail: 'TLS is passed through: the certificate is that of the backend'};
	const [reference] = listAt(listener, 'tls', 'certificateRefs');
	const secret = textAt(reference, 'name');
	if (secret === undefined) return {fact: nothing, detail: ''};
	const host = textAt(listener, 'hostname');
	const namespace = textAt(reference, 'namespace') ?? gateway.metadata.namespace ?? '';
	return tlsFact(context.tls(namespace, secret), {secret, hosts: host === undefined ? [] : [host], now: context.view.now});
}

/** What the controller says by its conditions; nothing yet is progressing. */
function acceptance(conditions: ReturnType<typeof conditionsOf>, last: 'Programmed' | 'ResolvedRefs'): RouteFact {
	const refused = conditions.find(({type, status}) => (type === 'Accepted' || type === last) && status === 'False');
	if (refused) return {text: refused.type === 'Accepted' ? 'refused' : last === 'Programmed' ? 'not programmed' : 'unresolved', tone: 'error'};
	const done = conditions.some(({type, status}) => type === 'Accepted' && status === 'True');
	return done ? {text: last === 'Programmed' ? 'programmed' : 'accepted', tone: 'ok'} : {text: 'waiting', tone: 'progressing'};
}

const types: ReadonlyArray<readonly [kind: string, type: RouteType]> = [
	[routeKinds[0], 'HTTPRoute'],
	[routeKinds[1], 'GRPCRoute'],
];

/** One row for each backend of every route, by what its parents say and how the backend is. */
export function routeRows(context: RouteContext): readonly RawRow[] {
	return routeBackends(context.view).map(({object, ref, title, namespace, service, port}): RawRow => {
		const [kind, type] = types.find(([, one]) => one === object.kind) ?? [routeKinds[0], 'HTTPRoute' as const];
		const parents = parentsOf(object);
		const states = listAt(object, 'status', 'parents').map(parent => acceptance(conditionsOf(parent), 'ResolvedRefs'));
		const state: RouteFact = states.find(({tone}) => tone === 'error') ?? states[0] ?? {text: 'waiting', tone: 'progressing'};
		const ready = backendHealth(context, namespace, service);
		const tone: Tone = worse(state.tone, ready.tone === 'muted' ? 'ok' : ready.tone);
		const own = namespace === ref.namespace ? '' : `${namespace}/`;
		return {
			id: `${type} ${titleOf(object)} ${title} ${service}`,
			type,
			ref,
			kind,
			tone,
			title: titleOf(object),
			entry: title,
			backend: `${own}${service}${port === undefined ? '' : `:${port}`}`,
			ready,
			tls: nothing,
			served: {text: `${parents[0]?.name ?? 'no parent'} ${state.text}`, tone: state.tone},
			details: parents.map(
				parent => `Gateway ${parent.namespace}/${parent.name}${parent.sectionName === undefined ? '' : `, listener ${parent.sectionName}`}: ${state.text}`,
			),
			about: [{kind: 'Service', namespace, name: service}, ...parents.map(parent => ({kind: 'Gateway', namespace: parent.namespace, name: parent.name}))],
			part: title,
		};
	});
}
