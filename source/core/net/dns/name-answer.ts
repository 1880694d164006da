import type {ClusterView} from '../../check.ts';
import {nearest} from '../../nearest.ts';
import type {NetService, NetSlice, SliceEndpoint} from '../net-objects.ts';
import {serviceNameLabel} from '../../endpoints.ts';
import {addressesOf} from './dns-cluster.ts';

/** What CoreDNS's kubernetes plugin will answer for an A question, by the objects. `outside`: not a name of the cluster; the upstream decides. */
export type NameAnswer = Readonly<{
	rcode: 'NOERROR' | 'NODATA' | 'NXDOMAIN' | 'outside' | 'unknown';
	values: readonly string[];
	/** Part of a sentence: `Service shop/pg, headless: 3 ready endpoints`. */
	why: string;
	/** Names that exist and are near, where this one does not. */
	near: readonly string[];
}>;

/** The answer for a full name (with or without its final dot). Rules: coredns plugin/kubernetes and the DNS specification of kubernetes/dns. */
export function predictAnswer(view: ClusterView, name: string): NameAnswer {
	const bare = name.toLowerCase().replace(/\.$/, '');
	const domain = view.clusterDomain.toLowerCase();
	if (bare === domain) return plainAnswer('NODATA', 'the cluster domain itself');
	if (!bare.endsWith(`.${domain}`)) return plainAnswer('outside', 'no name of the cluster: the upstream answers');
	const readable = ['services', 'endpointslices.discovery.k8s.io'].find(kind => !['ready', 'absent'].includes(view.readable(kind).state));
	if (readable !== undefined) return plainAnswer('unknown', `${readable} could not be read`);
	const labels = bare.slice(0, -domain.length - 1).split('.');
	const kind = labels.at(-1);
	if (kind === 'svc') return serviceAnswer(view, labels.slice(0, -1));
	if (kind === 'pod') return podAnswer(view, labels.slice(0, -1));
	return plainAnswer('NXDOMAIN', `names of the cluster end in svc.${domain} or pod.${domain}`);
}

function plainAnswer(rcode: NameAnswer['rcode'], why: string, values: readonly string[] = [], near: readonly string[] = []): NameAnswer {
	return {rcode, values, why, near};
}

function serviceAnswer(view: ClusterView, labels: readonly string[]): NameAnswer {
	const [namespace, service, ...before] = labels.toReversed();
	if (namespace === undefined) return plainAnswer('NODATA', 'the zone of all Services');
	const namespaces = namespacesOf(view);
	if (!namespaces.has(namespace)) {
		const near = nearest(namespace, namespaces);
		const same = service === undefined ? [] : namedAs(view, service, namespace);
		return plainAnswer(
			'NXDOMAIN',
			`there is no namespace ${namespace}`,
			[],
			[...(near !== undefined && service !== undefined ? withService(view, service, near) : []), ...same],
		);
	}
	if (service === undefined) return plainAnswer('NODATA', `namespace ${namespace} exists`);
	const found = view.all<NetService>('services').find(({metadata}) => metadata.namespace === namespace && metadata.name === service);
	if (!found) return plainAnswer('NXDOMAIN', `Service ${namespace}/${service} does not exist`, [], nearServices(view, service, namespace));
	if (before.length > 0) return belowService(view, found, before.toReversed());
	return ofService(view, found);
}

function ofService(view: ClusterView, service: NetService): NameAnswer {
	const {namespace, name} = service.metadata;
	const title = `Service ${namespace}/${name}`;
	if (service.spec?.type === 'ExternalName') return plainAnswer('NOERROR', `${title} is an ExternalName`, [`CNAME ${service.spec.externalName ?? ''}`]);
	const ips = addressesOf(service).filter(ip => !ip.includes(':'));
	if (ips.length > 0) return plainAnswer('NOERROR', title, ips);
	if (addressesOf(service).length > 0) return plainAnswer('NODATA', `${title} has IPv6 addresses only`);
	const endpoints = publishedEndpoints(view, service)
		.flatMap(({addresses = []}) => addresses)
		.filter(ip => !ip.includes(':'));
	const count = `${endpoints.length} ${service.spec?.publishNotReadyAddresses === true ? 'endpoints, ready or not' : 'ready endpoints'}`;
	if (endpoints.length > 0) return plainAnswer('NOERROR', `${title}, headless: ${count}`, endpoints);
	// CoreDNS has no record to give for a headless Service without addresses.
	return plainAnswer('NXDOMAIN', `${title} is headless and has no ready endpoint`);
}

/** `web-0.db.shop.svc` (an endpoint's hostname), `_http._tcp.web.shop.svc` (SRV only). */
function belowService(view: ClusterView, service: NetService, before: readonly string[]): NameAnswer {
	const title = `Service ${service.metadata.namespace}/${service.metadata.name}`;
	if (before[0]?.startsWith('_')) return plainAnswer('NODATA', `${before.join('.')} is a name for SRV questions`);
	const [host = ''] = before;
	if (before.length > 1) return plainAnswer('NXDOMAIN', `nothing stands that deep below ${title}`);
	if (addressesOf(service).length > 0) return plainAnswer('NXDOMAIN', `${title} is not headless: its endpoints have no names`);
	const endpoint = publishedEndpoints(view, service).filter(one => (one.hostname ?? dashed(one.addresses?.[0] ?? '')) === host);
	const values = endpoint.flatMap(({addresses = []}) => addresses);
	return values.length > 0
		? plainAnswer('NOERROR', `endpoint ${host} of ${title}`, values)
		: plainAnswer('NXDOMAIN', `${title} has no ready endpoint named ${host}`);
}

function podAnswer(view: ClusterView, labels: readonly string[]): NameAnswer {
	const [namespace, address, ...more] = labels.toReversed();
	if (namespace === undefined || address === undefined) return plainAnswer('NODATA', 'the zone of pods');
	if (!namespacesOf(view).has(namespace)) return plainAnswer('NXDOMAIN', `there is no namespace ${namespace}`);
	const ip = address.includes('--') || address.split('-').length > 4 ? address.replaceAll('-', ':') : address.replaceAll('-', '.');
	const isAddress = more.length === 0 && /^(?:\d{1,3}\.){3}\d{1,3}$/.test(ip);
	// `pods insecure` answers from the name alone, without looking for the pod.
	return isAddress ? plainAnswer('NOERROR', 'pods insecure answers any address', [ip]) : plainAnswer('NXDOMAIN', `${address} is no address with dashes`);
}

/** Endpoints that DNS names: ready ones, all where publishNotReadyAddresses is set. */
function publishedEndpoints(view: ClusterView, service: NetService): readonly SliceEndpoint[] {
	return view
		.all<NetSlice>('endpointslices.discovery.k8s.io')
		.filter(({metadata}) => metadata.namespace === service.metadata.namespace && metadata.labels?.[serviceNameLabel] === service.metadata.name)
		.flatMap(({endpoints}) => endpoints ?? [])
		.filter(({conditions}) => conditions?.ready !== false || service.spec?.publishNotReadyAddresses === true);
}

function dashed(address: string): string {
	return address.replace(/[.:]/g, '-');
}

/** Namespaces by their objects; where those may not be read, those that have a Service. */
function namespacesOf(view: ClusterView): ReadonlySet<string> {
	const listed = view.readable('namespaces').state === 'ready' ? view.all('namespaces').map(({metadata}) => metadata.name) : [];
	return new Set([...listed, ...view.all('services').flatMap(({metadata}) => (metadata.namespace === undefined ? [] : [metadata.namespace]))]);
}

/** Services that the name may have meant: the same name elsewhere, a near one in the namespace. */
function nearServices(view: ClusterView, service: string, namespace: string): readonly string[] {
	const inside = view
		.all('services')
		.filter(({metadata}) => metadata.namespace === namespace)
		.map(({metadata}) => metadata.name);
	const near = nearest(service, inside);
	return [...(near === undefined ? [] : [`${near}.${namespace}`]), ...namedAs(view, service, namespace)];
}

function namedAs(view: ClusterView, service: string, except: string): readonly string[] {
	const found = view.all('services').filter(({metadata}) => metadata.name === service && metadata.namespace !== except);
	return found.slice(0, 3).map(({metadata}) => `${metadata.name}.${metadata.namespace}`);
}

function withService(view: ClusterView, service: string, namespace: string): readonly string[] {
	return view.all('services').some(({metadata}) => metadata.namespace === namespace && metadata.name === service) ? [`${service}.${namespace}`] : [];
}
