import type {Clock} from './core/clock.ts';
import type {ClusterClient} from './core/cluster-client.ts';
import type {StartModel} from './core/contexts-model.ts';
import type {ConnectionWish} from './core/invocation.ts';
import type {PolicyLevel} from './core/policy-level.ts';
import {createClusterClient} from './kube/client.ts';
import {type ContextChoice, resolveContext} from './kube/config.ts';
import {hasCluster, type KubeconfigPlaces, type KubeconfigView, loadKubeconfig} from './kube/kubeconfig-files.ts';
import type {Environment} from './system/environment.ts';

export type ConnectOptions = Readonly<{
	wish: ConnectionWish;
	variables: Readonly<Record<string, string | undefined>>;
	environment: Environment;
	clock: Clock;
	version: string;
	level: PolicyLevel;
	/** `--read-only`, or a setting of the context. */
	pinned: boolean;
	/** What the settings allow a context at most (`contexts.NAME.level`); undefined: everything. */
	mostLevel?(context: string): PolicyLevel | undefined;
	/** Standard input is a terminal: a login plugin may ask there. */
	hasTerminal: boolean;
	/** 0 <= n < 1, for waits that must not fall together; chance where missing. */
	random?: () => number;
}>;

/** `none`: there is no cluster to talk to, and where it was looked for. */
export type Connection =
	| Readonly<{type: 'connected'; client: ClusterClient; view: KubeconfigView; story?: string}>
	| Readonly<{type: 'none'; start: StartModel}>;

/**
 * The cluster a command line asks for. Contacts nothing yet: the first request does. The demo is started where it was asked
 * for, or with `--or-demo` where there is no kubeconfig. Rejects with a ProblemError.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
	const {wish} = options;
	if (wish.demo !== undefined) return await demo(options, wish.demo);
	const view = await loadKubeconfig(kubeconfigPlaces(options));
	if (!hasCluster(view)) {
		if (wish.orDemo) return await demo(options, 'healthy');
		return {type: 'none', start: {looked: view.looked, version: options.version, ...(view.k3s === undefined ? {} : {k3s: view.k3s})}};
	}
	return {type: 'connected', view, client: await clientOf(view, options, false)};
}

/** Where the kubeconfig of a command line is looked for. */
export function kubeconfigPlaces({wish, variables, environment}: Pick<ConnectOptions, 'wish' | 'variables' | 'environment'>): KubeconfigPlaces {
	return {
		environment: variables,
		home: environment.home,
		...(wish.kubeconfig === undefined ? {} : {flag: wish.kubeconfig.replace(/^~(?=\/)/, environment.home)}),
	};
}

/** A client for one context of a kubeconfig that was read. */
export async function clientOf(view: KubeconfigView, options: ConnectOptions, isDemo: boolean): Promise<ClusterClient> {
	const resolved = resolveContext(view, choiceOf(options.wish));
	const {clock, variables, hasTerminal, level, pinned, version, environment} = options;
	const most = isDemo ? undefined : options.mostLevel?.(resolved.name);
	return await createClusterClient({
		resolved,
		clock,
		variables,
		hasTerminal,
		level,
		pinned,
		...(most === undefined ? {} : {most}),
		version,
		demo: isDemo,
		cacheDirectory: `${environment.cacheFolder}/discovery`,
		random: options.random ?? Math.random,
	});
}

function choiceOf({context, namespace, impersonate}: ConnectionWish): ContextChoice {
	return {
		...(context === undefined ? {} : {context}),
		...(namespace === undefined ? {} : {namespace}),
		...(impersonate === undefined
			? {}
			: {as: impersonate.user, asGroups: impersonate.groups, ...(impersonate.uid === undefined ? {} : {asUid: impersonate.uid})}),
	};
}

async function demo(options: ConnectOptions, story: string): Promise<Connection> {
	const [{startDemo}, {parseKubeconfigView}] = await Promise.all([import('./demo/server.ts'), import('./kube/kubeconfig-files.ts')]);
	const server = await startDemo({story});
	const view = await parseKubeconfigView(server.kubeconfig({namespace: server.story.namespace}), 'demo');
	const {context: _context, ...wish} = options.wish;
	const client = await clientOf(view, {...options, wish}, true);
	return {
		type: 'connected',
		view,
		story,
		client: {
			...client,
			[Symbol.asyncDispose]: async () => {
				await client[Symbol.asyncDispose]();
				await server[Symbol.asyncDispose]();
			},
		},
	};
}
