import type {DemoCluster} from '../cluster.ts';
import {add} from './foundation.ts';

export type ServiceOptions = Readonly<{
	namespace: string;
	name: string;
	/** Empty: no selector, so nobody writes its endpoints. */
	selector: Readonly<Record<string, string>>;
	port: number;
	targetPort: number | string;
	createdAt: number;
	clusterIP?: string;
	type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
	isHeadless?: boolean;
	externalName?: string;
	/** The address a load balancer has got; without it `<pending>`. */
	balancerIP?: string;
	/** More than the one port, as `name: number`. */
	morePorts?: Readonly<Record<string, number>>;
	protocol?: 'TCP' | 'UDP';
}>;

function nodePortFor(type: ServiceOptions['type'], cluster: DemoCluster): Readonly<{nodePort?: number}> {
	return type === 'NodePort' || type === 'LoadBalancer' ? {nodePort: cluster.random.integer(30_000, 32_767)} : {};
}

/** A Service with its IPAddress; the endpoints are the control plane's. */
export function addService(cluster: DemoCluster, options: ServiceOptions): void {
	const {namespace, name, selector, port, targetPort, createdAt, type = 'ClusterIP', protocol = 'TCP'} = options;
	const clusterIP = options.isHeadless === true ? 'None' : (options.clusterIP ?? `10.96.${cluster.random.integer(1, 250)}.${cluster.random.integer(2, 250)}`);
	const nodePort = nodePortFor(type, cluster);
	const more = Object.entries(options.morePorts ?? {}).map(([portName, number]) => ({
		name: portName,
		protocol: 'TCP',
		port: number,
		targetPort: number,
		...nodePortFor(type, cluster),
	}));
	const address = type === 'ExternalName' ? {} : {clusterIP, clusterIPs: [clusterIP], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack'};
	const spec = {
		ports: [{name: protocol === 'UDP' ? 'dns' : 'http', protocol, port, targetPort, ...nodePort}, ...more],
		...(Object.keys(selector).length === 0 ? {} : {selector}),
		...address,
		type,
		sessionAffinity: 'None',
		internalTrafficPolicy: 'Cluster',
		...(options.externalName === undefined ? {} : {externalName: options.externalName}),
	};
	const loadBalancer = options.balancerIP === undefined ? {} : {ingress: [{ip: options.balancerIP, ipMode: 'VIP'}]};
	add(cluster, {apiVersion: 'v1', kind: 'Service', metadata: {name, namespace, labels: selector}, spec, status: {loadBalancer}}, createdAt);
	if (type === 'ExternalName' || clusterIP === 'None') return;
	const parentRef = {group: '', resource: 'services', namespace, name};
	const labels = {'ipaddress.kubernetes.io/ip-family': 'IPv4', 'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io'};
	add(cluster, {apiVersion: 'networking.k8s.io/v1', kind: 'IPAddress', metadata: {name: clusterIP, labels}, spec: {parentRef}}, createdAt);
}

/** An Ingress of one host, with TLS. */
export function addIngress(cluster: DemoCluster, at: Readonly<{namespace: string; name: string; host: string; service: string; createdAt: number}>): void {
	const {namespace, name, host, service, createdAt} = at;
	const backend = {service: {name: service, port: {number: 80}}};
	const spec = {
		ingressClassName: 'nginx',
		tls: [{hosts: [host], secretName: `${name}-tls`}],
		rules: [{host, http: {paths: [{path: '/', pathType: 'Prefix', backend}]}}],
	};
	const status = {loadBalancer: {ingress: [{ip: '203.0.113.20'}]}};
	add(cluster, {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: {name, namespace}, spec, status}, createdAt);
	const data = {'tls.crt': 'ZGVtbyBkYXRh', 'tls.key': 'ZGVtbyBkYXRh'};
	add(cluster, {apiVersion: 'v1', kind: 'Secret', metadata: {name: `${name}-tls`, namespace}, type: 'kubernetes.io/tls', data}, createdAt);
}
