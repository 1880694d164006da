import type {Catalogue} from '../core/catalogue.ts';
import type {Clock} from '../core/clock.ts';
import type {ClusterClient, Discovery} from '../core/cluster-client.ts';
import {makeCatalogue} from '../core/make-catalogue.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {ClusterUsage} from './metrics/cluster-usage.ts';
import {ProbeChoices} from './net/probe-choices.ts';
import type {Pulse} from './pulse.ts';
import type {ScopeHandle} from './scope-handle.ts';
import {WatchedScopes} from './scopes.ts';

export type SessionOptions = Readonly<{
	client: ClusterClient;
	kinds: readonly ResourceKind[];
	clock: Clock;
	pulse: Pulse;
	/** Where the settings say that a Prometheus is: `namespace/service:port`. */
	prometheus?: string;
}>;

/** One connected cluster while it is looked at: its client, its watches, its kinds. Disposing it ends them all. */
export class Session implements AsyncDisposable {
	readonly client: ClusterClient;
	readonly scopes: WatchedScopes;
	/** What nodes and pods use. */
	readonly usage: ClusterUsage;
	/** What was chosen and allowed about the probes of the Network screen. */
	readonly probeChoices = new ProbeChoices();
	readonly #options: SessionOptions;
	readonly #stop = new AbortController();
	readonly #listeners = new Set<() => void>();
	#catalogue: Catalogue;
	#discovery: Discovery | undefined;
	#version: string | undefined;
	#user: string | undefined;
	#namespaces: ScopeHandle | undefined;

	constructor(options: SessionOptions) {
		this.#options = options;
		this.client = options.client;
		this.scopes = new WatchedScopes({feedOf: options.client.feedOf, clock: options.clock, pulse: options.pulse, skewMs: () => options.client.skewMs()});
		this.usage = new ClusterUsage({
			client: options.client,
			catalogue: () => this.#catalogue,
			clock: options.clock,
			now: () => this.now(),
			...(options.prometheus === undefined ? {} : {prometheus: options.prometheus}),
		});
		// Our own records name kinds and paths: the first table need not wait for discovery.
		this.#catalogue = makeCatalogue(options.kinds, undefined);
	}

	get catalogue(): Catalogue {
		return this.#catalogue;
	}
	/** What discovery said; undefined until it answered. */
	get discovery(): Discovery | undefined {
		return this.#discovery;
	}
	get version(): string | undefined {
		return this.#version;
	}
	get user(): string | undefined {
		return this.#user;
	}
	/** Server time. */
	now(): number {
		return this.#options.clock.now() + this.client.skewMs();
	}

	/** Asks what the server is and has; `changed` tells when an answer came. Failures leave the words unknown: the streams say why. */
	start(): void {
		const {signal} = this.#stop;
		const adopt = (discovery: Discovery): void => {
			this.#discovery = discovery;
			this.#catalogue = makeCatalogue(this.#options.kinds, discovery);
			this.#tell();
		};
		void this.client.discover(adopt, signal).then(adopt, ignore);
		void this.client.version(signal).then(version => {
			this.#version = version;
			this.#tell();
		}, ignore);
		void this.client.whoami(signal).then(identity => {
			this.#user = identity?.username ?? this.client.context.user;
			this.#tell();
		}, ignore);
	}

	onChange(changed: () => void): () => void {
		this.#listeners.add(changed);
		return () => this.#listeners.delete(changed);
	}

	/** Names of namespaces, for completion. The first call opens their watch; before it has answered, and where it is denied, there are none. */
	namespaces(): readonly string[] {
		const type = this.#catalogue.find('namespaces');
		if (!type || this.#stop.signal.aborted) return [];
		this.#namespaces ??= this.scopes.open({type, mode: this.#catalogue.kindOf(type, []).mode}, () => this.#tell());
		return Array.from(this.#namespaces.items(), item => item.meta.name).sort();
	}

	/** Ends everything but the client: another session goes on with it. */
	leave(): void {
		this.#stop.abort();
		this.#namespaces?.[Symbol.dispose]();
		this.scopes[Symbol.dispose]();
		this.usage[Symbol.dispose]();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.leave();
		await this.client[Symbol.asyncDispose]();
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}
}

const ignore = (): void => {};
