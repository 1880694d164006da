import {listAt, textAt} from '../../field.ts';
import type {KubeObject, Ref} from '../../kubernetes.ts';
import {parseIp} from '../policy/ip-address.ts';
import type {NetIngress, NetNode, NetPod, NetService} from '../net-objects.ts';
import {type ClusterIndex, podAddresses, serviceAddresses} from './cluster-index.ts';
import type {Destination} from './destination.ts';
import {ingressOfHost, routesOfHost} from './hosts.ts';
import {declaredPorts} from './service-port.ts';

/** How traffic gets to a Service: by its own address, by a port of nodes, by an address of outside. */
export type ServiceEntry = Readonly<
	{type: 'cluster-ip'; address?: string} | {type: 'node-port'; node?: NetNode; address?: string} | {type: 'load-balancer' | 'external-ip'; address: string}
>;

/** What a destination turned out to be. */
export type Located = Readonly<
	| {type: 'service'; service: NetService; port?: string; dnsName?: string; entry: ServiceEntry}
	| {type: 'pod'; pod: NetPod; port?: string; dnsName?: string; hostPort?: number}
	| {type: 'ingress'; ingress: NetIngress; host?: string; path?: string}
	| {type: 'route'; route: KubeObject; host?: string; path?: string}
	/** A name that the cluster's DNS does not have. */
	| {type: 'no-name'; name: string; namespace: string; kind: Ref['kind']}
	/** `what` is no port of the node. */
	| {type: 'no-port'; node: NetNode; port: string | undefined}
	/** Another object than a Service that does not exist. */
	| {type: 'no-object'; kind: Ref['kind']; apiVersion: string; name: string; namespace?: string}
	/** Of outside the cluster, or of nobody. */
	| {type: 'outside'; host: string; isAddress: boolean; port?: string}
	| {type: 'unread'; what: string; why: string}
>;

/** Finds what is meant. `namespace` is where short names are looked up. */
export function locate(destination: Destination, namespace: string, index: ClusterIndex): Located {
	const port = destination.port === undefined ? {} : {port: destination.port};
	switch (destination.kind) {
		case 'service':
			return locateService(destination, namespace, index);
		case 'pod':
			return locatePod(destination, namespace, index);
		case 'node': {
			const node = index.node(destination.host);
			return node ? onNode(node, destination.port, index) : {type: 'no-object', kind: 'Node', apiVersion: 'v1', name: destination.host};
		}
		case 'ingress':
		case 'gateway':
		case 'httproute':
			return locateEntry(destination, namespace, index);
		default:
			if (parseIp(destination.host)) return ofAddress(destination.host, destination.port, index);
			return byHost(destination, namespace, index) ?? {type: 'outside', host: destination.host, isAddress: false, ...port};
	}
}

/** `web`, `web.shop`, `web.shop.svc`, `web.shop.svc.cluster.local`: name and namespace. */
function serviceName(host: string, namespace: string, clusterDomain: string): Readonly<{labels: readonly string[]; namespace: string; isWhole: boolean}> {
	const short = host.endsWith(`.svc.${clusterDomain}`) ? host.slice(0, -`.svc.${clusterDomain}`.length) : host.replace(/\.svc$/, '');
	const labels = short.split('.');
	const own = labels.length > 1 ? labels.at(-1) : undefined;
	return {labels: own === undefined ? labels : labels.slice(0, -1), namespace: own ?? namespace, isWhole: short !== host};
}

function locateService(destination: Destination, from: string, index: ClusterIndex): Located {
	const {labels, namespace} = serviceName(destination.host, from, index.view.clusterDomain);
	const name = labels.join('.');
	const service = index.service(namespace, name);
	if (service) return ofService(service, destination, index);
	const state = index.readable('services', namespace);
	if (state !== 'ready') return {type: 'unread', what: `Service ${namespace}/${name}`, why: whyUnread('services', state, namespace)};
	return {type: 'no-name', name, namespace, kind: 'Service'};
}

/** From a name typed as a name, never from outside: by NodePort or load balancer where the question says so itself. */
function ofService(service: NetService, {port}: Destination, index: ClusterIndex): Located {
	const {namespace = '', name} = service.metadata;
	const [address] = serviceAddresses(service);
	return {
		type: 'service',
		service,
		...(port === undefined ? {} : {port}),
		dnsName: `${name}.${namespace}.svc.${index.view.clusterDomain}.`,
		entry: {type: 'cluster-ip', ...(address === undefined ? {} : {address})},
	};
}

/** What a word without a kind means: a name of the cluster's DNS, a host of an Ingress or a route, a load balancer's name. */
function byHost(destination: Destination, namespace: string, index: ClusterIndex): Located | undefined {
	const {host, path, port} = destination;
	const {labels, namespace: place, isWhole} = serviceName(host, namespace, index.view.clusterDomain);
	const isService = isWhole || labels.length === 1;
	if (isService && index.service(place, labels.join('.'))) return locateService(destination, namespace, index);
	const pod = labels.length === 2 ? podOfHeadless(labels, place, index) : undefined;
	if (pod) return {type: 'pod', pod, dnsName: `${labels.join('.')}.${place}.svc.${index.view.clusterDomain}.`, ...(port === undefined ? {} : {port})};
	const way = {host, ...(path === undefined ? {} : {path})};
	const ingress = ingressOfHost(index.ingresses, host, path ?? '/');
	if (ingress) return {type: 'ingress', ingress, ...way};
	const [route] = routesOfHost(index.view, host);
	if (route) return {type: 'route', route, ...way};
	const balanced = index.services.find(({status}) => status?.loadBalancer?.ingress?.some(({hostname}) => hostname?.toLowerCase() === host));
	if (balanced) return {type: 'service', service: balanced, entry: {type: 'load-balancer', address: host}, ...(port === undefined ? {} : {port})};
	if (!isService) return undefined;
	// `http://example.com` is a name of outside; `web.shpo:80` was meant to be one of the cluster.
	const isMeant = destination.scheme === undefined || isWhole || index.services.some(({metadata}) => metadata.name === labels[0]);
	return isMeant ? locateService(destination, namespace, index) : undefined;
}

/** `web-0.web.shop`: a pod with that hostname, or of a StatefulSet, behind a headless Service. */
function podOfHeadless([hostname = '', name = '']: readonly string[], namespace: string, index: ClusterIndex): NetPod | undefined {
	if (!index.service(namespace, name)) return undefined;
	const named = index.slices(namespace, name).flatMap(slice => slice.endpoints ?? []);
	const target = named.find(endpoint => endpoint.hostname === hostname)?.targetRef?.name;
	return target === undefined ? undefined : index.pod(namespace, target);
}

function locatePod(destination: Destination, from: string, index: ClusterIndex): Located {
	const {host, port} = destination;
	// Names of pods may hold dots: the whole word comes first.
	const labels = host.split('.');
	const name = labels.length > 1 ? labels.slice(0, -1).join('.') : host;
	const namespace = labels.length > 1 ? (labels.at(-1) ?? from) : from;
	const pod = index.pod(from, host) ?? index.pod(namespace, name);
	if (pod) return {type: 'pod', pod, ...(port === undefined ? {} : {port})};
	const state = index.readable('pods', namespace);
	if (state !== 'ready') return {type: 'unread', what: `pod ${namespace}/${name}`, why: whyUnread('pods', state, namespace)};
	return {type: 'no-object', kind: 'Pod', apiVersion: 'v1', name, namespace};
}

const entryKinds = {
	ingress: {kind: 'Ingress', apiVersion: 'networking.k8s.io/v1', plural: 'ingresses.networking.k8s.io'},
	httproute: {kind: 'HTTPRoute', apiVersion: 'gateway.networking.k8s.io/v1', plural: 'httproutes.gateway.networking.k8s.io'},
	gateway: {kind: 'Gateway', apiVersion: 'gateway.networking.k8s.io/v1', plural: 'gateways.gateway.networking.k8s.io'},
} as const;

function locateEntry(destination: Destination, from: string, index: ClusterIndex): Located {
	const labels = destination.host.split('.');
	const name = labels.length > 1 ? labels.slice(0, -1).join('.') : destination.host;
	const namespace = labels.length > 1 ? (labels.at(-1) ?? from) : from;
	const {kind, apiVersion, plural} = entryKinds[destination.kind === 'ingress' ? 'ingress' : destination.kind === 'gateway' ? 'gateway' : 'httproute'];
	const found = index.view
		.all(plural)
		.find(({metadata}) => (metadata.name === name && metadata.namespace === namespace) || (metadata.name === destination.host && metadata.namespace === from));
	if (!found) {
		const state = index.readable(plural, namespace);
		if (state !== 'ready') return {type: 'unread', what: `${kind} ${namespace}/${name}`, why: whyUnread(plural, state, namespace)};
		return {type: 'no-object', kind, apiVersion, name, namespace};
	}
	if (kind === 'Ingress') {
		// The kind was looked up by its plural name, so this is an Ingress.
		const ingress = found as NetIngress;
		const rule = ingress.spec?.rules?.[0];
		const path = rule?.http?.paths?.[0]?.path;
		return {type: 'ingress', ingress, ...(rule?.host === undefined ? {} : {host: rule.host}), ...(path === undefined ? {} : {path})};
	}
	const route = kind === 'HTTPRoute' ? found : routesOfHost(index.view, undefined, found)[0];
	return route
		? {type: 'route', route, ...firstPath(route)}
		: {type: 'unread', what: `Gateway ${namespace}/${name}`, why: 'no route is attached to it, so it leads nowhere'};
}

/** As of an Ingress: who names a route and no path means what its first rule takes. */
function firstPath(route: KubeObject): Readonly<{path?: string}> {
	const [match] = listAt(listAt(route, 'spec', 'rules')[0], 'matches');
	const path = textAt(match, 'path', 'type') === 'RegularExpression' ? undefined : textAt(match, 'path', 'value');
	return path === undefined ? {} : {path};
}

/** Whose address it is: a Service's, a load balancer's, a pod's, a node's. */
function ofAddress(address: string, port: string | undefined, index: ClusterIndex): Located {
	const place = port === undefined ? {} : {port};
	const service = index.services.find(one => serviceAddresses(one).includes(address));
	if (service) return {type: 'service', service, entry: {type: 'cluster-ip', address}, ...place};
	const balanced = index.services.filter(({status}) => status?.loadBalancer?.ingress?.some(({ip}) => ip === address));
	const behind = balanced.find(({spec}) => spec?.ports?.some(one => String(one.port) === port)) ?? balanced[0];
	if (behind) return {type: 'service', service: behind, entry: {type: 'load-balancer', address}, ...place};
	const external = index.services.find(({spec}) => spec?.externalIPs?.includes(address));
	if (external) return {type: 'service', service: external, entry: {type: 'external-ip', address}, ...place};
	const pod = index.podOfAddress(address);
	if (pod) return {type: 'pod', pod, ...place};
	const node = index.nodeOfAddress(address);
	return node ? onNode(node, port, index, address) : {type: 'outside', host: address, isAddress: true, ...place};
}

/** What listens on a node's own port: a NodePort Service, a hostPort, a pod in the node's network. */
function onNode(node: NetNode, port: string | undefined, index: ClusterIndex, address?: string): Located {
	const number = Number(port);
	const service = index.services.find(({spec}) => spec?.ports?.some(one => one.nodePort === number || (one.nodePort !== undefined && one.name === port)));
	if (service) {
		const nodePort = service.spec?.ports?.find(one => one.nodePort === number || one.name === port);
		return {
			type: 'service',
			service,
			...(nodePort === undefined ? {} : {port: String(nodePort.port)}),
			entry: {type: 'node-port', node, ...(address === undefined ? {} : {address})},
		};
	}
	const here = index.view.all<NetPod>('pods').filter(({spec}) => spec?.nodeName === node.metadata.name);
	const byHostPort = here.find(pod => declaredPorts(pod).some(one => one.hostPort === number && pod.spec?.hostNetwork !== true));
	const declared = byHostPort && declaredPorts(byHostPort).find(one => one.hostPort === number);
	if (byHostPort && declared) return {type: 'pod', pod: byHostPort, port: String(declared.containerPort), hostPort: number};
	const inHostNetwork = here.find(pod => pod.spec?.hostNetwork === true && declaredPorts(pod).some(({containerPort}) => containerPort === number));
	return inHostNetwork && port !== undefined ? {type: 'pod', pod: inHostNetwork, port} : {type: 'no-port', node, port};
}

export function whyUnread(kind: string, state: string, namespace: string): string {
	return state === 'loading' ? `${kind} are still being read` : `${kind} in ${namespace} ${state === 'denied' ? 'may' : 'could'} not be read`;
}

/** The pod's own address, as a client sees it. */
export function addressOf(pod: NetPod): string | undefined {
	return podAddresses(pod)[0];
}
