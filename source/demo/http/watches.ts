import {checkInitialEvents, type ListOptions, parseListOptions, parseResourceVersion} from '../list-options.ts';
import type {Form} from '../rendering.ts';
import {type Change, type Entry, entryOf, type ResourceStore} from '../resource-store.ts';
import {expired, tooLargeResourceVersion} from '../status-error.ts';
import type {StoredObject} from '../stored-object.ts';
import type {ApiContext, KindRequest} from './api-context.ts';
import {negotiateForm} from './media-type.ts';
import type {Reply} from './reply.ts';

const bookmarkEveryMs = 60_000;
const lastBookmarkMs = 2000;
const defaultTimeoutSeconds = 1800;

/** What a watch writes: events of one kind in one shape, columns with the first of them only. */
class EventWriter {
	readonly #context: ApiContext;
	readonly #request: KindRequest;
	readonly #reply: Reply;
	readonly #form: Form;
	readonly #offsetMs: number;
	#hasHeader = false;

	constructor(context: ApiContext, request: KindRequest, reply: Reply) {
		this.#context = context;
		this.#request = request;
		this.#reply = reply;
		const hasTables = !context.cluster.settings.withoutTables.has(request.kind.plural);
		this.#form = negotiateForm(request.headers.accept, request.url.searchParams, hasTables);
		this.#offsetMs = request.now - context.cluster.now();
	}

	event(type: Change['type'], entry: Entry): void {
		this.#reply.line(this.#context.rendering.event(type, this.#request.kind, entry, this.#view()));
	}

	bookmark(isInitialEnd: boolean): void {
		const {cluster, rendering} = this.#context;
		this.#reply.line(rendering.bookmark(this.#request.kind, String(cluster.resourceVersion), {...this.#view(), isInitialEnd}));
	}

	#view(): Readonly<{form: Form; now: number; header: boolean}> {
		const header = !this.#hasHeader;
		this.#hasHeader = true;
		return {form: this.#form, now: this.#context.cluster.now() + this.#offsetMs, header};
	}
}

/** What a change is for a watch with selectors: objects come into view and leave it. */
function seenAs(change: Change, isSeen: (object: StoredObject) => boolean): Readonly<{type: Change['type']; entry: Entry}> | undefined {
	const {previous, entry} = change;
	const wasSeen = previous !== undefined && isSeen(previous.object);
	if (change.type === 'DELETED') return wasSeen ? {type: 'DELETED', entry} : undefined;
	if (isSeen(entry.object)) return {type: wasSeen ? 'MODIFIED' : 'ADDED', entry};
	if (!wasSeen) return undefined;
	// The last state that matched, with the version of the change that took it out of view.
	const metadata = {...previous.object.metadata, resourceVersion: entry.object.metadata.resourceVersion};
	return {type: 'DELETED', entry: entryOf({...previous.object, metadata})};
}

function viewOf(request: KindRequest, options: ListOptions): (object: StoredObject) => boolean {
	const {namespace, name} = request.info;
	const {matches} = options;
	return object =>
		(namespace === '' || object.metadata.namespace === namespace) &&
		(name === '' || object.metadata.name === name) &&
		(matches === undefined || matches(object));
}

/** Sends everything that is there as ADDED, then, where it was asked for, the bookmark that says so. */
function sendInitial(store: ResourceStore, writer: EventWriter, options: ListOptions, isSeen: (object: StoredObject) => boolean): void {
	for (const entry of store.snapshot()) if (isSeen(entry.object)) writer.event('ADDED', entry);
	const isAsked = options.sendInitialEvents === true || options.resourceVersion === '';
	if (isAsked && options.allowWatchBookmarks && store.kind.bookmarks !== false) writer.bookmark(true);
}

function scheduleBookmarks(context: ApiContext, writer: EventWriter, reply: Reply, timeoutMs: number): void {
	const {clock} = context.cluster;
	const again = (): void => {
		if (reply.isOver) return;
		writer.bookmark(false);
		regular = clock.after(bookmarkEveryMs, again);
	};
	let regular = clock.after(bookmarkEveryMs, again);
	const last = timeoutMs > lastBookmarkMs ? clock.after(timeoutMs - lastBookmarkMs, () => writer.bookmark(false)) : undefined;
	reply.onClose(() => {
		regular[Symbol.dispose]();
		last?.[Symbol.dispose]();
	});
}

/** Streams the changes of a kind until its timeout, its end, or the client's. Throws what can be refused before the stream begins. */
export function watchObjects(context: ApiContext, request: KindRequest, reply: Reply, headers: Readonly<Record<string, string>>): void {
	const {cluster} = context;
	const options = parseListOptions(request.kind, request.url.searchParams);
	checkInitialEvents(options, cluster.settings.watchList);
	const writer = new EventWriter(context, request, reply);
	const store = cluster.store(request.kind);
	const from = parseResourceVersion(options);
	const isFresh = from === undefined || from === 0 || options.sendInitialEvents === true;
	if (from !== undefined && from > cluster.resourceVersion) throw tooLargeResourceVersion(from, cluster.resourceVersion);
	const missed = isFresh ? [] : store.since(from);
	const tooOld = expired(`too old resource version: ${from ?? 0} (${store.floor})`);
	if (missed === undefined && cluster.settings.expiredAsHttp) throw tooOld;
	reply.begin(200, {...headers, 'Content-Type': 'application/json'});
	if (missed === undefined) {
		reply.line(`${JSON.stringify({type: 'ERROR', object: tooOld.status})}\n`);
		reply.end();
		return;
	}
	const isSeen = viewOf(request, options);
	const send = (change: Change): void => {
		const seen = seenAs(change, isSeen);
		if (seen !== undefined) writer.event(seen.type, seen.entry);
	};
	if (isFresh) sendInitial(store, writer, options, isSeen);
	else for (const change of missed) send(change);
	const listening = store.listen(send, () => reply.end());
	const timeoutMs = (options.timeoutSeconds ?? defaultTimeoutSeconds) * 1000;
	const timeout = cluster.clock.after(timeoutMs, () => reply.end());
	reply.onClose(() => {
		listening[Symbol.dispose]();
		timeout[Symbol.dispose]();
	});
	const isSilent = request.faults.some(({kind}) => kind === 'omit-bookmarks') || store.kind.bookmarks === false || !cluster.settings.bookmarks;
	if (options.allowWatchBookmarks && !isSilent) scheduleBookmarks(context, writer, reply, timeoutMs);
}
