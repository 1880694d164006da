import {Earliest} from '../../core/logs/earliest.ts';
import {type ContainerChoice, chosenContainers} from '../../core/logs/container-choice.ts';
import {type LogPast, pastQuestion} from '../../core/logs/log-past.ts';
import type {LogEvent} from '../../core/logs/log-record.ts';
import type {LogSource} from '../../core/logs/logs-model.ts';
import type {Clock} from '../../core/clock.ts';
import type {Pod} from '../../core/pod.ts';
import type {ResourceType} from '../../core/resource-type.ts';
import type {Arrival} from './arrival.ts';
import {ContainerSource} from './container-source.ts';
import {LogPod} from './log-pod.ts';
import type {LogsClient} from './logs-options.ts';
import {OnceQueue} from './once-queue.ts';
import {Turns} from './turns.ts';

/** As many are read side by side, each on its own connection; more are read piece by piece. */
const mostStreams = 40;
const mostPieces = 16;
/** All pieces together, and each. */
const piecesBytes = 64 * 1024 * 1024;
const largestPiece = 1024 * 1024;
const smallestPiece = 64 * 1024;
const batchLength = 2000;

export type OnceOptions = Readonly<{
	client: LogsClient;
	clock: Clock;
	now(): number;
	random(): number;
	podType: ResourceType;
	pods: readonly Pod[];
	containers: ContainerChoice;
	past: LogPast;
	previous: boolean;
	/** To be merged in, oldest first. */
	events: readonly Omit<LogEvent, 'id'>[];
	/** Takes the next records, oldest first over all sources; reading waits for it. */
	deliver(arrivals: readonly Arrival[]): Promise<void> | void;
}>;

/** Reads what is there now of every container, in the order of time over all of them, however much it is. Resolves with how each went. */
export async function readLogsOnce(options: OnceOptions, signal: AbortSignal): Promise<readonly LogSource[]> {
	const {pods, containers, deliver} = options;
	const merge = new OnceMerge(deliver);
	const chosen = pods.map(pod => new LogPod(pod, true)).flatMap(pod => chosenContainers(pod.pod, containers).map(name => ({pod, name})));
	const isInPieces = chosen.length > mostStreams;
	const turns = new Turns(isInPieces ? mostPieces : chosen.length);
	const past = pastQuestion(options.past, options.now());
	const chunk = Math.min(largestPiece, Math.max(smallestPiece, Math.floor(piecesBytes / Math.max(1, chosen.length))));
	const sources: ContainerSource[] = [];
	const reading: Promise<void>[] = [];
	for (const {pod, name} of chosen) {
		const run = pod.run(name);
		if (run === undefined) continue;
		const queue = merge.queue();
		const {client, clock, now, random, podType} = options;
		const source = new ContainerSource(
			{
				...{client, clock, now, random},
				refresh: async one => void (await one.refresh(client, podType, signal)),
				past: () => past,
				// A piece is taken as a whole, so that no turn is held by one who waits for another.
				turn: async until => {
					await queue.room();
					return await turns.take(until);
				},
				take: arrivals => {
					queue.push(arrivals);
					return isInPieces ? undefined : queue.room();
				},
				changed: () => {},
				...(isInPieces ? {chunkBytes: chunk} : {}),
			},
			pod,
			run,
			{isFirst: true, mode: 'once'},
		);
		sources.push(source);
		reading.push(source.read(options.previous, signal).then(() => queue.end()));
	}
	const events = merge.queue();
	events.push(options.events.map(record => ({type: 'other' as const, at: record.at, source: 'events', weight: 0, record})));
	events.end();
	await merge.run(signal);
	await Promise.all(reading);
	return sources.map(source => source.source());
}

/** Many queues, each in its own order, as one in the order of time. */
class OnceMerge {
	readonly #deliver: OnceOptions['deliver'];
	readonly #queues: OnceQueue[] = [];
	readonly #keys = new Map<OnceQueue, number>();
	readonly #orders = new Map<OnceQueue, number>();
	#news: (() => void) | undefined;

	constructor(deliver: OnceOptions['deliver']) {
		this.#deliver = deliver;
	}

	queue(): OnceQueue {
		const queue = new OnceQueue(() => this.#news?.());
		this.#orders.set(queue, this.#queues.length);
		this.#queues.push(queue);
		return queue;
	}

	async run(signal: AbortSignal): Promise<void> {
		const stop = (): void => {
			this.#news?.();
			for (const queue of this.#queues) queue.abandon();
		};
		signal.addEventListener('abort', stop, {once: true});
		const heap = new Earliest<OnceQueue>();
		let outside = new Set(this.#queues);
		while (!signal.aborted) {
			const unknown = new Set<OnceQueue>();
			for (const queue of outside) {
				if (queue.isUnknown) unknown.add(queue);
				else this.#enter(heap, queue);
			}
			outside = unknown;
			if (outside.size > 0) await this.#nextNews(outside, signal);
			else if (heap.size === 0) return;
			else outside = await this.#emit(heap);
		}
	}

	/** Delivers until some queue is empty: what comes next in it may be older than all the others. */
	async #emit(heap: Earliest<OnceQueue>): Promise<Set<OnceQueue>> {
		const batch: Arrival[] = [];
		let empty: OnceQueue | undefined;
		while (empty === undefined && batch.length < batchLength) {
			const queue = heap.take();
			const arrival = queue?.shift();
			if (queue === undefined || arrival === undefined) break;
			batch.push(arrival);
			if (queue.isUnknown) empty = queue;
			else this.#enter(heap, queue);
		}
		await this.#deliver(batch);
		return new Set(empty === undefined ? [] : [empty]);
	}

	/** Lines of a source keep their order: none is due before the one in front of it. */
	#enter(heap: Earliest<OnceQueue>, queue: OnceQueue): void {
		const first = queue.first();
		if (first === undefined) return;
		const key = Math.max(first.at, this.#keys.get(queue) ?? Number.NEGATIVE_INFINITY);
		this.#keys.set(queue, key);
		heap.add(queue, key, this.#orders.get(queue) ?? 0);
	}

	/** Only what fills an empty queue moves anything. */
	#nextNews(empty: ReadonlySet<OnceQueue>, signal: AbortSignal): Promise<void> {
		return new Promise(resolve => {
			const look = (): void => {
				if (!signal.aborted && [...empty].every(queue => queue.isUnknown)) return;
				this.#news = undefined;
				resolve();
			};
			this.#news = look;
			look();
		});
	}
}
