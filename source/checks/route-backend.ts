import type {Check, ClusterView} from '../core/check.ts';
import {listAt, textAt} from '../core/field.ts';
import type {Finding, Remedy} from '../core/finding.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import {type EntryBackend, routeBackends, routeKinds} from '../core/net/entry-backends.ts';
import {fact, fault} from '../core/net/fault.ts';
import {conditionsOf, conditionSince, conditionText, isRefused} from '../core/net/gateway-conditions.ts';
import type {NetService} from '../core/net/net-objects.ts';
import {refOf, titleOf} from '../core/net/trace/cluster-index.ts';
import {nearNames} from '../core/net/trace/near-miss.ts';
import {portTitle} from '../core/net/trace/service-port.ts';

/** diagnosis.md 2.4, check 48: what the controller says, and what can be seen without it. */
export const routeBackend: Check = {
	ids: ['ROUTE_BACKEND_UNRESOLVED'],
	title: 'what routes lead to is there and may be led to',
	family: 'Gateway',
	reads: ['httproutes.gateway.networking.k8s.io', 'services'],
	graceMs: 30_000,
	*run(view) {
		const services = new Map(view.all<NetService>('services').map(service => [titleOf(service), service]));
		const told = new Set<KubeObject>();
		for (const backend of routeBackends(view)) {
			const service = services.get(`${backend.namespace}/${backend.service}`);
			const finding = !service ? noService(view, backend) : (noPort(backend, service) ?? noGrant(view, backend));
			if (!finding) continue;
			told.add(backend.object);
			yield finding;
		}
		for (const route of routeKinds.flatMap(kind => view.all(kind))) if (!told.has(route)) yield* unresolved(route);
	},
};

type Words = Readonly<{title: string; value: string; remedy: readonly Remedy[]}>;

function backendFinding({object, ref, title: entry, path}: EntryBackend, {title, value, remedy}: Words): Finding {
	return fault({
		id: 'ROUTE_BACKEND_UNRESOLVED',
		family: 'Gateway',
		severity: 'critical',
		confidence: 'proven',
		subject: ref,
		part: entry,
		title: `${object.kind} ${titleOf(object)}: ${entry} ${title}`,
		evidence: [fact(ref, path, value)],
		remedy,
	});
}

function noService(view: ClusterView, backend: EntryBackend): Finding {
	const {namespace, service} = backend;
	const names = view.all('services').map(({metadata}) => ({namespace: metadata.namespace ?? '', name: metadata.name}));
	const near = nearNames(service, namespace, names);
	return backendFinding(backend, {
		title: `leads to Service ${service}, which does not exist in ${namespace}${near.length === 0 ? '' : `; nearest: ${near.join(', ')}`}`,
		value: `${namespace}/${service}:${backend.port ?? ''}`,
		remedy: [{text: 'See which Services there are', command: `kubectl -n ${namespace} get services`, changes: false}],
	});
}

function noPort(backend: EntryBackend, {spec}: NetService): Finding | undefined {
	const ports = spec?.ports ?? [];
	if (backend.port === undefined || ports.some(({port}) => port === backend.port)) return undefined;
	return backendFinding(backend, {
		title: `leads to port ${backend.port} of Service ${backend.service}, which has ${ports.map(portTitle).join(', ') || 'no ports'}`,
		value: `${backend.namespace}/${backend.service}:${backend.port}`,
		remedy: [
			{
				text: 'See the ports of the Service',
				command: `kubectl -n ${backend.namespace} get service ${backend.service} -o jsonpath='{.spec.ports}'`,
				changes: false,
			},
		],
	});
}

/** A Service of another namespace has to be granted there. */
function noGrant(view: ClusterView, backend: EntryBackend): Finding | undefined {
	const own = backend.object.metadata.namespace;
	const kind = 'referencegrants.gateway.networking.k8s.io';
	if (backend.namespace === own || view.readable(kind).state !== 'ready') return undefined;
	const granted = view.all(kind).some(({metadata, ...grant}) => {
		const from = listAt(grant, 'spec', 'from').some(one => textAt(one, 'kind') === backend.object.kind && textAt(one, 'namespace') === own);
		const to = listAt(grant, 'spec', 'to').some(one => textAt(one, 'kind') === 'Service' && (textAt(one, 'name') ?? backend.service) === backend.service);
		return metadata.namespace === backend.namespace && from && to;
	});
	if (granted) return undefined;
	const grant = {
		apiVersion: 'gateway.networking.k8s.io/v1beta1',
		kind: 'ReferenceGrant',
		metadata: {name: `from-${own ?? ''}`, namespace: backend.namespace},
		spec: {from: [{group: 'gateway.networking.k8s.io', kind: backend.object.kind, namespace: own}], to: [{group: '', kind: 'Service', name: backend.service}]},
	};
	return backendFinding(backend, {
		title: `leads to Service ${backend.namespace}/${backend.service}, and no ReferenceGrant there lets ${own ?? ''} do so`,
		value: `${backend.namespace}/${backend.service}`,
		remedy: [{text: 'Grant it', command: `kubectl apply -f - <<< '${JSON.stringify(grant)}'`, changes: true}],
	});
}

/** What only the controller sees. */
function* unresolved(route: KubeObject): Iterable<Finding> {
	const ref = refOf(route);
	for (const parent of listAt(route, 'status', 'parents')) {
		const condition = conditionsOf(parent).find(one => one.type === 'ResolvedRefs' && isRefused(one, route.metadata.generation));
		if (!condition) continue;
		yield fault({
			id: 'ROUTE_BACKEND_UNRESOLVED',
			family: 'Gateway',
			severity: 'critical',
			confidence: 'proven',
			subject: ref,
			part: textAt(parent, 'parentRef', 'name') ?? '',
			title: `${route.kind} ${titleOf(route)}: what it leads to is not resolved: ${conditionText(condition)}`,
			...conditionSince(condition),
			evidence: [fact(ref, 'status.parents[].conditions[ResolvedRefs]', `False ${conditionText(condition)}`)],
			remedy: [{text: 'See its conditions', command: `kubectl -n ${ref.namespace ?? ''} get ${route.kind.toLowerCase()} ${ref.name} -o yaml`, changes: false}],
		});
	}
}
