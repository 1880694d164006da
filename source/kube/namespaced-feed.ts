import type {AccessAnswer, AccessQuestion} from '../core/cluster-client.ts';
import type {Feed, FeedOf, FeedSink, Scope, StreamState} from '../core/feed.ts';
import {gateSink} from './gated-sink.ts';
import {createMergedSinks} from './merged-sinks.ts';

/** Never more unasked: each is a request to the API server, and later a watch (kube-api.md 4.5). */
const mostNamespaces = 25;

export type NamespacedFeedOptions = Readonly<{
	feedOf: FeedOf;
	can(question: AccessQuestion, signal: AbortSignal): Promise<AccessAnswer>;
	namespaces(signal: AbortSignal): Promise<readonly string[]>;
}>;

/**
 * A scope over all namespaces. Where the cluster-wide list is denied from the start, the namespaces that may be listed
 * are read one by one and told to the sink as partial; meanwhile the wide list is tried again at its own slow pace, and
 * takes over once it is allowed.
 */
export function createNamespacedFeed(scope: Scope, options: NamespacedFeedOptions): Feed {
	return async (sink, signal) => {
		const fallback = createFallback(scope, options, {sink, signal});
		await options.feedOf(scope)(fallback.wideSink, signal);
		await fallback.end();
	};
}

function createFallback(scope: Scope, options: NamespacedFeedOptions, to: Readonly<{sink: FeedSink; signal: AbortSignal}>) {
	const {sink, signal} = to;
	let isWide = false;
	let narrow: {controller: AbortController; done: Promise<void>} | undefined;
	const widen = () => {
		if (isWide) return;
		isWide = true;
		if (narrow === undefined) return;
		narrow.controller.abort();
		narrow = undefined;
		sink.partial(undefined);
	};
	const narrowDown = (denied: StreamState) => {
		const controller = new AbortController();
		const either = AbortSignal.any([signal, controller.signal]);
		narrow = {controller, done: readNamespaces(scope, options, {sink, signal: either, denied})};
		void narrow.done.then(() => {
			// Ended by itself: nothing could be read. The next denial tries again.
			if (narrow?.controller === controller) narrow = undefined;
		});
	};
	const wideSink: FeedSink = {
		columns: sink.columns,
		beginList() {
			widen();
			sink.beginList();
		},
		page: sink.page,
		endList: sink.endList,
		apply: sink.apply,
		partial: sink.partial,
		stream(state) {
			if (isWide) return sink.stream(state);
			if (narrow !== undefined) return;
			if (state.state === 'denied') return narrowDown(state);
			sink.stream(state);
		},
	};
	return {
		wideSink,
		async end() {
			await narrow?.done;
		},
	};
}

type NarrowTo = Readonly<{sink: FeedSink; signal: AbortSignal; denied: StreamState}>;

/** Resolves when the signal aborts, or at once when no namespace may be read. */
async function readNamespaces(scope: Scope, options: NamespacedFeedOptions, to: NarrowTo): Promise<void> {
	const {sink, signal} = to;
	const candidates = (await options.namespaces(signal).catch(() => [])).slice(0, mostNamespaces);
	const answers = await Promise.all(candidates.map(namespace => mayList(scope, options, {namespace, signal})));
	if (signal.aborted) return;
	const namespaces = candidates.filter((_, index) => answers[index] === true);
	if (namespaces.length === 0) return sink.stream(to.denied);
	sink.partial(namespaces);
	const merged = createMergedSinks(gateSink(sink, signal), namespaces.length);
	await Promise.all(namespaces.map((namespace, index) => options.feedOf({...scope, namespace})(merged.sinkOf(index), signal)));
}

async function mayList(scope: Scope, options: NamespacedFeedOptions, at: Readonly<{namespace: string; signal: AbortSignal}>): Promise<boolean> {
	const {group, plural} = scope.type;
	try {
		const answer = await options.can({verb: 'list', group, resource: plural, namespace: at.namespace}, at.signal);
		return answer.allowed === true;
	} catch {
		// Not known is not allowed: a namespace in the list that then answers 403 would say more than is true.
		return false;
	}
}
