import type {DnsPod} from './dns-cluster.ts';

/** A resolv.conf. */
export type ResolvConf = Readonly<{nameservers: readonly string[]; searches: readonly string[]; ndots: number; options: readonly string[]}>;

/** What the kubelet will write into a pod, as far as the objects tell. */
export type PredictedResolvConf = ResolvConf &
	Readonly<{
		/** The policy in force; a host network pod with ClusterFirst has Default. */
		policy: 'ClusterFirst' | 'Default' | 'None';
		/** The file on the node whose servers, searches or both come on top and are not known. */
		fromNode?: Readonly<{file: string; servers: boolean; searches: boolean}>;
		/** Beyond the limits: dropped by the kubelet. */
		dropped: readonly string[];
		/** Why it is so, a sentence each without full stops. */
		why: readonly string[];
	}>;

export type ResolverSetting = Readonly<{clusterDns: readonly string[]; clusterDomain: string; nodeFile?: string}>;

const defaultNdots = 1;
/** Kubernetes pkg/apis/core/validation, pkg/kubelet/network/dns: glibc's three servers; 32 searches of 2,048 characters since 1.28. */
const serverLimit = 3;
const searchLimit = 32;
const searchCharacters = 2048;

/** The resolv.conf of a pod by pkg/kubelet/network/dns/dns.go: the policy, then dnsConfig merged into it, then the limits. */
export function predictResolvConf(pod: DnsPod, {clusterDns, clusterDomain, nodeFile = '/etc/resolv.conf'}: ResolverSetting): PredictedResolvConf {
	const {spec, metadata} = pod;
	const asked = spec?.dnsPolicy ?? 'ClusterFirst';
	const onHost = spec?.hostNetwork === true;
	const why: string[] = [];
	let policy: PredictedResolvConf['policy'] = asked === 'None' ? 'None' : asked === 'Default' ? 'Default' : 'ClusterFirst';
	if (asked === 'ClusterFirst' && onHost) {
		policy = 'Default';
		why.push("hostNetwork with dnsPolicy ClusterFirst gets the node's servers; ClusterFirstWithHostNet would get the cluster's");
	} else why.push(`dnsPolicy ${asked}${onHost ? ' on the host network' : ''}`);
	if (policy === 'ClusterFirst' && clusterDns.length === 0) {
		policy = 'Default';
		why.push("the kubelet has no clusterDNS, so it falls back to the node's file");
	}
	const cluster = policy === 'ClusterFirst';
	const config = spec?.dnsConfig;
	if (config) why.push('dnsConfig is merged in');
	const namespace = metadata.namespace ?? 'default';
	const servers = unique([...(cluster ? clusterDns : []), ...(config?.nameservers ?? [])]);
	const searches = unique([...(cluster ? [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain] : []), ...(config?.searches ?? [])]);
	const kept = searchesWithin(searches);
	const options = mergeOptions(cluster ? [{name: 'ndots', value: '5'}] : [], config?.options ?? []);
	return {
		policy,
		nameservers: servers.slice(0, serverLimit),
		searches: kept,
		options: options.map(({name = '', value}) => (value === undefined ? name : `${name}:${value}`)),
		ndots: ndotsOf(options.map(({name = '', value = ''}) => `${name}:${value}`)),
		...(policy === 'None' ? {} : {fromNode: {file: nodeFile, servers: !cluster, searches: true}}),
		dropped: [...servers.slice(serverLimit).map(one => `nameserver ${one}`), ...searches.slice(kept.length).map(one => `search ${one}`)],
		why,
	};
}

/** Reads a resolv.conf as resolv.conf(5) has it: the last `search` or `domain` counts, options add up. */
export function parseResolvConf(text: string): ResolvConf {
	const nameservers: string[] = [];
	let searches: readonly string[] = [];
	const options: string[] = [];
	for (const line of text.split('\n')) {
		const [word, ...rest] = line
			.replace(/[#;].*$/, '')
			.trim()
			.split(/\s+/);
		if (word === 'nameserver' && rest[0] !== undefined) nameservers.push(rest[0]);
		else if (word === 'search' || word === 'domain') searches = rest;
		else if (word === 'options') options.push(...rest);
	}
	return {nameservers, searches, options, ndots: ndotsOf(options)};
}

function ndotsOf(options: readonly string[]): number {
	const value = options.findLast(option => /^ndots:\d+$/.test(option))?.slice('ndots:'.length);
	// glibc caps it at 15.
	return value === undefined ? defaultNdots : Math.min(15, Number(value));
}

function searchesWithin(searches: readonly string[]): readonly string[] {
	const kept: string[] = [];
	let characters = 0;
	for (const search of searches.slice(0, searchLimit)) {
		characters += search.length + (kept.length === 0 ? 0 : 1);
		if (characters > searchCharacters) break;
		kept.push(search);
	}
	return kept;
}

type Option = Readonly<{name?: string; value?: string}>;

/** Options of the pod replace those of the same name. */
function mergeOptions(base: readonly Option[], own: readonly Option[]): readonly Option[] {
	return [...new Map([...base, ...own].map(option => [option.name, option])).values()];
}

function unique(values: readonly string[]): readonly string[] {
	return [...new Set(values)];
}
