import type {Catalogue} from '../core/catalogue.ts';
import type {Clock} from '../core/clock.ts';
import type {ClusterClient} from '../core/cluster-client.ts';
import {eventFacts} from '../core/event-facts.ts';
import type {Scope, StreamState} from '../core/feed.ts';
import type {Item, KubeObject, Ref} from '../core/kubernetes.ts';
import type {Live} from '../core/live.ts';
import {maskSecret} from '../core/mask-secret.ts';
import type {ObjectModel} from '../core/object-model.ts';
import {relatedRefs} from '../core/related.ts';
import {type ResourceType, qualifiedName} from '../core/resource-type.ts';
import type {CellContext} from '../core/table.ts';
import {yamlLines} from '../core/yaml-text.ts';
import {BesideScopes} from './beside.ts';
import {FetchedObject} from './fetched-object.ts';
import {RelatedLookup} from './related-lookup.ts';
import type {ScopeHandle, Scopes} from './scope-handle.ts';

/** States that time alone changes are judged again this often. */
const judgeAgainMs = 10_000;

export type ObjectOptions = Readonly<{
	scopes: Scopes;
	client: Pick<ClusterClient, 'get'>;
	catalogue(): Catalogue;
	clock: Clock;
	/** Server time. */
	now(): number;
	/** Of the API server, once known. */
	serverVersion?(): string | undefined;
	type: ResourceType;
	ref: Ref;
	/** false for the preview, which follows a moving cursor: no watches for what is around the object. */
	related: boolean;
}>;

/** One object with its events and what is around it, live. */
export function createObject(options: ObjectOptions): Live<ObjectModel> {
	return new LiveObject(options);
}

class LiveObject implements Live<ObjectModel> {
	readonly #options: ObjectOptions;
	readonly #listeners = new Set<() => void>();
	readonly #refresh = (): void => this.#publish();
	#main: ScopeHandle | undefined;
	#events: ScopeHandle | undefined;
	#beside: BesideScopes;
	#lookup: RelatedLookup;
	#fetched: FetchedObject;
	#timer: Disposable | undefined;
	/** Stays when the object is gone. */
	#last: Item | undefined;
	#written: Readonly<{object: KubeObject; keys: string; lines: readonly string[]}> | undefined;
	#snapshot: ObjectModel;

	constructor(options: ObjectOptions) {
		this.#options = options;
		this.#beside = new BesideScopes(options.scopes, plural => besideScope(options, plural), this.#refresh);
		this.#lookup = new RelatedLookup({scopes: options.scopes, catalogue: options.catalogue, context: () => this.#context(), changed: this.#refresh});
		this.#fetched = new FetchedObject(options, this.#refresh);
		this.#snapshot = this.#model();
	}

	snapshot = (): ObjectModel => this.#snapshot;

	subscribe = (changed: () => void): (() => void) => {
		this.#listeners.add(changed);
		if (!this.#main) this.#open();
		return () => {
			this.#listeners.delete(changed);
			if (this.#listeners.size === 0) this.#close();
		};
	};

	#open(): void {
		const {scopes, type, ref, catalogue, clock, related} = this.#options;
		this.#main = scopes.open(namedScope(type, ref, 'object'), this.#refresh);
		const events = catalogue().find('events');
		if (events) this.#events = scopes.open(eventsScope(events, ref), this.#refresh);
		if (related) this.#beside.want(catalogue().kindOf(type, []));
		const again = (): void => {
			this.#timer = clock.after(judgeAgainMs, again);
			this.#lookup.forget();
			this.#publish();
		};
		this.#timer = clock.after(judgeAgainMs, again);
		this.#publish();
	}

	#close(): void {
		for (const open of [this.#timer, this.#main, this.#events, this.#beside, this.#lookup, this.#fetched]) open?.[Symbol.dispose]();
		this.#main = undefined;
		this.#events = undefined;
	}

	#publish(): void {
		if (!this.#main) return;
		this.#snapshot = this.#model();
		for (const listener of this.#listeners) listener();
	}

	#model(): ObjectModel {
		const {type, ref, related} = this.#options;
		const state = this.#main?.state();
		const stream: StreamState = state?.stream ?? {state: 'loading', rows: 0};
		const here = this.#main?.find(type.namespaced ? ref.namespace : undefined, ref.name);
		if (here) this.#last = here;
		// The right to read one object may be there without the right to list its kind.
		const object = here?.object ?? (stream.state === 'denied' ? this.#fetched.whole() : undefined) ?? this.#last?.object;
		const events = this.#eventItems(object?.metadata.uid ?? ref.uid);
		return {
			type,
			ref: here?.ref ?? ref,
			...(object === undefined ? {} : {object}),
			data: this.#data(state?.data === 'ready', here, object),
			stream,
			...this.#judge(),
			...(events === undefined ? {} : {events}),
			eventsStream: this.#events?.state().stream ?? {state: 'loading', rows: 0},
			related: related && object && this.#main ? this.#lookup.find(object, relatedRefs(object)) : [],
			yaml: ({managedFields, revealed}) => this.#yaml(object, managedFields, revealed),
		};
	}

	#data(ready: boolean, here: Item | undefined, object: KubeObject | undefined): ObjectModel['data'] {
		if (here) return object ? 'ready' : 'none';
		if (ready) return this.#last ? 'deleted' : 'missing';
		return object ? 'ready' : 'none';
	}

	#judge(): Pick<ObjectModel, 'tone' | 'why'> {
		const {catalogue, type} = this.#options;
		const item = this.#last;
		if (item === undefined) return {tone: 'unknown'};
		const kind = catalogue().kindOf(type, this.#main?.columns() ?? []);
		const context = this.#context();
		try {
			const why = kind.why?.(item, context);
			const tone = kind.tone?.(item, context) ?? (item.meta.deletionTimestamp === undefined ? 'text' : 'terminating');
			return why === undefined ? {tone} : {tone, why};
		} catch {
			return {tone: 'unknown'};
		}
	}

	/** Newest first; those of an earlier object of the same name are left out. A Node's events carry its name as uid (kubelet). */
	#eventItems(uid: string | undefined): readonly Item[] | undefined {
		if (!this.#events || this.#events.state().data === 'none') return undefined;
		const name = this.#options.ref.name;
		return [...this.#events.items()]
			.map(item => ({item, facts: eventFacts(item)}))
			.filter(({facts}) => facts && (uid === undefined || facts.about.uid === undefined || facts.about.uid === uid || facts.about.uid === name))
			.sort((a, b) => (b.facts?.at ?? 0) - (a.facts?.at ?? 0))
			.map(({item}) => item);
	}

	/** Kept while nothing it is made of changes: a screen asks for it with every key. */
	#yaml(object: KubeObject | undefined, managedFields: boolean, revealed: readonly string[]): readonly string[] {
		const shown = (managedFields ? this.#fetched.withManagedFields(object?.metadata.resourceVersion) : undefined) ?? object;
		if (shown === undefined) return [];
		const keys = revealed.join('\n');
		if (this.#written?.object !== shown || this.#written.keys !== keys) this.#written = {object: shown, keys, lines: yamlLines(maskSecret(shown, revealed))};
		return this.#written.lines;
	}

	#context(): CellContext {
		const serverVersion = this.#options.serverVersion?.();
		return {now: this.#options.now(), beside: this.#beside, ...(serverVersion === undefined ? {} : {serverVersion})};
	}
}

function namedScope(type: ResourceType, ref: Ref, mode: Scope['mode']): Scope {
	const fieldSelector = `metadata.name=${ref.name}`;
	return {type, fieldSelector, mode, ...(type.namespaced && ref.namespace !== undefined ? {namespace: ref.namespace} : {})};
}

/** Events of one object by name, because the uid is not known before it is read; those of cluster-scoped objects lie in any namespace. */
function eventsScope(type: ResourceType, ref: Ref): Scope {
	const fieldSelector = `involvedObject.kind=${ref.kind},involvedObject.name=${ref.name}`;
	return {type, fieldSelector, mode: 'object', ...(ref.namespace === undefined ? {} : {namespace: ref.namespace})};
}

/** A neighbouring kind is read in the object's namespace. */
function besideScope(options: ObjectOptions, plural: string): Scope | undefined {
	const catalogue = options.catalogue();
	const type = catalogue.find(plural) ?? catalogue.types.find(candidate => candidate.plural === plural && candidate.preferred);
	if (type === undefined || qualifiedName(type) === qualifiedName(options.type)) return undefined;
	const {namespace} = options.ref;
	return {type, mode: catalogue.kindOf(type, []).mode, ...(type.namespaced && namespace !== undefined ? {namespace} : {})};
}
