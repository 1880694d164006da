import type {FeedOf, FeedSink, Scope} from '../../source/core/feed.ts';
import type {Item} from '../../source/core/kubernetes.ts';
import {tableItem} from './table-item.ts';

export type ScriptedFeed = Readonly<{
	feedOf: FeedOf;
	/** What was opened, in order. */
	opened: readonly Scope[];
	/** The sink of the scope opened last; the test plays the API server. */
	sink(): FeedSink;
	/** How many feeds run now. */
	running(): number;
}>;

/** Feeds whose events the test delivers by hand. */
export function scriptedFeed(): ScriptedFeed {
	const opened: Scope[] = [];
	const sinks: FeedSink[] = [];
	let running = 0;
	return {
		opened,
		feedOf: scope => async (sink, signal) => {
			opened.push(scope);
			sinks.push(sink);
			running++;
			await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), {once: true}));
			running--;
		},
		sink: () => {
			const last = sinks[sinks.length - 1];
			if (!last) throw new Error('no feed was opened');
			return last;
		},
		running: () => running,
	};
}

/** A pod row as the server prints it. */
export function pod(
	name: string,
	options: Readonly<{uid?: string; resourceVersion?: string; status?: string; namespace?: string; labels?: Record<string, string>}> = {},
): Item {
	const {uid = `uid-${name}`, resourceVersion = '1', status = 'Running', namespace = 'shop', labels} = options;
	return tableItem({
		kind: 'Pod',
		columns: ['Name', 'Status'],
		cells: [name, status],
		meta: {name, namespace, uid, resourceVersion, ...(labels === undefined ? {} : {labels})},
	});
}
