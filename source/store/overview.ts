import type {Catalogue} from '../core/catalogue.ts';
import type {Clock} from '../core/clock.ts';
import type {ClusterClient} from '../core/cluster-client.ts';
import type {Scope, StreamState} from '../core/feed.ts';
import type {Live} from '../core/live.ts';
import type {FamilyHealth, OverviewModel} from '../core/overview-model.ts';
import {qualifiedName, type ResourceType} from '../core/resource-type.ts';
import type {CellContext} from '../core/table.ts';
import {BesideScopes} from './beside.ts';
import {EventRate, type Warning} from './event-rate.ts';
import {familyHealth} from './family-health.ts';
import {HealthChecks} from './health-checks.ts';
import {KindHealth} from './kind-health.ts';
import type {ClusterUsage} from './metrics/cluster-usage.ts';
import {consumersOf} from './metrics/consumers.ts';
import {metricsHealth} from './metrics/metrics-health.ts';
import type {MetricsHandle} from './metrics/metrics-store.ts';
import type {ScopeHandle, Scopes} from './scope-handle.ts';
import {TroubleTimes} from './trouble-times.ts';

/** States that time alone changes are judged again this often. */
const judgeAgainMs = 10_000;
/** A change of a neighbouring kind judges all objects of a kind again, at most this often; the second figure from 1,000 objects on. */
const besideMs = 1000;
const crowdedBesideMs = 10_000;
const crowd = 1000;
/** Judged in one go; a key press waits no longer than that. */
const sliceLength = 1000;

export type OverviewOptions = Readonly<{
	scopes: Scopes;
	client: Pick<ClusterClient, 'context' | 'text' | 'get'>;
	/** The kinds of the server; empty until it has told them, so that nothing is asked for that it does not have. */
	catalogue(): Catalogue;
	/** Tells when the catalogue is another. */
	onCatalogue?(changed: () => void): () => void;
	clock: Clock;
	/** Server time. */
	now(): number;
	/** Of the API server, once known. */
	serverVersion?(): string | undefined;
	/** What pods use, for the largest consumers. */
	usage?: ClusterUsage;
}>;

/** Health of the whole cluster, from the live objects of every kind that has a family. Only what changed is judged again. */
export function createOverview(options: OverviewOptions): Live<OverviewModel> {
	return new LiveOverview(options);
}

class LiveOverview implements Live<OverviewModel> {
	readonly #options: OverviewOptions;
	readonly #listeners = new Set<() => void>();
	readonly #kinds = new Map<string, KindHealth>();
	/** Only counted: nodes, namespaces and pods, where they have no family. */
	readonly #counted = new Map<string, ScopeHandle>();
	#catalogue: Catalogue | undefined;
	#leaveCatalogue: (() => void) | undefined;
	#beside: BesideScopes | undefined;
	/** Kinds whose neighbours changed and that are to be judged again. */
	readonly #waiting = new Map<KindHealth, Disposable>();
	readonly #besideJudgedAt = new WeakMap<KindHealth, number>();
	#events: ScopeHandle | undefined;
	#rate = new EventRate();
	#checks: HealthChecks | undefined;
	#times: TroubleTimes | undefined;
	#metrics: MetricsHandle | undefined;
	#timers: Readonly<{judge?: Disposable; publish?: Disposable}> = {};
	#snapshot: OverviewModel;

	constructor(options: OverviewOptions) {
		this.#options = options;
		this.#snapshot = this.#model();
	}

	snapshot = (): OverviewModel => this.#snapshot;

	subscribe = (changed: () => void): (() => void) => {
		this.#listeners.add(changed);
		if (!this.#checks) this.#open();
		return () => {
			this.#listeners.delete(changed);
			if (this.#listeners.size === 0) this.#close();
		};
	};

	#open(): void {
		const {client, clock, scopes} = this.#options;
		this.#checks = new HealthChecks(client, clock, () => this.#soon());
		this.#times = new TroubleTimes({client, catalogue: () => this.#options.catalogue(), changed: () => this.#soon()});
		this.#beside = new BesideScopes(
			scopes,
			plural => this.#scopeByPlural(plural),
			() => this.#besideChanged(),
		);
		this.#metrics = this.#options.usage?.metrics.open({nodes: true, pods: {}}, () => this.#soon());
		this.#leaveCatalogue = this.#options.onCatalogue?.(() => this.#soon());
		this.#judgeLater();
		this.#publish();
	}

	#close(): void {
		const handles = [...this.#kinds.values(), ...this.#counted.values(), ...this.#waiting.values()];
		for (const open of [...handles, this.#events, this.#beside, this.#checks, this.#times, this.#metrics, this.#timers.judge, this.#timers.publish])
			open?.[Symbol.dispose]();
		this.#leaveCatalogue?.();
		this.#kinds.clear();
		this.#counted.clear();
		this.#waiting.clear();
		this.#catalogue = undefined;
		this.#events = undefined;
		this.#checks = undefined;
		this.#times = undefined;
		this.#metrics = undefined;
		this.#timers = {};
		this.#rate = new EventRate();
	}

	/** The scopes of one frame report one by one; they are published together. */
	#soon(): void {
		if (this.#timers.publish || !this.#checks) return;
		this.#timers = {...this.#timers, publish: this.#options.clock.after(0, () => this.#publish())};
	}

	#judgeLater(): void {
		const judge = this.#options.clock.after(judgeAgainMs, () => {
			for (const kind of this.#kinds.values()) kind.judgeAgain();
			this.#judgeLater();
			this.#publish();
		});
		this.#timers = {...this.#timers, judge};
	}

	#publish(): void {
		if (!this.#checks) return;
		const {publish, ...timers} = this.#timers;
		publish?.[Symbol.dispose]();
		this.#timers = timers;
		this.#adopt(this.#options.catalogue());
		for (const kind of this.#kinds.values()) {
			kind.take();
			if (kind.work(sliceLength)) this.#soon();
		}
		if (this.#events) this.#rate.take(this.#events);
		this.#snapshot = this.#model();
		for (const listener of this.#listeners) listener();
	}

	/** Has the kinds that look at neighbours judged again, each at most so often; what changes meanwhile waits for that. */
	#besideChanged(): void {
		const now = this.#options.clock.now();
		for (const kind of this.#kinds.values()) {
			const looksBeside = this.#catalogue?.kindOf(kind.handle.scope.type, []).beside?.length;
			if (!looksBeside || this.#waiting.has(kind)) continue;
			const everyMs = kind.handle.size() > crowd ? crowdedBesideMs : besideMs;
			const dueAt = (this.#besideJudgedAt.get(kind) ?? Number.NEGATIVE_INFINITY) + everyMs;
			this.#waiting.set(
				kind,
				this.#options.clock.after(Math.max(0, dueAt - now), () => this.#judgeBeside(kind)),
			);
		}
	}

	#judgeBeside(kind: KindHealth): void {
		this.#waiting.delete(kind);
		this.#besideJudgedAt.set(kind, this.#options.clock.now());
		kind.judgeAll();
		this.#soon();
	}

	/** Opens the kinds that the cluster has now and closes those it no longer has. */
	#adopt(catalogue: Catalogue): void {
		if (catalogue === this.#catalogue) return;
		this.#catalogue = catalogue;
		const listed = catalogue.types.filter(type => type.preferred && type.state === 'current' && type.verbs.includes('list'));
		const wanted = new Map(listed.map(type => [`${qualifiedName(type)} ${type.version}`, type]));
		for (const [key, kind] of this.#kinds) {
			if (wanted.has(key)) continue;
			kind[Symbol.dispose]();
			this.#waiting.get(kind)?.[Symbol.dispose]();
			this.#waiting.delete(kind);
			this.#kinds.delete(key);
		}
		for (const [key, type] of wanted) if (!this.#kinds.has(key)) this.#openKind(key, type, catalogue);
		for (const name of ['nodes', 'namespaces', 'pods']) this.#openCounted(name, catalogue);
		const events = catalogue.find('events');
		if (events && !this.#events) this.#events = this.#options.scopes.open({type: events, mode: 'object'}, () => this.#soon());
	}

	#openKind(key: string, type: ResourceType, catalogue: Catalogue): void {
		const kind = catalogue.kindOf(type, []);
		const {family, beside = []} = kind;
		if (family === undefined) return;
		// Nodes renew their leases all the time; that one is silent shows in its conditions a moment later.
		this.#beside?.want({...kind, beside: beside.filter(plural => plural !== 'leases')});
		this.#kinds.set(
			key,
			new KindHealth({
				family,
				handle: this.#options.scopes.open(scopeOf(type, catalogue), () => this.#soon()),
				kindOf: columns => this.#options.catalogue().kindOf(type, columns),
				context: () => this.#context(),
			}),
		);
	}

	#openCounted(name: string, catalogue: Catalogue): void {
		const type = catalogue.find(name);
		if (!type || this.#counted.has(name) || this.#handleOf(name)) return;
		this.#counted.set(
			name,
			this.#options.scopes.open(scopeOf(type, catalogue), () => this.#soon()),
		);
	}

	#handleOf(name: string): ScopeHandle | undefined {
		return [...this.#kinds.values()].find(kind => kind.name === name)?.handle ?? this.#counted.get(name);
	}

	#scopeByPlural(plural: string): Scope | undefined {
		const catalogue = this.#options.catalogue();
		const type = catalogue.find(plural) ?? catalogue.types.find(candidate => candidate.plural === plural && candidate.preferred);
		return type && scopeOf(type, catalogue);
	}

	#context(): CellContext {
		const nothing = {ready: () => false, find: () => undefined, list: () => []};
		const serverVersion = this.#options.serverVersion?.();
		return {now: this.#options.now(), beside: this.#beside ?? nothing, ...(serverVersion === undefined ? {} : {serverVersion})};
	}

	#model(): OverviewModel {
		const handles = [...[...this.#kinds.values()].map(kind => kind.handle), ...this.#counted.values(), ...(this.#events ? [this.#events] : [])];
		const streams = handles.map(handle => handle.state().stream);
		const reading = this.#metrics?.reading();
		const consumers = reading && consumersOf(reading);
		const readEvents = this.#events !== undefined && this.#events.state().data !== 'none';
		const health = familyHealth([...this.#kinds.values()], this.#checks?.state() ?? {checks: []}).map(family => this.#told(family));
		return {
			context: this.#options.client.context,
			families: [...this.#dated(health), ...metricsHealth(reading)],
			counts: this.#counts(),
			...(consumers === undefined ? {} : {consumers}),
			...(readEvents ? {eventsPerMinute: this.#rate.perMinute(this.#options.now())} : {}),
			warnings: this.#rate.warnings().map(warning => this.#withKind(warning)),
			stream: wholeStream(streams),
			watching: streams.filter(({state}) => state === 'live' || state === 'quiet' || state === 'polling').length,
			denied: streams.filter(({state}) => state === 'denied').length,
		};
	}

	/** The row of an evicted pod does not tell since when, but an event of that name may. */
	#told(family: FamilyHealth): FamilyHealth {
		if (family.troubles.every(({since}) => since !== undefined)) return family;
		const troubles = family.troubles.map(trouble => {
			const since = trouble.since ?? this.#rate.toldAt(trouble.ref, trouble.why);
			return since === undefined ? trouble : {...trouble, since};
		});
		return {...family, troubles};
	}

	/** What neither row nor event dates is read by name; not before the events have been asked for, which may tell it. */
	#dated(families: readonly FamilyHealth[]): readonly FamilyHealth[] {
		const events = this.#events?.state();
		const mayCome = events === undefined || (events.data === 'none' && (events.stream.state === 'loading' || events.stream.state === 'queued'));
		return mayCome ? families : (this.#times?.dated(families) ?? families);
	}

	#withKind(warning: Warning): Warning {
		const type = this.#options.catalogue().ofObject(warning.ref.apiVersion, warning.ref.kind);
		return type === undefined ? warning : {...warning, kind: qualifiedName(type)};
	}

	#counts(): OverviewModel['counts'] {
		const known = ['nodes', 'namespaces', 'pods'].flatMap(name => {
			const handle = this.#handleOf(name);
			return handle && handle.state().data !== 'none' ? [[name, handle.size()] as const] : [];
		});
		return Object.fromEntries(known);
	}
}

/** Leases are renewed every few seconds by every node; those of the control plane are enough. */
function scopeOf(type: ResourceType, catalogue: Catalogue): Scope {
	const scope: Scope = {type, mode: catalogue.kindOf(type, []).mode};
	return qualifiedName(type) === 'leases.coordination.k8s.io' ? {...scope, namespace: 'kube-system'} : scope;
}

/** One state for many streams: what stands in the way of all of it first, else the newest event of those that are up. */
function wholeStream(streams: readonly StreamState[]): StreamState {
	const first = <S extends StreamState['state']>(state: S): StreamState | undefined => streams.find(stream => stream.state === state);
	const live = streams.filter(stream => stream.state === 'live').reduce((at, stream) => Math.max(at, stream.lastEventAt), 0);
	const up: StreamState | undefined = live > 0 ? {state: 'live', lastEventAt: live} : undefined;
	const broken = first('login-needed') ?? first('reconnecting');
	return broken ?? first('loading') ?? up ?? first('quiet') ?? first('polling') ?? first('queued') ?? first('denied') ?? {state: 'loading', rows: 0};
}
