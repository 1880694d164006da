import type {Clock} from '../core/clock.ts';
import {isEqual, type Json, recordAt, textAt} from './json.ts';
import {mergeObject} from './merge-patch.ts';
import type {DemoKind} from './kind.ts';
import {KindRegistry} from './kind-registry.ts';
import type {Random} from './random.ts';
import {type Change, ResourceStore} from './resource-store.ts';
import {defaultSettings, type DemoSettings} from './settings.ts';
import {alreadyExists, modifiedMeanwhile, notFound, qualified} from './status-error.ts';
import {type NewObject, type StoredMeta, type StoredObject, timestamp} from './stored-object.ts';

type ClusterListener = (kind: DemoKind, change: Change) => void;

/** The state behind the API: every object, one counter of resourceVersions, and what writes do beside being stored. */
export class DemoCluster {
	readonly clock: Clock;
	readonly random: Random;
	readonly kinds = new KindRegistry();
	readonly settings: DemoSettings = defaultSettings();
	/** Set while a control plane runs: pods then end gracefully. */
	hasKubelets = false;
	#resourceVersion = 100;
	readonly #stores = new Map<string, ResourceStore>();
	readonly #listeners = new Set<ClusterListener>();
	readonly #compactions = new Set<() => void>();

	constructor(clock: Clock, random: Random) {
		this.clock = clock;
		this.random = random;
	}

	/** The highest resourceVersion given out. */
	get resourceVersion(): number {
		return this.#resourceVersion;
	}

	now(): number {
		return this.clock.now();
	}

	/** The objects of a kind; kinds that show another one's objects share its store. */
	store(kind: DemoKind): ResourceStore {
		const plural = kind.sameAs?.plural ?? qualified(kind);
		const known = this.#stores.get(plural);
		if (known !== undefined) return known;
		const store = new ResourceStore(this.kinds.byPlural(plural), this.#resourceVersion);
		store.listen(
			change => {
				for (const listener of [...this.#listeners]) listener(store.kind, change);
			},
			() => undefined,
		);
		this.#stores.set(plural, store);
		return store;
	}

	/** One object by `pods` or `deployments.apps`. */
	get(plural: string, namespace: string | undefined, name: string): StoredObject | undefined {
		return this.store(this.kinds.byPlural(plural)).get(namespace, name);
	}

	/** All objects of a kind in the order of their keys. */
	list(plural: string, namespace?: string): readonly StoredObject[] {
		return this.store(this.kinds.byPlural(plural)).list(namespace);
	}

	/** Stores a new object; throws 404 for an unknown kind, 409 when it exists. */
	create(object: NewObject): StoredObject {
		const kind = this.#kindOf(object);
		const stored = this.#completed(kind, object);
		if (this.store(kind).get(stored.metadata.namespace, stored.metadata.name) !== undefined) throw alreadyExists(kind, stored.metadata.name);
		return this.#put(kind, stored);
	}

	/** Stores many objects of one kind at once, before anybody watches. */
	load(objects: readonly NewObject[]): readonly StoredObject[] {
		const [first] = objects;
		if (first === undefined) return [];
		const kind = this.#kindOf(first);
		const stored = objects.map(object => this.#completed(kind, object));
		this.store(kind).load(stored);
		this.store(kind).compact(this.#resourceVersion);
		return stored;
	}

	/** Puts a new state in the place of the old; `expected` is the resourceVersion it was made from, when that matters. */
	replace(object: StoredObject, expected?: string): StoredObject {
		const kind = this.#kindOf(object);
		const {namespace, name} = object.metadata;
		const current = this.store(kind).get(namespace, name);
		if (current === undefined) throw notFound(kind, name);
		if (expected !== undefined && expected !== '' && expected !== current.metadata.resourceVersion) throw modifiedMeanwhile(kind, name);
		const {uid, creationTimestamp, deletionTimestamp, generation} = current.metadata;
		const isChanged = generation !== undefined && object['spec'] !== current['spec'] && !isEqual(object['spec'], current['spec']);
		const metadata: StoredMeta = {
			...object.metadata,
			uid,
			creationTimestamp,
			...(deletionTimestamp === undefined ? {} : {deletionTimestamp}),
			...(generation === undefined ? {} : {generation: isChanged ? generation + 1 : generation}),
		};
		const stored = this.#put(kind, {...object, metadata});
		if (deletionTimestamp !== undefined && (stored.metadata.finalizers ?? []).length === 0 && (current.metadata.finalizers ?? []).length > 0)
			this.#drop(kind, stored);
		return stored;
	}

	/** Merges a patch (RFC 7386) into an object; throws 404. */
	patch(plural: string, namespace: string | undefined, name: string, patch: Parameters<typeof mergeObject>[1]): StoredObject {
		const kind = this.kinds.byPlural(plural);
		const current = this.store(kind).get(namespace, name);
		if (current === undefined) throw notFound(kind, name);
		return this.replace(mergeObject(current, patch));
	}

	/** Deletes as the API server does: finalizers and a pod's grace only mark it. Returns the last state; throws 404. */
	delete(plural: string, namespace: string | undefined, name: string, graceSeconds?: number): StoredObject {
		const kind = this.kinds.byPlural(plural);
		const current = this.store(kind).get(namespace, name);
		if (current === undefined) throw notFound(kind, name);
		const grace = this.#grace(kind, current, graceSeconds);
		if (grace === 0 && (current.metadata.finalizers ?? []).length === 0) return this.#drop(kind, current);
		if (current.metadata.deletionTimestamp !== undefined) return current;
		const metadata = {...current.metadata, deletionTimestamp: timestamp(this.now() + grace * 1000), deletionGracePeriodSeconds: grace};
		return this.#put(kind, {...current, metadata});
	}

	/** Forgets the history of a kind, or of all: watches and pages from before are too old. */
	compact(plural?: string): void {
		this.#resourceVersion += 1;
		const stores = plural === undefined ? [...this.#stores.values()] : [this.store(this.kinds.byPlural(plural))];
		for (const store of stores) store.compact(this.#resourceVersion);
		for (const compacted of this.#compactions) compacted();
	}

	/** Calls back at each change of any object. */
	listen(listener: ClusterListener): Disposable {
		this.#listeners.add(listener);
		return {[Symbol.dispose]: () => this.#listeners.delete(listener)};
	}

	/** Calls back when history was forgotten. */
	onCompaction(compacted: () => void): void {
		this.#compactions.add(compacted);
	}

	#kindOf(object: Readonly<{apiVersion: string; kind: string}>): DemoKind {
		const kind = this.kinds.byKind(object.apiVersion, object.kind);
		if (kind === undefined) throw new Error(`the demo server does not serve ${object.apiVersion} ${object.kind}`);
		return kind.sameAs === undefined ? kind : this.kinds.byPlural(kind.sameAs.plural);
	}

	#completed(kind: DemoKind, object: NewObject): StoredObject {
		const {name, namespace, uid, creationTimestamp, generateName, ...rest} = object.metadata;
		this.#resourceVersion += 1;
		const metadata: StoredMeta = {
			name: name ?? `${generateName ?? ''}${this.random.suffix(5)}`,
			...(generateName === undefined ? {} : {generateName}),
			...(kind.namespaced ? {namespace: namespace ?? 'default'} : {}),
			uid: uid ?? this.random.uuid(),
			...rest,
			resourceVersion: String(this.#resourceVersion),
			...(object['spec'] === undefined || rest.generation !== undefined ? {} : {generation: 1}),
			creationTimestamp: creationTimestamp ?? timestamp(this.now()),
		};
		return {...object, metadata: lastManagedFields(metadata)};
	}

	#put(kind: DemoKind, object: StoredObject): StoredObject {
		this.#resourceVersion += 1;
		const stored: StoredObject = {...object, metadata: {...object.metadata, resourceVersion: String(this.#resourceVersion)}};
		const served = kind.plural === 'customresourcedefinitions' ? established(stored, this.now()) : stored;
		this.store(kind).put(served);
		if (kind.plural === 'customresourcedefinitions') this.#define(served);
		return served;
	}

	#define(definition: StoredObject): void {
		const lag = this.settings.customKindLagMs;
		if (lag === 0) this.kinds.define(definition);
		else this.clock.after(lag, () => this.kinds.define(definition));
	}

	#grace(kind: DemoKind, object: StoredObject, asked: number | undefined): number {
		if (kind.plural !== 'pods' || !this.hasKubelets || textAt(object, 'spec', 'nodeName') === '') return 0;
		const own = recordAt(object, 'spec')['terminationGracePeriodSeconds'];
		return asked ?? (typeof own === 'number' ? own : 30);
	}

	#drop(kind: DemoKind, object: StoredObject): StoredObject {
		if (kind.plural === 'namespaces') this.#empty(object.metadata.name);
		if (kind.plural === 'customresourcedefinitions') this.#undefine(object);
		this.#resourceVersion += 1;
		const last: StoredObject = {...object, metadata: {...object.metadata, resourceVersion: String(this.#resourceVersion)}};
		this.store(kind).remove(last);
		return last;
	}

	/** A namespace shows Terminating once, then everything in it goes. */
	#empty(namespace: string): void {
		const kind = this.kinds.byPlural('namespaces');
		const current = this.store(kind).get(undefined, namespace);
		if (current !== undefined) {
			const metadata = {...current.metadata, deletionTimestamp: timestamp(this.now())};
			this.#put(kind, {...current, metadata, status: {phase: 'Terminating'}});
		}
		for (const store of [...this.#stores.values()]) {
			if (store.kind.namespaced) for (const object of store.list(namespace)) this.#drop(store.kind, object);
		}
	}

	#undefine(definition: StoredObject): void {
		const store = this.#stores.get(definition.metadata.name);
		if (store !== undefined) for (const object of store.list()) this.#drop(store.kind, object);
		this.kinds.remove(definition.metadata.name);
		this.#stores.delete(definition.metadata.name);
		store?.close();
	}
}

/** managedFields last, as the server prints them: what stands before can be kept as text of its own. */
function lastManagedFields(metadata: StoredMeta): StoredMeta {
	const {managedFields, ...rest} = metadata;
	return managedFields === undefined ? rest : {...rest, managedFields};
}

function established(definition: StoredObject, now: number): StoredObject {
	const status = (type: string, reason: string): Json => ({type, status: 'True', reason, message: '', lastTransitionTime: timestamp(now)});
	if (definition['status'] !== undefined) return definition;
	const versions = recordAt(definition, 'spec')['versions'];
	const storedVersions = Array.isArray(versions)
		? versions.filter(version => recordAt(version)['storage'] === true).map(version => textAt(version, 'name'))
		: [];
	const conditions = [status('NamesAccepted', 'NoConflicts'), status('Established', 'InitialNamesAccepted')];
	return {...definition, status: {conditions, acceptedNames: recordAt(definition, 'spec', 'names'), storedVersions}};
}
