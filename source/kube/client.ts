import {createHash} from 'node:crypto';
import type {Clock} from '../core/clock.ts';
import type {ClusterClient} from '../core/cluster-client.ts';
import type {PolicyLevel} from '../core/policy-level.ts';
import {createAccess} from './access.ts';
import type {ResolvedContext} from './config.ts';
import {contextInfo} from './context-info.ts';
import {createDiscovery} from './discovery.ts';
import {createFeeds} from './feeds.ts';
import {createLogs, createNodeLog} from './logs.ts';
import {createProbes} from './probes.ts';
import {createReads} from './reads.ts';
import {createTransport} from './transport.ts';

export type ClientOptions = Readonly<{
	resolved: ResolvedContext;
	clock: Clock;
	/** Of the process: proxies are read from them, login plugins inherit them. */
	variables: Readonly<Record<string, string | undefined>>;
	hasTerminal: boolean;
	level: PolicyLevel;
	/** The level cannot be changed. */
	pinned: boolean;
	/** The level is never raised above this one: a setting of the context. */
	most?: PolicyLevel;
	/** Of k8tui, for the user agent. */
	version: string;
	demo: boolean;
	/** Where discovery is kept from one start to the next. */
	cacheDirectory: string;
	/** 0 <= n < 1 */
	random: () => number;
}>;

/** One cluster, put together: transport, discovery, feeds, single reads, rights. Contacts nothing yet. Rejects with a ProblemError. */
export async function createClusterClient(options: ClientOptions): Promise<ClusterClient> {
	const {resolved, clock, random} = options;
	const context = {...(await contextInfo(resolved, clock.now())), demo: options.demo};
	const transport = createTransport({...options, environment: options.variables});
	const access = createAccess({transport, clock});
	const reads = createReads(transport);
	const discovery = createDiscovery({
		transport,
		clock,
		random,
		cacheKey: createHash('sha256')
			.update(`${resolved.server}|${JSON.stringify(resolved.tls.authority ?? '')}`)
			.digest('hex'),
		// A simulation is another cluster at every start.
		...(options.demo ? {} : {cacheDirectory: options.cacheDirectory}),
	});
	const feeds = createFeeds({
		transport,
		clock,
		random,
		can: access.can,
		namespaces: signal => reads.namespaceNames(context.namespace, signal),
		onGone: () => void discovery.refresh(new AbortController().signal).catch(() => undefined),
	});
	return {
		context,
		feedOf: feeds.feedOf,
		retryNow: () => {
			transport.credentials.forget();
			feeds.retryNow();
		},
		discover: discovery.discover,
		...reads.asked,
		logs: createLogs(transport),
		nodeLog: createNodeLog(transport),
		probes: createProbes({transport, clock}),
		whoami: access.whoami,
		can: access.can,
		whoCan: access.whoCan,
		skewMs: transport.skewMs,
		level: transport.level,
		setLevel: transport.setLevel,
		calls: transport.calls,
		[Symbol.asyncDispose]: () => transport.close(),
	};
}
