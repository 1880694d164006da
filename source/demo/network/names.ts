import {clusterNumbers} from '../build/cluster-configuration.ts';
import type {DemoCluster} from '../cluster.ts';
import {at, listAt, recordsAt, textAt} from '../json.ts';
import type {StoredObject} from '../stored-object.ts';
import {type Protocol, type Sender, senderOf, slicesOf, upstreamAddress} from './addresses.ts';
import {connect} from './connect.ts';

export type Code = 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
/** What a name server says; `addresses` of type A. */
export type NameAnswer = Readonly<{code: Code; addresses: readonly string[]; ms: number}>;
/** Of one question to one server: the answer, or why none came. */
export type Asked = NameAnswer | Readonly<{failure: 'silent' | 'refused' | 'misdirected'; ms: number}>;

const {domain} = clusterNumbers;
const known: Readonly<Record<string, string>> = {
	'example.com': '203.0.113.34',
	'api.bank.example.test': '203.0.113.81',
	'registry.example.test': '203.0.113.7',
	'shop.example.test': '203.0.113.20',
};

function outside(name: string): NameAnswer {
	const address = known[name];
	return address === undefined ? {code: 'NXDOMAIN', addresses: [], ms: 3} : {code: 'NOERROR', addresses: [address], ms: 3};
}

function addressesOfService(cluster: DemoCluster, service: StoredObject, host: string | undefined): readonly string[] {
	const clusterIP = textAt(service, 'spec', 'clusterIP');
	if (clusterIP !== 'None') return host === undefined && clusterIP !== '' ? [clusterIP] : [];
	const endpoints = slicesOf(cluster, service).flatMap(slice => recordsAt(slice, 'endpoints'));
	return endpoints
		.filter(endpoint => at(endpoint, 'conditions', 'ready') !== false && (host === undefined || textAt(endpoint, 'targetRef', 'name') === host))
		.map(endpoint => String(listAt(endpoint, 'addresses')[0]));
}

/** Names of the cluster's own zone: `[host.]service.namespace.svc`, and `a-b-c-d.namespace.pod`. */
function inside(cluster: DemoCluster, labels: readonly string[]): NameAnswer {
	const [type, namespace, name, host] = labels.toReversed();
	const missing: NameAnswer = {code: 'NXDOMAIN', addresses: [], ms: 0.7};
	if (type === 'pod' && name !== undefined) return {code: 'NOERROR', addresses: [name.replaceAll('-', '.')], ms: 0.7};
	if (type !== 'svc' || namespace === undefined || name === undefined) return missing;
	const service = cluster.get('services', namespace, name);
	if (service === undefined) return missing;
	const external = textAt(service, 'spec', 'externalName');
	if (external !== '') return outside(external);
	const addresses = addressesOfService(cluster, service, host);
	return addresses.length === 0 ? missing : {code: 'NOERROR', addresses, ms: 0.7};
}

/** What one CoreDNS pod answers: of the cluster by itself, the rest from the name server of its node. */
function answerOf(cluster: DemoCluster, pod: StoredObject, name: string): Asked {
	const labels = name.split('.');
	const zone = domain.split('.');
	if (labels.slice(-zone.length).join('.') === domain) return inside(cluster, labels.slice(0, -zone.length));
	const up = connect(cluster, senderOf(pod), {address: upstreamAddress, port: 53, protocol: 'UDP'});
	// CoreDNS tries for five seconds: longer than anybody waits.
	return up.is === 'open' ? outside(name) : {failure: 'silent', ms: 5000};
}

/** Asks a name server for the addresses of a name. `waitMs`: how long for. */
export function askName(
	cluster: DemoCluster,
	from: Sender,
	server: Readonly<{address: string; port: number; protocol: Protocol}>,
	name: string,
	waitMs: number,
): Asked {
	const bare = name.replace(/\.$/u, '').toLowerCase();
	const outcome = connect(cluster, from, server);
	if (outcome.is === 'silent' || outcome.is === 'misdirected') return {failure: outcome.is, ms: waitMs};
	if (outcome.is === 'refused') return {failure: 'refused', ms: outcome.ms};
	const isDns = outcome.pod?.metadata.labels?.['k8s-app'] === 'kube-dns';
	const answer =
		outcome.pod === undefined ? (server.address === upstreamAddress ? outside(bare) : undefined) : isDns ? answerOf(cluster, outcome.pod, bare) : undefined;
	if (answer === undefined) return {failure: 'silent', ms: waitMs};
	if ('failure' in answer) return {failure: 'silent', ms: Math.min(waitMs, answer.ms)};
	return {...answer, ms: answer.ms + outcome.ms};
}

/** What the kubelet wrote into a pod's /etc/resolv.conf. */
export type Resolver = Readonly<{servers: readonly string[]; searches: readonly string[]; ndots: number}>;

/** By the pod's dnsPolicy: the cluster's DNS with a search list, or what its node uses. */
export function resolverOf(pod: StoredObject): Resolver {
	const policy = textAt(pod, 'spec', 'dnsPolicy') || 'ClusterFirst';
	const config = at(pod, 'spec', 'dnsConfig');
	const more = {servers: listAt(config, 'nameservers').map(String), searches: listAt(config, 'searches').map(String)};
	if (policy === 'None') return {...more, ndots: 1};
	const isOfCluster = policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && at(pod, 'spec', 'hostNetwork') !== true);
	if (!isOfCluster) return {servers: [upstreamAddress, ...more.servers], searches: ['example.test', ...more.searches], ndots: 1};
	const namespace = pod.metadata.namespace ?? 'default';
	const searches = [`${namespace}.svc.${domain}`, `svc.${domain}`, domain, 'example.test', ...more.searches];
	return {servers: [clusterNumbers.dns, ...more.servers], searches, ndots: 5};
}

/** The text of /etc/resolv.conf. */
export function resolvConf(pod: StoredObject): string {
	const {servers, searches, ndots} = resolverOf(pod);
	return `search ${searches.join(' ')}\n${servers.map(server => `nameserver ${server}\n`).join('')}${ndots === 1 ? '' : `options ndots:${ndots}\n`}`;
}

/** Looks a name up as the C library does: with the search list, waiting for each server. */
export function lookUp(cluster: DemoCluster, from: Sender, name: string): Readonly<{address?: string; ms: number; isSilent: boolean}> {
	if (/^\d+(?:\.\d+){3}$/u.test(name)) return {address: name, ms: 0, isSilent: false};
	const {servers, searches, ndots} = resolverOf(from.pod);
	const dots = name.split('.').length - 1;
	const expanded = searches.map(search => `${name}.${search}`);
	const tries = name.endsWith('.') ? [name] : dots >= ndots ? [name, ...expanded] : [...expanded, name];
	let ms = 0;
	for (const attempt of tries) {
		const asked = askName(cluster, from, {address: servers[0] ?? '', port: 53, protocol: 'UDP'}, attempt, 5000);
		ms += asked.ms;
		if ('failure' in asked) return {ms: asked.failure === 'refused' ? ms : ms + 5000, isSilent: asked.failure !== 'refused'};
		const [address] = asked.addresses;
		if (address !== undefined) return {address, ms, isSilent: false};
	}
	return {ms, isSilent: false};
}
