import type {Catalogue} from '../../core/catalogue.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {Pod} from '../../core/pod.ts';
import type {ResourceType} from '../../core/resource-type.ts';
import {limited} from './limited.ts';
import {PodBook} from './pod-book.ts';

const lingerMs = 60_000;
/** So many are read one by one; more of them by pages, at most once a minute. */
const mostSingle = 50;
const singleInFlight = 4;
const pagesEveryMs = 60_000;
/** Rows come in bursts: what they lack is read together. */
const gatherMs = 500;

export type PodBooksOptions = Readonly<{
	client: Pick<ClusterClient, 'feedOf' | 'get' | 'pages'>;
	catalogue(): Catalogue;
	clock: Clock;
}>;

/** Which pods: of a namespace or of all, those of selectors or all of them. */
export type PodScope = Readonly<{namespace?: string; labelSelector?: string; fieldSelector?: string}>;
export type PodBookHandle = Disposable & Readonly<{book: PodBook}>;

type Entry = {
	book: PodBook;
	type: ResourceType;
	scope: PodScope;
	stop: AbortController;
	listeners: Set<() => void>;
	lingering?: Disposable;
	gathering?: Disposable;
	isReading: boolean;
	pagesAt: number;
};

/** The numbers of the pods of a namespace, or of all: kept up to date while somebody looks, and a minute longer. */
export class PodBooks implements Disposable {
	readonly #options: PodBooksOptions;
	readonly #entries = new Map<string, Entry>();

	constructor(options: PodBooksOptions) {
		this.#options = options;
	}

	/** undefined where the server has no pods (before it was asked, and in tests). */
	open(scope: PodScope, changed: () => void): PodBookHandle | undefined {
		const type = this.#options.catalogue().find('pods');
		if (type === undefined) return undefined;
		const key = JSON.stringify([scope.namespace, scope.labelSelector, scope.fieldSelector]);
		const entry = this.#entries.get(key) ?? this.#start(key, type, scope);
		entry.lingering?.[Symbol.dispose]();
		delete entry.lingering;
		const listener = (): void => changed();
		entry.listeners.add(listener);
		return {
			book: entry.book,
			[Symbol.dispose]: () => {
				if (!entry.listeners.delete(listener) || entry.listeners.size > 0) return;
				entry.lingering = this.#options.clock.after(lingerMs, () => this.#end(key, entry));
			},
		};
	}

	[Symbol.dispose](): void {
		for (const [key, entry] of this.#entries) this.#end(key, entry);
	}

	#start(key: string, type: ResourceType, scope: PodScope): Entry {
		const book = new PodBook(() => {
			if (book.lacking.size > 0) this.#gather(entry);
			for (const listener of entry.listeners) listener();
		});
		const entry: Entry = {
			book,
			type,
			scope,
			stop: new AbortController(),
			listeners: new Set(),
			isReading: false,
			pagesAt: Number.NEGATIVE_INFINITY,
		};
		this.#entries.set(key, entry);
		void this.#options.client.feedOf({...scope, type, mode: 'object'})(book, entry.stop.signal);
		return entry;
	}

	#end(key: string, entry: Entry): void {
		entry.lingering?.[Symbol.dispose]();
		entry.gathering?.[Symbol.dispose]();
		entry.stop.abort();
		if (this.#entries.get(key) === entry) this.#entries.delete(key);
	}

	#gather(entry: Entry, ms = gatherMs): void {
		if (entry.isReading || entry.stop.signal.aborted) return;
		entry.gathering ??= this.#options.clock.after(ms, () => {
			delete entry.gathering;
			void this.#read(entry);
		});
	}

	async #read(entry: Entry): Promise<void> {
		const {ready, stream} = entry.book.state();
		if (entry.isReading || (!ready && stream.state === 'loading')) return this.#gather(entry);
		entry.isReading = true;
		const {signal} = entry.stop;
		const waitMs = entry.book.lacking.size > mostSingle ? entry.pagesAt + pagesEveryMs - this.#options.clock.now() : 0;
		if (waitMs <= 0) await (entry.book.lacking.size > mostSingle ? this.#readPages(entry, signal) : this.#readSingle(entry, signal));
		entry.isReading = false;
		if (entry.book.lacking.size > 0 && !signal.aborted) this.#gather(entry, Math.max(gatherMs, waitMs));
	}

	/** Page by page, and nothing is kept of a page but its numbers. */
	async #readPages(entry: Entry, signal: AbortSignal): Promise<void> {
		entry.pagesAt = this.#options.clock.now();
		const {client} = this.#options;
		try {
			// The pages of pods hold Pods.
			for await (const page of client.pages(entry.type, entry.scope, signal)) entry.book.take(page as readonly Pod[]);
			// What the whole list does not have is gone; its row goes with the next event.
			for (const key of [...entry.book.lacking.keys()]) entry.book.give(key);
		} catch {
			// The calls say what failed; what is lacking is read with the next pages.
		}
	}

	async #readSingle(entry: Entry, signal: AbortSignal): Promise<void> {
		await limited([...entry.book.lacking.values()], singleInFlight, async ({key, namespace, name}) => {
			entry.book.give(key);
			try {
				const pod = await this.#options.client.get(entry.type, namespace, name, {managedFields: false}, signal);
				// The type asked for is that of pods.
				entry.book.take([pod as Pod]);
			} catch {
				// Gone or not allowed: its row tells the next change.
			}
		});
	}
}
