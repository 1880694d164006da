import type {StreamState} from '../../core/feed.ts';
import {type ContainerChoice, chosenContainers} from '../../core/logs/container-choice.ts';
import {pastOf, pastQuestion, pastStart} from '../../core/logs/log-past.ts';
import type {LogTarget} from '../../core/logs/log-target.ts';
import type {LogSource} from '../../core/logs/logs-model.ts';
import type {Pod} from '../../core/pod.ts';
import {type Problem, problemOf} from '../../core/problem.ts';
import {Bell} from './bell.ts';
import {ContainerSource, sourceKey, type SourceSurroundings} from './container-source.ts';
import type {LogFeed, LogOutlet} from './log-feed.ts';
import {LogPod, type PodAnswer, podOf, podShape} from './log-pod.ts';
import type {LogsOptions} from './logs-options.ts';
import {PodEvents} from './pod-events.ts';
import {TargetPods} from './target-pods.ts';
import {Turns} from './turns.ts';

/** Followed at a time, each on a connection of its own; others are polled. */
const mostFollowed = 24;
const mostPolls = 8;
/** A pod that may be read but not listed is looked at again this often. */
const byNameMs = 5000;
/** Sources that are over stay listed up to here. */
const mostListed = 500;

type PodTarget = Exclude<LogTarget, {type: 'node'}>;

/** The logs of a target's pods: containers join and leave as the watch says, the newest are followed, the rest polled. */
export class PodLogs implements LogFeed {
	readonly #options: LogsOptions;
	readonly #target: PodTarget;
	readonly #outlet: LogOutlet;
	readonly #startedAt: number;
	readonly #stop = new AbortController();
	readonly #pods = new Map<string, LogPod>();
	readonly #sources = new Map<string, ContainerSource>();
	readonly #turns = new Turns(mostPolls);
	readonly #surroundings: SourceSurroundings;
	readonly #watched: TargetPods;
	readonly #events: PodEvents | undefined;
	readonly #leaveCatalogue: (() => void) | undefined;
	readonly #byName: Bell;
	/** Made, and not yet told how to read. */
	#fresh: ContainerSource[] = [];
	#hasList = false;
	#isUp = false;
	#isByName = false;
	#byNameProblem: Problem | undefined;

	constructor(options: LogsOptions, target: PodTarget, outlet: LogOutlet) {
		this.#options = options;
		this.#target = target;
		this.#outlet = outlet;
		this.#startedAt = options.now();
		this.#byName = new Bell(options.clock);
		const past = pastQuestion(pastOf(options.range), this.#startedAt);
		const {client, clock, now, random} = options;
		const {take, changed} = outlet;
		this.#surroundings = {
			...{client, clock, now, random, take, changed},
			refresh: async pod => void (await this.#refresh(pod)),
			past: () => past,
			turn: signal => this.#turns.take(signal),
		};
		this.#watched = new TargetPods(options, target, () => this.#look());
		this.#events = options.events ? new PodEvents(options, target, () => this.#tellEvents()) : undefined;
		this.#leaveCatalogue = options.onCatalogue?.(() => {
			this.#watched.look();
			this.#look();
		});
		this.#look();
	}

	sources(): readonly LogSource[] {
		return [...this.#sources.values()].map(source => source.source());
	}

	stream(): StreamState {
		return this.#watched.stream();
	}

	problem(): Problem | undefined {
		return this.#isByName ? this.#byNameProblem : this.#watched.problem();
	}

	isSingle(): boolean {
		return this.#sources.size <= 1 && this.#target.type === 'pod' && this.#events === undefined;
	}

	isCaughtUp(): boolean {
		return this.#hasList && [...this.#sources.values()].every(source => source.isCaughtUp());
	}

	retryNow(): void {
		this.#byName.ring();
		for (const source of this.#sources.values()) source.ring();
	}

	[Symbol.dispose](): void {
		this.#stop.abort();
		this.#leaveCatalogue?.();
		this.#events?.[Symbol.dispose]();
		this.#watched[Symbol.dispose]();
	}

	#look(): void {
		if (this.#stop.signal.aborted) return;
		const seen = new Set<string>();
		for (const item of this.#watched.pods()) {
			const pod = podOf(item);
			if (pod !== undefined) seen.add(this.#takePod(pod));
		}
		if (this.#watched.isReady) {
			for (const [key, pod] of this.#pods) if (!seen.has(key) && !pod.isGone && !this.#isByName) void this.#missing(pod);
			this.#hasList = true;
		}
		this.#lookAtStream();
		this.#share();
		this.#tellEvents();
		this.#outlet.changed();
	}

	#takePod(pod: Pod): string {
		const key = pod.metadata.uid ?? `${pod.metadata.namespace}/${pod.metadata.name}`;
		const known = this.#pods.get(key);
		if (known === undefined) {
			const fresh = new LogPod(pod, !this.#hasList);
			this.#pods.set(key, fresh);
			this.#open(fresh);
		} else if (known.take(pod)) this.#podChanged(known);
		return key;
	}

	#podChanged(pod: LogPod): void {
		this.#open(pod);
		for (const source of this.#sources.values()) if (source.pod === pod) source.look();
	}

	/** Begins to read the containers that are not read yet: ephemeral ones come later. */
	#open(pod: LogPod): void {
		const choice: ContainerChoice = this.#options.containers ?? {type: 'all'};
		for (const name of chosenContainers(pod.pod, choice)) {
			const run = pod.run(name);
			if (run === undefined || this.#sources.has(sourceKey(pod, name))) continue;
			const source = new ContainerSource(this.#surroundings, pod, run, {isFirst: !this.#hasList, mode: this.#options.previous ? 'once' : 'poll'});
			this.#forgetOld();
			this.#sources.set(source.key, source);
			this.#fresh.push(source);
		}
	}

	#start(): void {
		const fresh = this.#fresh;
		this.#fresh = [];
		for (const source of fresh) void source.read(this.#options.previous, this.#stop.signal);
	}

	/** No longer in the list: deleted, or only no longer selected. */
	async #missing(pod: LogPod): Promise<void> {
		const {signal} = this.#stop;
		const isThere = this.#target.type !== 'pod' && (await this.#refresh(pod)) === 'there';
		if (signal.aborted) return;
		pod.gone(isThere && pod.pod.metadata.deletionTimestamp === undefined ? 'left' : 'deleted');
		for (const source of this.#sources.values()) if (source.pod === pod) source.look();
		this.#share();
		this.#outlet.changed();
	}

	async #refresh(pod: LogPod): Promise<PodAnswer> {
		const type = this.#options.catalogue().find('pods');
		if (type === undefined) return 'unknown';
		const before = pod.pod;
		const answer = await pod.refresh(this.#options.client, type, this.#stop.signal);
		if (pod.pod !== before || answer === 'gone') this.#podChanged(pod);
		this.#share();
		return answer;
	}

	/** The newest containers that run are followed, each on its own connection; the others take turns. */
	#share(): void {
		if (!this.#options.previous) {
			const running = [...this.#sources.values()].filter(({isDone, pod, run}) => !isDone && !pod.isGone && run.state === 'running');
			const newestFirst = running.sort((a, b) => (b.run.startedAt ?? 0) - (a.run.startedAt ?? 0));
			for (const [index, source] of newestFirst.entries()) source.setMode(index < mostFollowed ? 'follow' : 'poll');
		}
		this.#start();
	}

	/** When the watch is up again, so is the way to the logs. */
	#lookAtStream(): void {
		const {state} = this.#watched.stream();
		const isUp = state === 'live' || state === 'polling' || state === 'quiet';
		if (isUp && !this.#isUp) this.retryNow();
		this.#isUp = isUp;
		if (state === 'denied' && this.#target.type === 'pod' && !this.#isByName) void this.#readByName(this.#target);
	}

	/** The right to read one pod may be there without the right to list pods. */
	async #readByName({namespace, name}: Extract<PodTarget, {type: 'pod'}>): Promise<void> {
		this.#isByName = true;
		const {signal} = this.#stop;
		const {client, catalogue} = this.#options;
		while (!signal.aborted) {
			const type = catalogue().find('pods');
			try {
				if (type !== undefined) this.#takePod(podShape(await client.get(type, namespace, name, {managedFields: false}, signal)));
				this.#byNameProblem = undefined;
				this.#hasList = true;
			} catch (error) {
				this.#byNameProblem = problemOf(error, 'Could not read the pod');
				if (this.#byNameProblem.code === 'not-found') for (const pod of this.#pods.values()) if (!pod.isGone) await this.#missing(pod);
			}
			if (signal.aborted) return;
			this.#share();
			this.#outlet.changed();
			await this.#byName.wait(byNameMs, signal);
		}
	}

	#tellEvents(): void {
		if (this.#events === undefined || this.#stop.signal.aborted) return;
		const names = new Set(Array.from(this.#pods.values(), pod => `${pod.namespace}/${pod.name}`));
		const from = pastStart(pastOf(this.#options.range), this.#startedAt);
		const news = this.#events.news(({namespace, name, uid}) => (uid !== undefined && this.#pods.has(uid)) || names.has(`${namespace}/${name}`), from);
		const arrivals = news.map(record => ({type: 'other' as const, at: record.at, source: 'events', weight: record.message.length, record}));
		if (arrivals.length > 0) void this.#outlet.take(arrivals);
	}

	/** What is over makes room: pods of a CronJob come and go for days. */
	#forgetOld(): void {
		if (this.#sources.size < mostListed) return;
		const over = [...this.#sources.values()].find(source => source.isDone && source.pod.isGone);
		if (over !== undefined) this.#sources.delete(over.key);
		const kept = new Set(Array.from(this.#sources.values(), source => source.pod));
		for (const [key, pod] of this.#pods) if (pod.isGone && !kept.has(pod)) this.#pods.delete(key);
	}
}
