import process from 'node:process';
import type {Catalogue} from './core/catalogue.ts';
import type {ClusterClient} from './core/cluster-client.ts';
import {eventFacts} from './core/event-facts.ts';
import type {LogsInvocation} from './core/invocation.ts';
import {type ContainerChoice, chosenContainers} from './core/logs/container-choice.ts';
import {type LogPast, pastStart} from './core/logs/log-past.ts';
import type {LogEvent, LogMark} from './core/logs/log-record.ts';
import type {LogTarget} from './core/logs/log-target.ts';
import type {LogSource} from './core/logs/logs-model.ts';
import type {Pod} from './core/pod.ts';
import {describeProblem} from './core/problem.ts';
import {LogOutput, markSentence, type Output} from './print/log-output.ts';
import {choiceOf, defaultedNote, noContainerSentence, noPodsSentence} from './print/log-sentences.ts';
import {type Arrival, numbered} from './store/logs/arrival.ts';
import {findLogPods} from './store/logs/find-log-pods.ts';
import {followLogs, type FollowState} from './store/logs/follow-logs.ts';
import type {LogsOptions} from './store/logs/logs-options.ts';
import {readLogsOnce} from './store/logs/read-logs-once.ts';
import {Pulse} from './store/pulse.ts';
import {WatchedScopes} from './store/scopes.ts';
import {systemClock} from './system/clock.ts';

export type LogPrinterOptions = Readonly<{
	client: ClusterClient;
	catalogue: Catalogue;
	invocation: LogsInvocation;
	target: LogTarget;
	/** A sentence to stderr. */
	warn(sentence: string): void;
}>;

/** What is written in one go. */
const writeLength = 64 * 1024;

/** `k8tui logs` for one target: once, or following. */
export class LogPrinter {
	readonly #options: LogPrinterOptions;
	readonly #clock = systemClock('hold');
	readonly #choice: ContainerChoice;
	readonly #past: LogPast;
	readonly #saidOnce = new Set<string>();
	#output: LogOutput;
	#nextId = 0;

	constructor(options: LogPrinterOptions) {
		this.#options = options;
		const {wish} = options.invocation;
		this.#choice = choiceOf(wish);
		this.#past = {...(wish.tail === undefined ? {} : {tailLines: wish.tail}), ...(wish.sinceMs === undefined ? {} : {sinceMs: wish.sinceMs})};
		this.#output = this.#outputFor(true);
	}

	/** Resolves with the exit code. Rejects with a ProblemError; `not-found`: the named object. */
	async print(signal: AbortSignal): Promise<0 | 1 | 2> {
		const {target, invocation, client, catalogue, warn} = this.#options;
		const {follow} = invocation.wish;
		if (target.type === 'node') {
			this.#output = this.#outputFor(false);
			return await this.#follow([], signal);
		}
		const pods = await findLogPods({client, catalogue}, target, signal);
		const note = defaultedNote(pods, this.#choice);
		if (note !== undefined) warn(note);
		const count = pods.reduce((sum, pod) => sum + chosenContainers(pod, this.#choice).length, 0);
		if (pods.length > 0 && count === 0 && this.#choice.type === 'named' && (!follow || target.type === 'pod')) {
			warn(noContainerSentence(pods, this.#choice.name));
			return 1;
		}
		if (pods.length === 0) warn(`${noPodsSentence(target)}${follow ? ' Waiting for one.' : ''}`);
		this.#output = this.#outputFor(count > 1 || (follow && target.type !== 'pod'));
		return follow ? await this.#follow(pods, signal) : await this.#once(pods, signal);
	}

	#outputFor(severalSources: boolean): LogOutput {
		const {wish, format, share} = this.#options.invocation;
		return new LogOutput({
			filter: wish,
			format,
			prefix: !severalSources ? 'none' : wish.allNamespaces ? 'namespace' : 'pod',
			isTerminal: process.stdout.isTTY === true,
			shown: text => text,
			isPlain: !share,
		});
	}

	async #once(pods: readonly Pod[], signal: AbortSignal): Promise<0 | 1 | 2> {
		const {client, catalogue, invocation} = this.#options;
		const podType = catalogue.find('pods');
		if (podType === undefined) return 2;
		const sources = await readLogsOnce(
			{
				client,
				podType,
				pods,
				clock: this.#clock,
				now: () => this.#now(),
				random: Math.random,
				containers: this.#choice,
				past: this.#past,
				previous: invocation.wish.previous,
				events: invocation.wish.events ? await this.#eventsOf(pods, signal) : [],
				deliver: arrivals => this.#deliver(arrivals),
			},
			signal,
		);
		if (signal.aborted) return 0;
		// The run that was asked for by name does not exist.
		if (invocation.wish.previous && sources.length > 0 && sources.every(source => !source.hasPrevious)) return 1;
		return this.#codeOf(sources);
	}

	/** Where nothing at all could be read, waiting for a start is a failure too. */
	#codeOf(sources: readonly LogSource[]): 0 | 2 {
		const isBad = ({state}: LogSource): boolean => state === 'denied' || state === 'failed';
		const isNothing = (source: LogSource): boolean => isBad(source) || source.state === 'waiting';
		for (const {problem, state} of sources) if (problem !== undefined && state === 'failed') this.#sayOnce(describeProblem(problem));
		return sources.some(isBad) || (sources.length > 0 && sources.every(isNothing)) ? 2 : 0;
	}

	async #eventsOf(pods: readonly Pod[], signal: AbortSignal): Promise<readonly Omit<LogEvent, 'id'>[]> {
		const {client, catalogue} = this.#options;
		const type = catalogue.find('events');
		if (type === undefined) return [];
		const from = pastStart(this.#past, this.#now());
		const uids = new Set(pods.map(pod => pod.metadata.uid));
		const found: Omit<LogEvent, 'id'>[] = [];
		for (const namespace of new Set(pods.map(pod => pod.metadata.namespace ?? ''))) {
			const {items} = await client.table(type, {namespace, fieldSelector: 'involvedObject.kind=Pod', mode: 'object'}, signal);
			for (const item of items) {
				const facts = eventFacts(item);
				if (facts === undefined || !uids.has(facts.about.uid) || (from !== undefined && facts.at < from)) continue;
				const {about, at, warning, reason, message, count} = facts;
				found.push({type: 'event', origin: {namespace, pod: about.name}, at, warning, reason, message, count});
			}
		}
		return found.sort((a, b) => a.at - b.at);
	}

	async #follow(pods: readonly Pod[], signal: AbortSignal): Promise<0 | 1 | 2> {
		const {client, catalogue, invocation, target} = this.#options;
		const {previous, events, follow} = invocation.wish;
		const pulse = new Pulse({clock: this.#clock, tier: () => 'local', blocked: () => false});
		using scopes = new WatchedScopes({feedOf: client.feedOf, clock: this.#clock, pulse, skewMs: () => client.skewMs()});
		const options: LogsOptions = {
			...{client, scopes, previous, events, target},
			catalogue: () => catalogue,
			clock: this.#clock,
			now: () => this.#now(),
			random: Math.random,
			containers: this.#choice,
			range: this.#past,
		};
		const last = await followLogs(
			{...options, deliver: arrivals => this.#deliver(arrivals), isOver: state => this.#isOver(state, follow, pods.length > 0)},
			signal,
		);
		if (signal.aborted) return 0;
		// What keeps a node from answering was told as a mark.
		if (last.problem !== undefined && target.type !== 'node') this.#sayOnce(describeProblem(last.problem));
		if (last.problem?.code === 'not-found') return last.sources.length > 0 && target.type !== 'node' ? 0 : 1;
		return last.problem !== undefined || last.sources.some(({state}) => state === 'failed' || state === 'denied') ? 2 : 0;
	}

	/** One pod is over when nothing more will come from it; what may get new pods goes on. */
	#isOver({sources, problem, isCaughtUp}: FollowState, follow: boolean, hasPods: boolean): boolean {
		const {target} = this.#options;
		if (target.type === 'node') return follow ? problem?.code === 'not-found' : isCaughtUp;
		if (problem !== undefined && (sources.length === 0 || target.type === 'pod') && (problem.code !== 'not-found' || !hasPods)) return true;
		const isDone = ({state}: LogSource): boolean => state === 'ended' || state === 'deleted';
		return target.type === 'pod' && isCaughtUp && sources.length > 0 && sources.every(isDone);
	}

	/** Waits while the reader of our output is slower than the logs. */
	#deliver(arrivals: readonly Arrival[]): Promise<void> | void {
		let text = '';
		let drained: Promise<void> | undefined;
		const write = (piece: Output): void => {
			if (piece.length > 0 && !process.stdout.write(piece)) drained ??= new Promise(resolve => void process.stdout.once('drain', resolve));
		};
		const put = (piece: Output): void => {
			if (typeof piece === 'string') text += piece;
			if (typeof piece === 'string' && text.length < writeLength) return;
			write(text);
			text = '';
			if (typeof piece !== 'string') write(piece);
		};
		for (const arrival of arrivals) {
			const record = numbered(arrival, this.#nextId++);
			if (record.type === 'mark') this.#sayMark(record);
			else for (const piece of this.#output.lines(record)) put(piece);
		}
		write(text);
		return drained;
	}

	#sayMark(mark: LogMark): void {
		const sentence = markSentence(mark);
		if (sentence !== undefined) this.#options.warn(sentence);
	}

	#sayOnce(sentence: string): void {
		if (this.#saidOnce.has(sentence)) return;
		this.#saidOnce.add(sentence);
		this.#options.warn(sentence);
	}

	#now(): number {
		return this.#clock.now() + this.#options.client.skewMs();
	}
}
