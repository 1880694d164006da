import type {ServerColumn} from '../core/feed.ts';
import {fieldAt, listAt, textAt, timeAt} from '../core/field.ts';
import {type Item, itemKey} from '../core/kubernetes.ts';
import type {Family, ResourceKind} from '../core/resource-kind.ts';
import {qualifiedName} from '../core/resource-type.ts';
import type {CellContext} from '../core/table.ts';
import type {Tone} from '../core/tone.ts';
import type {ScopeHandle} from './scope-handle.ts';

/** Up to this many objects all are judged again as time passes; beyond, only those whose state is still moving. */
const judgeAllUpTo = 1000;
const settled: ReadonlySet<Tone> = new Set(['ok', 'muted', 'text', 'accent']);

/** One object that is in error or warning. */
export type Troubled = Readonly<{
	kind: string;
	item: Item;
	tone: Tone;
	why: string;
	since?: number;
	family: Family;
	/** `Deployment/shop/web` of the workload it is a part of; undefined when it stands for itself. */
	partOf?: string;
}>;

/** What counting needs of one object; shared by all that count alike, because there are very many. */
type Tally = Readonly<{family: Family; tone: Tone; part: boolean}>;

export type KindHealthOptions = Readonly<{
	family: Family;
	handle: ScopeHandle;
	kindOf(columns: readonly ServerColumn[]): ResourceKind;
	context(): CellContext;
}>;

/** The objects of one kind, judged one by one as they change and counted. */
export class KindHealth implements Disposable {
	readonly troubled = new Map<string, Troubled>();
	readonly handle: ScopeHandle;
	readonly #options: KindHealthOptions;
	readonly #tallies = new Map<string, Tally>();
	readonly #shared = new Map<string, Tally>();
	readonly #counts = new Map<Tally, number>();
	readonly #moving = new Set<string>();
	readonly #queue = new Map<string, Item>();

	constructor(options: KindHealthOptions) {
		this.#options = options;
		this.handle = options.handle;
	}

	get name(): string {
		return qualifiedName(this.handle.scope.type);
	}

	get family(): Family {
		return this.#options.family;
	}

	/** Not every object has been judged once. */
	get behind(): boolean {
		return this.#tallies.size < this.handle.size();
	}

	/** Notes what changed since the last call; `work` judges it. */
	take(): void {
		const {changed, removed} = this.handle.changes();
		for (const key of removed) this.#forget(key);
		for (const item of changed) this.#queue.set(itemKey(item), item);
	}

	/** Has what time alone may have changed judged again: everything, or of very many objects those whose state still moves. */
	judgeAgain(): void {
		if (this.handle.size() <= judgeAllUpTo) {
			this.judgeAll();
			return;
		}
		for (const key of this.#moving) {
			const item = this.handle.get(key);
			if (item) this.#queue.set(key, item);
		}
	}

	/** Has every object judged again: a neighbouring kind changed. */
	judgeAll(): void {
		for (const item of this.handle.items()) this.#queue.set(itemKey(item), item);
	}

	/** Judges up to that many objects; true when more wait. */
	work(limit: number): boolean {
		const kind = this.#options.kindOf(this.handle.columns());
		const context = this.#options.context();
		let done = 0;
		for (const [key, item] of this.#queue) {
			if (done++ >= limit) return true;
			this.#queue.delete(key);
			if (this.handle.get(key) === item) this.#judgeOne(kind, item, context);
		}
		return false;
	}

	/** How many objects of a family that stand for themselves have each tone. */
	counts(family: Family): ReadonlyMap<Tone, number> {
		const found = new Map<Tone, number>();
		for (const [tally, count] of this.#counts) if (tally.family === family && !tally.part) found.set(tally.tone, (found.get(tally.tone) ?? 0) + count);
		return found;
	}

	[Symbol.dispose](): void {
		this.handle[Symbol.dispose]();
	}

	#judgeOne(kind: ResourceKind, item: Item, context: CellContext): void {
		const key = itemKey(item);
		const tone = toneOf(kind, item, context);
		const before = this.#tallies.get(key)?.tone;
		const family = familyOf(this.family, item);
		const partOf = workloadOf(item);
		this.#count(key, family, tone, partOf !== undefined);
		if (tone !== 'error' && tone !== 'warning') {
			this.troubled.delete(key);
			return;
		}
		const seen = before === undefined || before === tone ? this.troubled.get(key)?.since : context.now;
		const since = troubleSince(item) ?? sinceOf(kind, item, context) ?? seen;
		const why = whyOf(kind, item, context) ?? tone;
		this.troubled.set(key, {
			kind: this.name,
			item,
			tone,
			why,
			family,
			...(since === undefined ? {} : {since}),
			...(partOf === undefined ? {} : {partOf}),
		});
	}

	#count(key: string, family: Family, tone: Tone, part: boolean): void {
		const name = `${family} ${tone} ${part}`;
		const tally = this.#shared.get(name) ?? {family, tone, part};
		this.#shared.set(name, tally);
		const before = this.#tallies.get(key);
		if (before === tally) return;
		if (before) this.#add(before, -1);
		this.#tallies.set(key, tally);
		this.#add(tally, 1);
		if (settled.has(tone)) this.#moving.delete(key);
		else this.#moving.add(key);
	}

	#forget(key: string): void {
		const before = this.#tallies.get(key);
		if (before) this.#add(before, -1);
		this.#tallies.delete(key);
		this.#moving.delete(key);
		this.#queue.delete(key);
		this.troubled.delete(key);
	}

	#add(tally: Tally, by: number): void {
		this.#counts.set(tally, (this.#counts.get(tally) ?? 0) + by);
	}
}

function toneOf(kind: ResourceKind, item: Item, context: CellContext): Tone {
	try {
		return kind.tone?.(item, context) ?? (item.meta.deletionTimestamp === undefined ? 'text' : 'terminating');
	} catch {
		return 'unknown';
	}
}

function whyOf(kind: ResourceKind, item: Item, context: CellContext): string | undefined {
	try {
		return kind.why?.(item, context);
	} catch {
		return undefined;
	}
}

function sinceOf(kind: ResourceKind, item: Item, context: CellContext): number | undefined {
	try {
		return kind.since?.(item, context);
	} catch {
		return undefined;
	}
}

/** The static pods of the control plane count with it, not with the workloads (label of kubeadm's manifests). */
function familyOf(family: Family, item: Item): Family {
	return item.meta.labels?.['tier'] === 'control-plane' && item.meta.namespace === 'kube-system' ? 'control-plane' : family;
}

/** The key by which the parts of a workload name it. */
export function workloadKey(kind: string, namespace: string | undefined, name: string): string {
	return `${kind}/${namespace ?? ''}/${name}`;
}

/**
 * The workload that an object is a part of: its controller; of a Deployment's pods the Deployment, whose name their
 * ReplicaSet's is without the template hash. Mirror pods, which a Node controls, stand for themselves.
 */
function workloadOf(item: Item): string | undefined {
	const owner = item.meta.ownerReferences?.find(reference => reference.controller);
	if (!owner || owner.kind === 'Node') return undefined;
	const hash = item.meta.labels?.['pod-template-hash'];
	const ofDeployment = owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`);
	return ofDeployment
		? workloadKey('Deployment', item.meta.namespace, owner.name.slice(0, -hash.length - 1))
		: workloadKey(owner.kind, item.meta.namespace, owner.name);
}

/** Since when it is not well, by the conditions of the object where it is there: the last of Ready or Available to turn false, or of a pressure to turn true. */
function troubleSince(item: Item): number | undefined {
	const times = listAt(fieldAt(item.object, 'status'), 'conditions').flatMap(condition => {
		const [type = '', status] = [textAt(condition, 'type'), textAt(condition, 'status')];
		const bad = /^(Ready|Available)$/.test(type) ? status !== 'True' : /Pressure$|^(Failed|ReplicaFailure|NetworkUnavailable)$/.test(type) && status === 'True';
		return bad ? (timeAt(condition, 'lastTransitionTime') ?? []) : [];
	});
	return times.length === 0 ? undefined : Math.max(...times);
}
