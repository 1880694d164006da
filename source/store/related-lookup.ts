import type {Catalogue} from '../core/catalogue.ts';
import type {Scope} from '../core/feed.ts';
import {fieldAt} from '../core/field.ts';
import type {Item, KubeObject} from '../core/kubernetes.ts';
import {labelsMatch, selectorMatches} from '../core/label-selector.ts';
import type {Related} from '../core/object-model.ts';
import type {RelatedRef} from '../core/related/related-ref.ts';
import {names, ownerRef} from '../core/related.ts';
import {apiVersionOf, qualifiedName, type ResourceType} from '../core/resource-type.ts';
import type {CellContext} from '../core/table.ts';
import type {Tone} from '../core/tone.ts';
import {scopeKey} from './scopes.ts';
import type {ScopeHandle, Scopes} from './scope-handle.ts';

/** The most kinds and selections looked up for one page; the rest is shown as not looked up. */
const mostLookups = 16;
/** Owners of owners are followed this far: Pod, ReplicaSet, Deployment and what made that. */
const ownerDepth = 3;

export type RelatedLookupOptions = Readonly<{
	scopes: Scopes;
	catalogue(): Catalogue;
	context(): CellContext;
	changed(): void;
}>;

/** Finds the objects that an object's references mean, by watches that close with it. */
export class RelatedLookup implements Disposable {
	readonly #options: RelatedLookupOptions;
	readonly #handles = new Map<string, ScopeHandle>();
	/** Judged once for each state of an object. */
	#judged = new WeakMap<Item, Readonly<{tone: Tone; detail?: string}>>();

	constructor(options: RelatedLookupOptions) {
		this.#options = options;
	}

	/** What is known now of every reference, owners of owners included. Opens the watches that are missing, closes those no longer needed. */
	find(object: KubeObject, refs: readonly RelatedRef[]): readonly Related[] {
		const wanted = new Set<string>();
		const found = this.#follow(object, refs, wanted, 1);
		for (const [key, handle] of this.#handles) {
			if (wanted.has(key)) continue;
			handle[Symbol.dispose]();
			this.#handles.delete(key);
		}
		return found;
	}

	/** Judges everything again: tones depend on time. */
	forget(): void {
		this.#judged = new WeakMap();
	}

	[Symbol.dispose](): void {
		for (const handle of this.#handles.values()) handle[Symbol.dispose]();
		this.#handles.clear();
	}

	#follow(object: KubeObject, refs: readonly RelatedRef[], wanted: Set<string>, depth: number): Related[] {
		return refs.flatMap(ref => {
			const type = typeOf(ref, this.#options.catalogue());
			if (type === undefined) return unknownKind(ref);
			const handle = this.#open(scopeFor(ref, type, this.#options.catalogue()), wanted);
			if (handle === undefined) return unread(ref, type, 'unchecked');
			const items = matching(handle, ref, object);
			const here = items.map(item => this.#present(ref, type, item));
			const above = ref.relation === 'owner' && depth < ownerDepth ? items.flatMap(item => ownersOf(item)) : [];
			return [...(here.length > 0 ? here : absent(ref, type, handle)), ...this.#follow(object, above, wanted, depth + 1)];
		});
	}

	#open(scope: Scope, wanted: Set<string>): ScopeHandle | undefined {
		const key = scopeKey(scope);
		if (!wanted.has(key) && wanted.size >= mostLookups) return undefined;
		wanted.add(key);
		const handle = this.#handles.get(key) ?? this.#options.scopes.open(scope, this.#options.changed);
		this.#handles.set(key, handle);
		return handle;
	}

	#present(ref: RelatedRef, type: ResourceType, item: Item): Related {
		const judged = this.#judged.get(item) ?? this.#judge(type, item);
		this.#judged.set(item, judged);
		return {relation: ref.relation, kind: qualifiedName(type), ref: item.ref, state: 'present', ...judged};
	}

	#judge(type: ResourceType, item: Item): Readonly<{tone: Tone; detail?: string}> {
		const kind = this.#options.catalogue().kindOf(type, []);
		const context = this.#options.context();
		try {
			const tone = kind.tone?.(item, context) ?? (item.meta.deletionTimestamp === undefined ? 'text' : 'terminating');
			const detail = kind.why?.(item, context) ?? printedDetail(item);
			return detail === undefined ? {tone} : {tone, detail};
		} catch {
			return {tone: 'unknown'};
		}
	}
}

function typeOf(ref: RelatedRef, catalogue: Catalogue): ResourceType | undefined {
	const candidates = catalogue.types.filter(type => type.group === ref.group && type.kind === ref.kind);
	return candidates.find(type => type.preferred) ?? candidates[0];
}

function scopeFor(ref: RelatedRef, type: ResourceType, catalogue: Catalogue): Scope {
	const {target} = ref;
	// Whether an object points back is only seen in the whole object.
	const needsObject = target.by === 'selecting' || target.by === 'naming';
	const labelSelector = target.by === 'labels' || target.by === 'owner' ? target.labelSelector : undefined;
	const fieldSelector = target.by === 'name' ? `metadata.name=${target.name}` : target.by === 'fields' ? target.fieldSelector : undefined;
	return {
		type,
		mode: needsObject ? 'object' : catalogue.kindOf(type, []).mode,
		...(type.namespaced && ref.namespace !== undefined ? {namespace: ref.namespace} : {}),
		...(labelSelector ? {labelSelector} : {}),
		...(fieldSelector ? {fieldSelector} : {}),
	};
}

function matching(handle: ScopeHandle, {target}: RelatedRef, object: KubeObject): readonly Item[] {
	const items = [...handle.items()];
	switch (target.by) {
		case 'name':
			return items.filter(item => item.meta.name === target.name);
		case 'owner':
			return items.filter(item => item.meta.ownerReferences?.some(owner => owner.uid === target.uid));
		case 'selecting':
			return items.filter(item => item.object !== undefined && selects(item.object, target.labels));
		case 'naming':
			return items.filter(item => item.object !== undefined && names(item.object, object));
		default:
			return items;
	}
}

/** A Service has a plain map of labels and nothing when it is empty; the others have LabelSelectors (core/v1, policy/v1, networking/v1). */
function selects(other: KubeObject, labels: Readonly<Record<string, string>>): boolean {
	if (other.kind !== 'Service') return selectorMatches(fieldAt(other, 'spec', 'selector') ?? fieldAt(other, 'spec', 'podSelector'), labels);
	const selector = fieldAt(other, 'spec', 'selector');
	return typeof selector === 'object' && selector !== null && Object.keys(selector).length > 0 && labelsMatch(selector, labels);
}

function ownersOf(item: Item): readonly RelatedRef[] {
	return (item.meta.ownerReferences ?? []).flatMap(owner => ownerRef(owner, item.meta.namespace));
}

function printedDetail(item: Item): string | undefined {
	const ready = item.printed('Ready');
	if (typeof ready === 'string' && ready.includes('/')) return `${ready} ready`;
	const status = item.printed('Status');
	return typeof status === 'string' && status !== '' ? status : undefined;
}

/** What to show where nothing was found: denied, not read yet, or not there. */
function absent(ref: RelatedRef, type: ResourceType, handle: ScopeHandle): readonly Related[] {
	const {data, stream} = handle.state();
	if (stream.state === 'denied' && data === 'none') return unread(ref, type, 'denied');
	if (data !== 'ready') return ref.target.by === 'name' ? unread(ref, type, 'unchecked') : [];
	const optional = ref.target.by === 'name' && ref.target.optional === true;
	if (ref.target.by === 'name')
		return [{...empty(ref, type), state: 'missing', tone: optional ? 'muted' : 'error', detail: optional ? 'not there, optional' : 'not there'}];
	if (ref.target.by === 'labels')
		return [
			{
				...empty(ref, type),
				state: 'missing',
				tone: 'muted',
				detail: ref.target.labelSelector === '' ? 'none is there' : `none has ${ref.target.labelSelector}`,
			},
		];
	return [];
}

function unread(ref: RelatedRef, type: ResourceType, state: 'denied' | 'unchecked'): readonly Related[] {
	return [{...empty(ref, type), state, tone: state === 'denied' ? 'unknown' : 'muted'}];
}

function unknownKind(ref: RelatedRef): readonly Related[] {
	if (ref.target.by !== 'name') return [];
	const kind = ref.group === '' ? ref.kind : `${ref.kind}.${ref.group}`;
	return [{relation: ref.relation, kind: '', ref: refOf(ref, ''), state: 'unchecked', tone: 'unknown', detail: `the server has no kind ${kind}`}];
}

function empty(ref: RelatedRef, type: ResourceType): Pick<Related, 'relation' | 'kind' | 'ref'> {
	return {relation: ref.relation, kind: qualifiedName(type), ref: refOf(ref, apiVersionOf(type), type.namespaced)};
}

function refOf(ref: RelatedRef, apiVersion: string, namespaced = true): Related['ref'] {
	const name = ref.target.by === 'name' ? ref.target.name : '';
	return {apiVersion, kind: ref.kind, name, ...(namespaced && ref.namespace !== undefined ? {namespace: ref.namespace} : {})};
}
