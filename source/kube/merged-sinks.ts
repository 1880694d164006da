import type {Change, FeedSink, StreamState} from '../core/feed.ts';
import {type Item, itemKey} from '../core/kubernetes.ts';

export type MergedSinks = Readonly<{sinkOf(index: number): FeedSink}>;

/**
 * Several feeds into one sink. The first lists of all are one list to it; a later list of one feed reaches it as changes,
 * because its sweep must not touch the rows of the others.
 */
export function createMergedSinks(sink: FeedSink, count: number): MergedSinks {
	const states = new Map<number, StreamState>();
	const unlisted = new Set(Array.from({length: count}, (_, index) => index));
	sink.beginList();
	const listed = (index: number) => {
		if (unlisted.delete(index) && unlisted.size === 0) sink.endList();
	};
	return {
		sinkOf(index) {
			const held = createHolding(sink, () => unlisted.has(index));
			return {
				columns: sink.columns,
				beginList: held.beginList,
				page: held.page,
				endList() {
					held.endList();
					listed(index);
				},
				apply: held.apply,
				partial: () => {},
				stream(state) {
					// A namespace that cannot be read must not keep the others from being complete.
					if (state.state === 'denied' || state.state === 'gone') listed(index);
					states.set(index, state);
					sink.stream(mergeStates([...states.values()]));
				},
			};
		},
	};
}

/** The rows of one feed, so that its own lists can be swept. */
function createHolding(sink: FeedSink, isFirstList: () => boolean) {
	const items = new Map<string, Item>();
	let unconfirmed: Set<string> | undefined;
	const note = (change: Change) => {
		const key = itemKey(change.item);
		unconfirmed?.delete(key);
		if (change.type === 'upsert') items.set(key, change.item);
		else items.delete(key);
	};
	return {
		beginList() {
			unconfirmed = new Set(items.keys());
		},
		page(page: readonly Item[]) {
			const changes = page.map(item => ({type: 'upsert', item}) as const);
			changes.forEach(note);
			if (isFirstList()) sink.page(page);
			else if (changes.length > 0) sink.apply(changes);
		},
		endList() {
			const left = [...(unconfirmed ?? [])].flatMap(key => items.get(key) ?? []);
			unconfirmed = undefined;
			const changes = left.map(item => ({type: 'delete', item}) as const);
			changes.forEach(note);
			if (changes.length > 0) sink.apply(changes);
		},
		apply(changes: readonly Change[]) {
			changes.forEach(note);
			sink.apply(changes);
		},
	};
}

/** What keeps most from being seen comes first; a state that not all share is still the one to tell. */
const weight: Readonly<Record<StreamState['state'], number>> = {
	'login-needed': 7,
	reconnecting: 6,
	loading: 5,
	queued: 4,
	quiet: 3,
	polling: 2,
	live: 1,
	denied: 0,
	gone: 0,
};

/** One state for several streams: the worst of those that may be read at all; rows still to come are added up. */
export function mergeStates(states: readonly StreamState[]): StreamState {
	const worst = states.reduce((a, b) => (weight[b.state] > weight[a.state] ? b : a));
	if (worst.state === 'live') {
		return {state: 'live', lastEventAt: Math.max(...states.map(state => (state.state === 'live' ? state.lastEventAt : 0)))};
	}
	if (worst.state !== 'loading') return worst;
	return {state: 'loading', rows: states.reduce((rows, state) => rows + (state.state === 'loading' ? state.rows : 0), 0)};
}
