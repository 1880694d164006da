import {clientOf, connect, type Connection, type ConnectOptions, kubeconfigPlaces} from './connect.ts';
import type {Catalogue} from './core/catalogue.ts';
import type {ClusterClient, ContextInfo} from './core/cluster-client.ts';
import type {ContextsModel, Reach} from './core/contexts-model.ts';
import {makeCatalogue} from './core/make-catalogue.ts';
import {maskedClient} from './core/share/masked-client.ts';
import type {MaskOptions} from './core/share/mask-text.ts';
import type {ShareState} from './core/share/share-state.ts';
import type {PolicyLevel} from './core/policy-level.ts';
import {type Problem, problemOf} from './core/problem.ts';
import {resolveContext} from './kube/config.ts';
import {contextInfo} from './kube/context-info.ts';
import type {KubeconfigView} from './kube/kubeconfig-files.ts';
import {resourceKinds} from './resources/index.ts';
import type {Session} from './store/session.ts';
import {watchKubeconfig} from './watch-kubeconfig.ts';

export type SwitcherOptions = Readonly<{
	connection: Connection;
	connectOptions: ConnectOptions;
	makeSession(client: ClusterClient): Session /** Of share mode. */;
	masks(): MaskOptions;
	share: ShareState | undefined;
}>;

/** A context's cluster gets this long to say its version before it counts as unreached. */
const reachTimeoutMs = 5000;

/** Which cluster is looked at, and the others one could go to. */
export class Switcher {
	readonly #options: SwitcherOptions;
	#view: KubeconfigView | undefined;
	/** Of the command line, or of the file that was gone to since. */
	#wish: ConnectOptions['wish'];
	#session: Session | undefined;
	#story: string | undefined;
	/** As it was opened, without masks. */
	#client: ClusterClient | undefined;
	#isShared: boolean;
	#infos: readonly ContextInfo[] = [];
	readonly #reach = new Map<string, Reach>();
	/** Why the files could not be read again. */
	#problem: Problem | undefined;

	constructor(options: SwitcherOptions) {
		this.#options = options;
		const {connection} = options;
		this.#wish = options.connectOptions.wish;
		this.#isShared = options.share !== undefined;
		if (connection.type === 'connected') {
			this.#view = connection.view;
			this.#story = connection.story;
		}
	}

	/** Of the demo that runs; undefined on a real cluster. */
	get story(): string | undefined {
		return this.#story;
	}

	/** The session of the connection made at the start. */
	first(): Session {
		const {connection} = this.#options;
		if (connection.type !== 'connected') throw new Error('there is no connection to begin with');
		return this.#adopt(connection.client);
	}

	/** A new session on the same connection: everything is read again, now with masks or without. */
	reshare(share: ShareState | undefined): Session {
		if (!this.#client) throw new Error('there is no cluster whose data could be masked');
		this.#isShared = share !== undefined;
		return this.#adopt(this.#client);
	}

	#adopt(client: ClusterClient): Session {
		const {makeSession, masks} = this.#options;
		this.#client = client;
		this.#session = makeSession(this.#isShared ? maskedClient(client, masks()) : client);
		return this.#session;
	}

	catalogue(): Catalogue {
		return this.#session?.catalogue ?? makeCatalogue(resourceKinds, undefined);
	}

	namespaces(): readonly string[] {
		return this.#session?.namespaces() ?? [];
	}

	contextNames(): readonly string[] {
		return this.#view?.contexts.map(({name}) => name) ?? [];
	}

	/** Another context, file or story; the session in use goes on until the new one is made. Rejects with a ProblemError. */
	async open(to: Readonly<{context?: string; kubeconfig?: string; demo?: string}>, level: PolicyLevel): Promise<Session> {
		const {connectOptions} = this.#options;
		// A level raised for one cluster does not hold for the next.
		const options: ConnectOptions = {...connectOptions, level: level === 'write' && connectOptions.level === 'write' ? level : 'read'};
		const client = to.context !== undefined && this.#view ? await this.#openContext(this.#view, to.context, options) : await this.#openOther(to, options);
		return this.#adopt(client);
	}

	/** What the Contexts screen shows now. `changed` when an answer of a cluster came in. */
	contexts(changed: () => void): ContextsModel {
		if (this.#view && this.#infos.length === 0) void this.#readContexts(this.#view, changed);
		return {
			current: this.#session?.client.context.name ?? '',
			contexts: this.#infos.map(info => ({info, reach: this.#reach.get(info.name) ?? {state: 'not-asked'}})),
			files: this.#view?.files ?? [],
			...(this.#problem === undefined ? {} : {problem: this.#problem}),
		};
	}

	/** While the Contexts screen is shown: follows what is written to the kubeconfig files. A session that is open goes on as it is. */
	watchContexts(changed: () => void): Disposable {
		// A demo's kubeconfig is in no file.
		if (this.#view?.stamp === undefined) return {[Symbol.dispose]: () => {}};
		const {connectOptions} = this.#options;
		return watchKubeconfig({
			clock: connectOptions.clock,
			places: kubeconfigPlaces({...connectOptions, wish: this.#wish}),
			stamp: () => this.#view?.stamp,
			changed: view => {
				this.#view = view;
				this.#problem = undefined;
				void this.#readContexts(view, changed);
			},
			failed: error => {
				this.#problem = problemOf(error, 'Could not read the kubeconfig again');
				changed();
			},
		});
	}

	/** Asks every context's cluster for its version anew. */
	async askAll(changed: () => void): Promise<void> {
		const view = this.#view;
		if (!view) return;
		await Promise.all(this.#infos.map(info => this.#ask(view, info.name, changed)));
	}

	async #readContexts(view: KubeconfigView, changed: () => void): Promise<void> {
		const now = this.#options.connectOptions.clock.now();
		const infos = await Promise.all(
			view.contexts.map(async ({name, cluster, user, namespace, source}): Promise<ContextInfo> => {
				try {
					return await contextInfo(resolveContext(view, {context: name}), now);
				} catch (error) {
					this.#reach.set(name, {state: 'failed', problem: problemOf(error, `Could not read context ${name}`)});
					return {name, cluster, user: user ?? '', namespace: namespace ?? 'default', server: '', source, demo: false};
				}
			}),
		);
		if (view !== this.#view) return;
		this.#infos = infos;
		for (const name of this.#reach.keys()) if (!infos.some(info => info.name === name)) this.#reach.delete(name);
		changed();
		await this.askAll(changed);
	}

	async #ask(view: KubeconfigView, name: string, changed: () => void): Promise<void> {
		if (this.#reach.get(name)?.state === 'asking') return;
		this.#reach.set(name, {state: 'asking'});
		const {clock} = this.#options.connectOptions;
		const startedAt = clock.now();
		try {
			await using client = await clientOf(
				view,
				{...this.#options.connectOptions, wish: {context: name, orDemo: false}, hasTerminal: false},
				this.#story !== undefined,
			);
			const version = await client.version(AbortSignal.timeout(reachTimeoutMs));
			this.#reach.set(name, {state: 'reached', version, latencyMs: clock.now() - startedAt});
		} catch (error) {
			this.#reach.set(name, {state: 'failed', problem: problemOf(error, `Could not reach ${name}`)});
		}
		changed();
	}

	async #openContext(view: KubeconfigView, context: string, options: ConnectOptions): Promise<ClusterClient> {
		return await clientOf(view, {...options, wish: {...options.wish, context}}, this.#story !== undefined);
	}

	async #openOther(to: Readonly<{kubeconfig?: string; demo?: string}>, options: ConnectOptions): Promise<ClusterClient> {
		const {demo: _demo, kubeconfig: _kubeconfig, context: _context, ...wish} = options.wish;
		const opened = {...wish, orDemo: false, ...to};
		const connection = await connect({...options, wish: opened});
		if (connection.type === 'none') throw new Error(`There is no cluster in ${to.kubeconfig ?? 'the kubeconfig'}`);
		this.#wish = opened;
		this.#problem = undefined;
		this.#view = connection.view;
		this.#story = connection.story;
		this.#infos = [];
		this.#reach.clear();
		return connection.client;
	}
}
