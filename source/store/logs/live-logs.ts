import type {StreamState} from '../../core/feed.ts';
import type {Live} from '../../core/live.ts';
import type {LogRecord} from '../../core/logs/log-record.ts';
import {LogRing} from '../../core/logs/log-ring.ts';
import type {LogsModel} from '../../core/logs/logs-model.ts';
import {group} from '../../core/text.ts';
import {type Arrival, numbered} from './arrival.ts';
import type {LogFeed} from './log-feed.ts';
import type {LogsOptions} from './logs-options.ts';
import {MergeStage} from './merge-stage.ts';
import {openLogFeed} from './open-log-feed.ts';

const defaultRecords = 20_000;
const defaultBytes = 32 * 1024 * 1024;
/** Ten times a second, however fast lines come. */
const tellMs = 100;
const secondMs = 1000;

/** A log view's data: what the readers bring, in order, in a ring. */
export class LiveLogs implements Live<LogsModel> {
	readonly #options: LogsOptions;
	readonly #listeners = new Set<() => void>();
	#ring: LogRing;
	#feed: LogFeed | undefined;
	#stage: MergeStage | undefined;
	#nextId = 0;
	#version = 0;
	#lastTold = Number.NEGATIVE_INFINITY;
	#telling: Disposable | undefined;
	#second: Disposable | undefined;
	#inSecond = 0;
	#perSecond = 0;
	#isStale = true;
	/** When a line came last; ms since the epoch. */
	#lineAt = 0;
	#snapshot: LogsModel | undefined;
	/** Of a range that ends when the ring is full. */
	#isOver = false;

	constructor(options: LogsOptions) {
		this.#options = options;
		this.#ring = this.#emptyRing();
	}

	snapshot = (): LogsModel => {
		if (this.#snapshot === undefined || this.#isStale) this.#snapshot = this.#model();
		this.#isStale = false;
		return this.#snapshot;
	};

	subscribe = (changed: () => void): (() => void) => {
		// A wrapper of its own, so that one listener may subscribe twice.
		const listener = (): void => changed();
		this.#listeners.add(listener);
		if (this.#feed === undefined) this.#open();
		return () => {
			if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#close();
		};
	};

	retryNow = (): void => this.#feed?.retryNow();

	#open(): void {
		const {clock} = this.#options;
		this.#ring = this.#emptyRing();
		this.#isOver = false;
		const stage = new MergeStage({
			clock,
			isSingle: () => this.#feed?.isSingle() ?? false,
			isCaughtUp: () => this.#feed?.isCaughtUp() ?? false,
			deliver: arrivals => this.#take(arrivals),
		});
		this.#stage = stage;
		this.#feed = openLogFeed(this.#options, {take: arrivals => stage.push(arrivals), changed: () => this.#tellSoon()});
		this.#countSeconds();
		this.#tellSoon();
	}

	#close(): void {
		for (const open of [this.#feed, this.#stage, this.#telling, this.#second]) open?.[Symbol.dispose]();
		this.#snapshot = {...this.#model(), live: 0};
		this.#feed = undefined;
		this.#stage = undefined;
		this.#telling = undefined;
	}

	#emptyRing(): LogRing {
		const {maxRecords = defaultRecords, maxBytes = defaultBytes} = this.#options;
		return new LogRing(maxRecords, maxBytes);
	}

	/** The display may be paused or slow: what is read is taken all the same, and the oldest goes. */
	#take(arrivals: readonly Arrival[]): void {
		for (const arrival of arrivals) {
			if (this.#isOver) break;
			this.#ring.push(numbered(arrival, this.#nextId++), arrival.weight);
			if (arrival.type === 'line') {
				this.#inSecond++;
				this.#lineAt = this.#options.now();
			}
			if (this.#options.range === 'head') this.#endWhenFull();
		}
		this.#version++;
		this.#tellSoon();
	}

	/** The beginning of the logs is what is wanted here: what comes later must not push it out. */
	#endWhenFull(): void {
		const {maxRecords = defaultRecords, maxBytes = defaultBytes, now} = this.#options;
		const {held, bytes} = this.#ring.counters();
		if (held < maxRecords - 1 && bytes < maxBytes * 0.9) return;
		this.#isOver = true;
		const text = `the first ${group(held)} records end here; later ones are read in another range`;
		this.#ring.push({type: 'mark', id: this.#nextId++, kind: 'ended', at: now(), tone: 'muted', text}, text.length);
		this.#feed?.[Symbol.dispose]();
	}

	#countSeconds(): void {
		this.#second = this.#options.clock.after(secondMs, () => {
			if (this.#perSecond !== this.#inSecond) this.#tellSoon();
			this.#perSecond = this.#inSecond;
			this.#inSecond = 0;
			this.#countSeconds();
		});
	}

	#tellSoon(): void {
		this.#isStale = true;
		if (this.#telling !== undefined || this.#listeners.size === 0) return;
		const {clock} = this.#options;
		const waitMs = Math.max(0, this.#lastTold + tellMs - clock.now());
		this.#telling = clock.after(waitMs, () => {
			this.#telling = undefined;
			this.#lastTold = clock.now();
			for (const listener of [...this.#listeners]) listener();
		});
	}

	/** A line is news as much as an event of the watch is. */
	#stream(): StreamState {
		const stream = this.#feed?.stream() ?? {state: 'loading', rows: 0};
		return stream.state === 'live' ? {...stream, lastEventAt: Math.max(stream.lastEventAt, this.#lineAt)} : stream;
	}

	#model(): LogsModel {
		const {target} = this.#options;
		const sources = this.#feed?.sources() ?? [];
		const problem = this.#feed?.problem();
		const records: readonly LogRecord[] = this.#ring.records();
		return {
			target,
			records,
			version: this.#version,
			counters: this.#ring.counters(),
			perSecond: this.#perSecond,
			sources,
			live: sources.filter(({state}) => state === 'live').length,
			stream: this.#stream(),
			...(problem === undefined ? {} : {problem}),
		};
	}
}
