import type {Catalogue} from '../../core/catalogue.ts';
import type {Readability} from '../../core/check.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {StreamState} from '../../core/feed.ts';
import type {Item, KubeObject} from '../../core/kubernetes.ts';
import {apiVersionOf, type ResourceType} from '../../core/resource-type.ts';
import type {ScopeHandle, Scopes} from '../scope-handle.ts';
import {gatherObjects} from './gather-objects.ts';
import type {ReadKind, ReadObjects} from './read-objects.ts';
import type {KindQuestion} from './view-kinds.ts';

/** Kinds with too many objects to be watched whole are listed again this often while they are looked at. */
const listAgainMs = 30_000;

export type LiveObjectsOptions = Readonly<{
	scopes: Scopes;
	client: Pick<ClusterClient, 'list' | 'table'>;
	/** The kinds of the server; a kind that discovery has not told of yet is still loading. */
	catalogue(): Catalogue;
	discovered(): boolean;
	clock: Clock;
	changed(): void;
}>;

type Listed = {read?: ReadKind; at?: number; running: boolean};
type Open = Readonly<{question: KindQuestion; handles: readonly ScopeHandle[]; listed: Listed; stop: AbortController}>;

/** The objects of the kinds that a tab needs, as they are now; opened and closed as the tab changes. */
export class LiveObjects implements Disposable {
	readonly #options: LiveObjectsOptions;
	readonly #open = new Map<string, Open>();
	readonly #cache = new Map<string, ReadKind>();

	constructor(options: LiveObjectsOptions) {
		this.#options = options;
	}

	/** Opens what is asked for and closes what no longer is. Kinds that the server is not known to have are looked for again at the next call. */
	want(questions: readonly KindQuestion[]): void {
		const wanted = new Map(questions.map(question => [question.kind, question]));
		for (const [kind, open] of this.#open) {
			if (JSON.stringify(wanted.get(kind)) !== JSON.stringify(open.question)) this.#close(kind, open);
		}
		for (const [kind, question] of wanted) {
			const type = this.#open.has(kind) ? undefined : this.#options.catalogue().find(kind);
			if (type && this.#options.discovered()) this.#open.set(kind, this.#start(kind, type, question));
		}
	}

	/** What is there now of the kinds asked for. */
	read(questions: readonly KindQuestion[]): ReadObjects {
		return new Map(questions.map(({kind}) => [kind, this.#kind(kind)]));
	}

	/** The streams of all open kinds. */
	streams(): readonly StreamState[] {
		return [...this.#open.values()].flatMap(({handles}) => handles.map(handle => handle.state().stream));
	}

	[Symbol.dispose](): void {
		for (const [kind, open] of this.#open) this.#close(kind, open);
	}

	#start(kind: string, type: ResourceType, question: KindQuestion): Open {
		const changed = (): void => {
			this.#cache.delete(kind);
			this.#options.changed();
		};
		const scope = {
			type,
			mode: question.metadataOnly ? ('metadata' as const) : ('object' as const),
			...(question.fieldSelector === undefined ? {} : {fieldSelector: question.fieldSelector}),
		};
		const places = question.namespaces?.map(namespace => ({namespace})) ?? [{}];
		const handles = places.map(place => this.#options.scopes.open({...scope, ...place}, changed, 'background'));
		return {question, handles, listed: {running: false}, stop: new AbortController()};
	}

	#close(kind: string, {handles, stop}: Open): void {
		stop.abort();
		for (const handle of handles) handle[Symbol.dispose]();
		this.#open.delete(kind);
		this.#cache.delete(kind);
	}

	#kind(kind: string): ReadKind {
		const open = this.#open.get(kind);
		if (!open) {
			const isKnown = this.#options.catalogue().find(kind) !== undefined;
			return {readable: {state: this.#options.discovered() && !isKnown ? 'absent' : 'loading'}, objects: []};
		}
		const cached = this.#cache.get(kind);
		if (cached && !isLight(open)) return cached;
		const read = isLight(open) ? this.#listed(kind, open) : watched(open);
		this.#cache.set(kind, read);
		return read;
	}

	/** What the last list brought; asks for the next one where it is due. */
	#listed(kind: string, open: Open): ReadKind {
		const {listed, question, stop} = open;
		const {catalogue, clock, client, changed} = this.#options;
		if (!listed.running && (listed.at === undefined || clock.now() - listed.at >= listAgainMs)) {
			listed.running = true;
			void gatherObjects({client, catalogue: catalogue(), kinds: [question], namespaces: []}, stop.signal).then(read => {
				listed.running = false;
				listed.at = clock.now();
				if (stop.signal.aborted) return;
				const found = read.get(kind);
				if (found) listed.read = found;
				changed();
			});
		}
		return listed.read ?? {readable: {state: 'loading'}, objects: []};
	}
}

/** Too many to be watched whole: the feed brings metadata alone (kube/round.ts). */
function isLight({question, handles}: Open): boolean {
	return !question.metadataOnly && handles.some(handle => first(handle.items())?.object === undefined && handle.size() > 0);
}

function first<T>(values: Iterable<T>): T | undefined {
	for (const value of values) return value;
	return undefined;
}

function watched({question, handles}: Open): ReadKind {
	const states = handles.map(handle => handle.state());
	const objects = handles.flatMap(handle => Array.from(handle.items(), item => objectOf(item, handle.scope.type, question.metadataOnly === true)));
	const partial = states.flatMap(state => state.partial ?? []);
	const readable = states.map(state => readability(state)).find(({state}) => state !== 'ready') ?? {state: 'ready' as const};
	return {readable, objects, ...(partial.length === 0 ? {} : {namespaces: partial})};
}

function objectOf(item: Item, type: ResourceType, metadataOnly: boolean): KubeObject {
	const bare = {apiVersion: apiVersionOf(type), kind: type.kind, metadata: item.meta};
	if (!metadataOnly) return item.object ?? bare;
	const withType = {...bare, type: item.printed('Type')};
	return withType;
}

/** Rows that are there are judged while their stream is away for a moment; how old they are is told beside them. */
function readability({data, stream, partial}: ReturnType<ScopeHandle['state']>): Readability {
	if (stream.state === 'gone') return {state: 'absent'};
	if (stream.state === 'denied' || stream.state === 'login-needed') return {state: 'denied', problem: stream.problem};
	if (data !== 'ready') return stream.state === 'reconnecting' ? {state: 'failed', problem: stream.problem} : {state: 'loading'};
	if (partial !== undefined)
		return {
			state: 'denied',
			problem: {code: 'forbidden', what: 'Could not list it in all namespaces', cause: `read in ${partial.join(', ') || 'no namespace'} only`},
		};
	return {state: 'ready'};
}
