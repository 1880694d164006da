import type {Buckets, CorednsMetrics, UpstreamMetrics} from './coredns-metrics.ts';

/** A scrape and when it was made, ms. */
export type Scrape = Readonly<{at: number; metrics: CorednsMetrics}>;

/** What happened between two scrapes. Shares are 0..1; undefined where nothing was asked. Times in seconds. */
export type DnsRates = Readonly<{
	/** Of the interval. */
	seconds: number;
	queriesPerSecond: number;
	responses: Readonly<Record<string, number>>;
	responseCount: number;
	/** SERVFAIL and REFUSED; NXDOMAIN is normal with a search list. */
	errorShare?: number;
	nxdomainShare?: number;
	latency: LatencyQuantiles;
	byZone: Readonly<Record<string, LatencyQuantiles>>;
	cacheHitShare?: number;
	upstreams: ReadonlyArray<
		Readonly<{address: string; asked: number; meanSeconds?: number; healthcheckFailures: number; rcodes: Readonly<Record<string, number>>}>
	>;
	healthcheckBroken: number;
	maxConcurrentRejects: number;
	panics: number;
}>;

/** `few`: under 50 samples, which is too few to speak of a 99th percentile. */
export type LatencyQuantiles = Readonly<{samples: number; few: boolean; p50?: number; p90?: number; p99?: number}>;

const fewSamples = 50;

/** What happened between two scrapes of the same pod; undefined where no time passed. Where a counter fell the process began anew: all count from zero. */
export function dnsRates(before: Scrape, after: Scrape): DnsRates | undefined {
	const seconds = (after.at - before.at) / 1000;
	if (seconds <= 0) return undefined;
	const b = after.metrics;
	const isReset = sum(b.requests) < sum(before.metrics.requests) || sum(b.responses) < sum(before.metrics.responses);
	const a = isReset ? undefined : before.metrics;
	const responses = grown(a?.responses, b.responses);
	const responseCount = sum(responses);
	const share = (...rcodes: readonly string[]): number | undefined =>
		responseCount === 0 ? undefined : rcodes.reduce((total, rcode) => total + (responses[rcode] ?? 0), 0) / responseCount;
	const byZone = Object.fromEntries(Object.entries(b.durations).map(([zone, buckets]) => [zone, quantiles(bucketsBetween(a?.durations[zone], buckets))]));
	const cacheRequests = increase(a?.cache.requests, b.cache.requests);
	const cacheHits = sum(grown(a?.cache.hits, b.cache.hits));
	const [errorShare, nxdomainShare] = [share('SERVFAIL', 'REFUSED'), share('NXDOMAIN')];
	return {
		seconds,
		queriesPerSecond: sum(grown(a?.requests, b.requests)) / seconds,
		responses,
		responseCount,
		...(errorShare === undefined ? {} : {errorShare}),
		...(nxdomainShare === undefined ? {} : {nxdomainShare}),
		latency: quantiles(
			Object.entries(b.durations)
				.map(([zone, buckets]) => bucketsBetween(a?.durations[zone], buckets))
				.reduce(joinBuckets, []),
		),
		byZone,
		...(cacheRequests > 0 ? {cacheHitShare: Math.min(1, cacheHits / cacheRequests)} : {}),
		upstreams: Object.entries(b.upstreams).map(([address, now]) => upstreamRates(address, a?.upstreams[address], now)),
		healthcheckBroken: increase(a?.healthcheckBroken, b.healthcheckBroken),
		maxConcurrentRejects: increase(a?.maxConcurrentRejects, b.maxConcurrentRejects),
		panics: increase(a?.panics, b.panics),
	};
}

function upstreamRates(address: string, old: UpstreamMetrics | undefined, now: UpstreamMetrics): DnsRates['upstreams'][number] {
	const asked = increase(old?.count, now.count);
	return {
		address,
		asked,
		...(asked > 0 ? {meanSeconds: increase(old?.seconds, now.seconds) / asked} : {}),
		healthcheckFailures: increase(old?.healthcheckFailures, now.healthcheckFailures),
		rcodes: grown(old?.rcodes, now.rcodes),
	};
}

function increase(before: number | undefined, after: number): number {
	return before === undefined || after < before ? after : after - before;
}

function grown(before: Readonly<Record<string, number>> | undefined, after: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
	return Object.fromEntries(Object.entries(after).map(([key, value]) => [key, increase(before?.[key], value)]));
}

function sum(tally: Readonly<Record<string, number>>): number {
	return Object.values(tally).reduce((total, value) => total + value, 0);
}

function bucketsBetween(before: Buckets | undefined, after: Buckets): Buckets {
	const old = new Map(before);
	return after.map(([bound, count]) => [bound, count - (old.get(bound) ?? 0)]);
}

function joinBuckets(a: Buckets, b: Buckets): Buckets {
	if (a.length === 0) return b;
	const other = new Map(b);
	return a.map(([bound, count]) => [bound, count + (other.get(bound) ?? 0)]);
}

/** p50, p90 and p99 of cumulative buckets by linear interpolation, as PromQL's histogram_quantile does. */
export function quantiles(buckets: Buckets): LatencyQuantiles {
	const samples = buckets.at(-1)?.[1] ?? 0;
	if (samples <= 0) return {samples: 0, few: true};
	const at = (q: number): number => {
		const rank = q * samples;
		const index = buckets.findIndex(([, count]) => count >= rank);
		const [bound = 0, count = 0] = buckets[index] ?? [];
		const [lower, below] = index > 0 ? (buckets[index - 1] ?? [0, 0]) : [0, 0];
		// Beyond the last finite bound nothing more is known than that bound.
		if (bound === Number.POSITIVE_INFINITY) return lower;
		return count === below ? bound : lower + ((bound - lower) * (rank - below)) / (count - below);
	};
	return {samples, few: samples < fewSamples, p50: at(0.5), p90: at(0.9), p99: at(0.99)};
}
