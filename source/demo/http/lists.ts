import {decodeContinue, encodeContinue} from '../continue-token.ts';
import type {DemoKind} from '../kind.ts';
import {type ListOptions, parseListOptions, parseResourceVersion} from '../list-options.ts';
import type {ListMeta} from '../rendering.ts';
import {type Entry, lowerBound, namespaceRange, type Snapshot} from '../resource-store.ts';
import {expired, notFound, qualified, tooLargeResourceVersion} from '../status-error.ts';
import type {Answer, ApiContext, KindRequest} from './api-context.ts';
import {negotiateForm} from './media-type.ts';

type Range = Readonly<{snapshot: Snapshot; resourceVersion: number; from: number; to: number}>;

const expiredContinue =
	'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the ' +
	'continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects ' +
	'that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

function hasTables(context: ApiContext, kind: DemoKind): boolean {
	return !context.cluster.settings.withoutTables.has(kind.plural);
}

/** Which entries a list is about, at which state. Throws 410 for a token whose state is gone. */
function rangeOf(context: ApiContext, request: KindRequest, options: ListOptions): Range {
	const {cluster, snapshots} = context;
	const {namespace} = request.info;
	const continuation = options.continueToken === '' ? undefined : decodeContinue(options.continueToken);
	const isConsistent = continuation !== undefined && continuation.resourceVersion >= 0;
	const snapshot = isConsistent ? snapshots.find(qualified(request.kind), continuation.resourceVersion) : cluster.store(request.kind).snapshot();
	if (snapshot === undefined) throw expired(expiredContinue, encodeContinue({resourceVersion: -1, startKey: continuation?.startKey ?? ''}));
	const [first, to] = namespace === '' ? [0, snapshot.length] : namespaceRange(snapshot, namespace);
	return {
		snapshot,
		resourceVersion: isConsistent ? continuation.resourceVersion : cluster.resourceVersion,
		from: continuation === undefined ? first : Math.max(first, lowerBound(snapshot, continuation.startKey)),
		to,
	};
}

function pageOf({snapshot, from, to}: Range, options: ListOptions): Readonly<{entries: readonly Entry[]; next: number}> {
	// A list from the watch cache (resourceVersion 0) ignores the limit.
	const limit = options.limit > 0 && options.resourceVersion !== '0' ? options.limit : Number.POSITIVE_INFINITY;
	const entries: Entry[] = [];
	let next = from;
	for (; next < to && entries.length < limit; next += 1) {
		const entry = snapshot[next];
		if (entry !== undefined && (options.matches === undefined || options.matches(entry.object))) entries.push(entry);
	}
	return {entries, next};
}

function metaOf(context: ApiContext, kind: DemoKind, range: Range, page: Readonly<{next: number; hasSelector: boolean}>): ListMeta {
	const resourceVersion = String(range.resourceVersion);
	const last = range.snapshot[page.next - 1];
	if (page.next >= range.to || last === undefined) return {resourceVersion};
	context.snapshots.keep(qualified(kind), range.resourceVersion, range.snapshot);
	return {
		resourceVersion,
		continue: encodeContinue({resourceVersion: range.resourceVersion, startKey: `${last.key}\u0000`}),
		...(page.hasSelector ? {} : {remainingItemCount: range.to - page.next}),
	};
}

/** A list, whole or by pages. Throws the StatusErrors of list options, tokens and formats. */
export function listObjects(context: ApiContext, request: KindRequest): Answer {
	const options = parseListOptions(request.kind, request.url.searchParams);
	const form = negotiateForm(request.headers.accept, request.url.searchParams, hasTables(context, request.kind));
	const wanted = parseResourceVersion(options);
	if (wanted !== undefined && wanted > context.cluster.resourceVersion) throw tooLargeResourceVersion(wanted, context.cluster.resourceVersion);
	if (options.resourceVersionMatch === 'Exact' && wanted !== undefined && wanted < context.cluster.store(request.kind).floor) {
		throw expired(`The resourceVersion for the provided list is too old.`);
	}
	const range = rangeOf(context, request, options);
	const {entries, next} = pageOf(range, options);
	const meta = metaOf(context, request.kind, range, {next, hasSelector: options.matches !== undefined});
	return {status: 200, body: context.rendering.list(request.kind, entries, meta, {form, now: request.now})};
}

/** One object, in any of the three shapes. Throws 404. */
export function getObject(context: ApiContext, request: KindRequest): Answer {
	const {namespace, name} = request.info;
	const form = negotiateForm(request.headers.accept, request.url.searchParams, hasTables(context, request.kind));
	const entry = context.cluster.store(request.kind).entry(request.kind.namespaced ? namespace : undefined, name);
	if (entry === undefined) throw notFound(request.kind, name);
	return {status: 200, body: context.rendering.single(request.kind, entry, {form, now: request.now})};
}
