import type {FeedSink, ServerColumn, StreamState} from '../../source/core/feed.ts';
import {type Item, itemKey} from '../../source/core/kubernetes.ts';

export type CollectingSink = FeedSink &
	Readonly<{
		items: ReadonlyMap<string, Item>;
		states: readonly StreamState[];
		state(): StreamState | undefined;
		/** `namespace/name uid value`, sorted, as ModelCluster.truth() has it. */
		rows(): readonly string[];
		columnsSeen: readonly (readonly ServerColumn[])[];
		partials: readonly (readonly string[] | undefined)[];
		/** Lists begun and ended. */
		lists: Readonly<{begun: number; ended: number}>;
		pages: readonly number[];
	}>;

/** The plainest sink that keeps to the contract of core/feed.ts: a map, mark and sweep. */
export function createCollectingSink(): CollectingSink {
	const items = new Map<string, Item>();
	const states: StreamState[] = [];
	const columnsSeen: (readonly ServerColumn[])[] = [];
	const partials: (readonly string[] | undefined)[] = [];
	const lists = {begun: 0, ended: 0};
	const pages: number[] = [];
	let unconfirmed = new Set<string>();
	const confirm = (item: Item) => {
		unconfirmed.delete(itemKey(item));
		items.set(itemKey(item), item);
	};
	return {
		items,
		states,
		columnsSeen,
		partials,
		lists,
		pages,
		state: () => states.at(-1),
		rows: () => [...items.values()].map(item => `${item.meta.namespace}/${item.meta.name} ${item.meta.uid} ${item.printed('value')}`).toSorted(),
		columns: columns => void columnsSeen.push(columns),
		beginList() {
			lists.begun++;
			unconfirmed = new Set(items.keys());
		},
		page(page) {
			pages.push(page.length);
			page.forEach(confirm);
		},
		endList() {
			lists.ended++;
			for (const key of unconfirmed) items.delete(key);
			unconfirmed = new Set();
		},
		apply(changes) {
			for (const change of changes) {
				if (change.type === 'upsert') confirm(change.item);
				else items.delete(itemKey(change.item));
			}
		},
		stream: state => void states.push(state),
		partial: namespaces => void partials.push(namespaces),
	};
}
