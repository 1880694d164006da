/** Cumulative buckets of a histogram: upper bound in seconds (Infinity at the end) and how many were at most that. */
export type Buckets = ReadonlyArray<readonly [bound: number, count: number]>;

/** What one scrape of a CoreDNS pod's /metrics tells, summed over its server blocks. Counters since its start. */
export type CorednsMetrics = Readonly<{
	version?: string;
	/** By protocol, and by record type. */
	requests: Readonly<Record<string, number>>;
	types: Readonly<Record<string, number>>;
	/** By rcode: NOERROR, NXDOMAIN, SERVFAIL. */
	responses: Readonly<Record<string, number>>;
	/** Answer times by zone. */
	durations: Readonly<Record<string, Buckets>>;
	cache: Readonly<{requests: number; hits: Readonly<Record<string, number>>}>;
	/** By `10.0.0.2:53`. */
	upstreams: Readonly<Record<string, UpstreamMetrics>>;
	/** Every upstream was dead. */
	healthcheckBroken: number;
	maxConcurrentRejects: number;
	panics: number;
	reloadFailed: number;
	healthFailures: number;
	/** Requests to the API server by status code. */
	apiRequests: Readonly<Record<string, number>>;
	/** `coredns_plugin_enabled`; empty where the metric is not there. */
	plugins: readonly string[];
}>;

export type UpstreamMetrics = Readonly<{seconds: number; count: number; rcodes: Readonly<Record<string, number>>; healthcheckFailures: number}>;

type Tally = Record<string, number>;
type Building = {
	version?: string;
	requests: Tally;
	types: Tally;
	responses: Tally;
	durations: Record<string, Map<number, number>>;
	cacheRequests: number;
	cacheMisses: number;
	hits: Tally;
	upstreams: Record<string, {seconds: number; count: number; rcodes: Tally; healthcheckFailures: number}>;
	healthcheckBroken: number;
	maxConcurrentRejects: number;
	panics: number;
	reloadFailed: number;
	healthFailures: number;
	apiRequests: Tally;
	plugins: Set<string>;
};
type Labels = Readonly<Record<string, string>>;

const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;

/** Reads the Prometheus text format and keeps what k8tui shows; undefined where it is not of a CoreDNS. Names of before 1.9 (`coredns_forward_*`) count as today's. */
export function corednsMetrics(text: string): CorednsMetrics | undefined {
	const into: Building = {
		requests: {},
		types: {},
		responses: {},
		durations: {},
		cacheRequests: 0,
		cacheMisses: 0,
		hits: {},
		upstreams: {},
		healthcheckBroken: 0,
		maxConcurrentRejects: 0,
		panics: 0,
		reloadFailed: 0,
		healthFailures: 0,
		apiRequests: {},
		plugins: new Set(),
	};
	let found = false;
	for (const line of text.split('\n')) {
		if (!line.startsWith('coredns_')) continue;
		const [, name = '', labels = '', number = ''] = sample.exec(line) ?? [];
		const value = Number(number === '+Inf' ? 'Infinity' : number);
		if (name === '' || Number.isNaN(value)) continue;
		found = true;
		readers[name]?.(into, labelsOf(labels), value);
	}
	return found ? finished(into) : undefined;
}

function labelsOf(text: string): Labels {
	return Object.fromEntries(
		[...text.matchAll(/([a-zA-Z_]\w*)="((?:\\.|[^"\\])*)"/g)].map(([, key = '', value = '']) => [
			key,
			value.replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one)),
		]),
	);
}

function add(tally: Tally, key: string | undefined, value: number): void {
	if (key !== undefined) tally[key] = (tally[key] ?? 0) + value;
}

function upstreamOf(into: Building, {to, proxy_name: proxy}: Labels): Building['upstreams'][string] {
	// Other plugins have proxies as well; they are not where names outside go.
	if (to === undefined || (proxy !== undefined && proxy !== 'forward')) return {seconds: 0, count: 0, rcodes: {}, healthcheckFailures: 0};
	into.upstreams[to] ??= {seconds: 0, count: 0, rcodes: {}, healthcheckFailures: 0};
	return into.upstreams[to];
}

type Reader = (into: Building, labels: Labels, value: number) => void;
const proxyCount: Reader = (into, labels, value) => {
	const upstream = upstreamOf(into, labels);
	upstream.count += value;
	add(upstream.rcodes, labels['rcode'], value);
};
const proxySeconds: Reader = (into, labels, value) => {
	upstreamOf(into, labels).seconds += value;
};
const healthcheck: Reader = (into, labels, value) => {
	upstreamOf(into, labels).healthcheckFailures += value;
};
const counter =
	(key: 'cacheRequests' | 'cacheMisses' | 'healthcheckBroken' | 'maxConcurrentRejects' | 'panics' | 'reloadFailed' | 'healthFailures'): Reader =>
	(into, _labels, value) => {
		into[key] += value;
	};

const readers: Readonly<Record<string, Reader>> = {
	coredns_build_info: (into, {version}) => {
		if (version !== undefined) into.version = version;
	},
	coredns_dns_requests_total: (into, {proto, type}, value) => {
		add(into.requests, proto, value);
		add(into.types, type, value);
	},
	coredns_dns_responses_total: (into, {rcode}, value) => add(into.responses, rcode, value),
	coredns_dns_request_duration_seconds_bucket: (into, {zone = '.', le = ''}, value) => {
		const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
		into.durations[zone] ??= new Map();
		into.durations[zone].set(bound, (into.durations[zone].get(bound) ?? 0) + value);
	},
	coredns_cache_requests_total: counter('cacheRequests'),
	coredns_cache_misses_total: counter('cacheMisses'),
	coredns_cache_hits_total: (into, {type}, value) => add(into.hits, type ?? 'success', value),
	coredns_proxy_request_duration_seconds_count: proxyCount,
	coredns_proxy_request_duration_seconds_sum: proxySeconds,
	coredns_proxy_healthcheck_failures_total: healthcheck,
	coredns_forward_request_duration_seconds_count: proxyCount,
	coredns_forward_request_duration_seconds_sum: proxySeconds,
	coredns_forward_healthcheck_failures_total: healthcheck,
	coredns_forward_healthcheck_broken_total: counter('healthcheckBroken'),
	coredns_forward_max_concurrent_rejects_total: counter('maxConcurrentRejects'),
	coredns_panics_total: counter('panics'),
	coredns_reload_failed_total: counter('reloadFailed'),
	coredns_health_request_failures_total: counter('healthFailures'),
	coredns_kubernetes_rest_client_requests_total: (into, {code}, value) => add(into.apiRequests, code, value),
	coredns_plugin_enabled: (into, {name}, value) => {
		if (name !== undefined && value > 0) into.plugins.add(name);
	},
};

function finished(from: Building): CorednsMetrics {
	const {cacheRequests, cacheMisses, hits, durations, plugins, ...rest} = from;
	const sum = Object.values(hits).reduce((total, value) => total + value, 0);
	return {
		...rest,
		durations: Object.fromEntries(Object.entries(durations).map(([zone, buckets]) => [zone, [...buckets].toSorted(([a], [b]) => a - b)])),
		// Older versions count hits and misses alone (coredns plugin/cache, coredns_cache_misses_total).
		cache: {requests: cacheRequests === 0 ? sum + cacheMisses : cacheRequests, hits},
		plugins: [...plugins].toSorted(),
	};
}
