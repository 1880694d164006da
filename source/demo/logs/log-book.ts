import type {DemoCluster} from '../cluster.ts';
import {at, textAt} from '../json.ts';
import {seededRandom, seedOf, type Random} from '../random.ts';
import {keyOf, type StoredObject} from '../stored-object.ts';
import type {ContainerRun} from './container-run.ts';
import {compareLines, type LogEntry, type LogLine} from './log-line.ts';
import type {LogProfile} from './log-profile.ts';
import {profileOf} from './profiles.ts';

/** A stretch of time, its end not included. */
export type Span = Readonly<{from: number; to: number}>;

/** Runs that were seen starting or ending, with the moment itself: a pod's status has seconds only. */
type Moments = Map<string, number>;

/** How many runs are remembered. */
const rememberedRuns = 2000;

/** The log files of all containers. They are made of a seed and the time when they are read, so they cost nothing until then. */
export class LogBook {
	readonly #cluster: DemoCluster;
	readonly #starts: Moments = new Map();
	readonly #ends: Moments = new Map();
	readonly #written = new Map<string, LogLine[]>();

	constructor(cluster: DemoCluster) {
		this.#cluster = cluster;
		cluster.listen((kind, change) => {
			if (kind.plural === 'pods' && kind.group === '' && change.type !== 'DELETED') this.#observe(change.entry.object);
		});
	}

	/** Puts lines of one's own in the place of a container's log, for all its runs; later calls add to them. Lines must come in the order of their times. */
	write(container: Readonly<{namespace: string; pod: string; container: string}>, lines: readonly LogLine[]): void {
		const key = writtenKey(container.namespace, container.pod, container.container);
		this.#written.set(key, [...(this.#written.get(key) ?? []), ...lines]);
	}

	/** From when to when a run says something: what was rotated away is left out. `to` is now, or the end of the run. */
	spanOf(run: ContainerRun): Span {
		const started = this.#startOf(run);
		const to = run.endedAt === undefined ? this.#cluster.now() : (this.#ends.get(run.id) ?? run.endedAt);
		const [first] = this.#writtenFor(run) ?? [];
		if (first !== undefined) return {from: Math.min(first.at, started), to};
		// A log is cut by whole files: what one reads does not move on with every line.
		const fileMs = profileOf(run).keptMs / 2;
		return {from: to - started <= 2 * fileMs ? started : Math.max(started, Math.floor(to / fileMs) * fileMs - fileMs), to};
	}

	/** The lines of a part of a run, in order, with its last words where the part reaches its end. */
	*read(run: ContainerRun, span: Span): Generator<LogLine> {
		const whole = this.spanOf(run);
		const isToEnd = run.endedAt !== undefined && span.to >= whole.to;
		const written = this.#writtenFor(run);
		if (written !== undefined) {
			yield* written.filter(line => line.at >= span.from && (line.at < span.to || isToEnd));
			return;
		}
		const profile = profileOf(run);
		const from = Math.max(span.from, whole.from);
		const opening = this.#opening(run, profile);
		// Buckets count from the epoch: they stay the same when the beginning is rotated away.
		for (let start = Math.floor(from / profile.bucketMs) * profile.bucketMs; start < span.to; start += profile.bucketMs) {
			for (const line of this.#bucket(run, profile, start, opening)) if (line.at >= from && line.at < span.to) yield line;
		}
		if (isToEnd) yield* closing(run, profile, whole.to);
	}

	/** The last lines of a run, at most so many, in order. Costs no more than what it returns. */
	tail(run: ContainerRun, count: number): readonly LogLine[] {
		const whole = this.spanOf(run);
		const {bucketMs} = profileOf(run);
		let lines: readonly LogLine[] = [];
		let to = whole.to;
		for (let step = 1; lines.length < count && to > whole.from; step *= 2) {
			const from = Math.max(whole.from, to - step * bucketMs);
			lines = [...this.read(run, {from, to}), ...lines];
			to = from;
		}
		return count === 0 ? [] : lines.slice(-count);
	}

	#startOf(run: ContainerRun): number {
		return this.#starts.get(run.id) ?? run.startedAt;
	}

	#writtenFor({pod, name}: ContainerRun): readonly LogLine[] | undefined {
		return this.#written.get(writtenKey(pod.metadata.namespace ?? '', pod.metadata.name, name));
	}

	#opening(run: ContainerRun, profile: LogProfile): readonly LogLine[] {
		const random = seededRandom(seedOf(`${run.pod.metadata.uid} ${run.id} start`));
		return linesOf(profile.opening?.(run, random) ?? [], this.#startOf(run), random);
	}

	#bucket(run: ContainerRun, profile: LogProfile, startsAt: number, opening: readonly LogLine[]): readonly LogLine[] {
		const random = seededRandom(seedOf(`${run.pod.metadata.uid} ${run.id} ${startsAt}`));
		const quietUntil = opening.at(-1)?.at ?? 0;
		const isIn = (line: LogLine): boolean => line.at >= startsAt && line.at < startsAt + profile.bucketMs;
		const steady = linesOf(profile.steady({run, random, startsAt, runStartedAt: this.#startOf(run)}), startsAt, random);
		return [...opening.filter(isIn), ...steady.filter(line => isIn(line) && line.at >= quietUntil).toSorted(compareLines)];
	}

	#observe(pod: StoredObject): void {
		const now = this.#cluster.now();
		const status = at(pod, 'status', 'containerStatuses');
		if (!Array.isArray(status)) return;
		for (const container of status) {
			if (at(container, 'state', 'running') !== undefined)
				remember(this.#starts, textAt(container, 'containerID'), textAt(container, 'state', 'running', 'startedAt'), now);
			for (const state of ['state', 'lastState']) {
				const id = textAt(container, state, 'terminated', 'containerID');
				remember(this.#ends, id, textAt(container, state, 'terminated', 'finishedAt'), now);
			}
		}
	}
}

/** Keeps the moment of something that has just happened: what a status says of the past stays in whole seconds. */
function remember(moments: Moments, id: string, said: string, now: number): void {
	if (id === '' || moments.has(id) || now - Date.parse(said) >= 1000) return;
	moments.set(id, now);
	const [oldest] = moments.keys();
	if (moments.size > rememberedRuns && oldest !== undefined) moments.delete(oldest);
}

function writtenKey(namespace: string, pod: string, container: string): string {
	return `${keyOf(namespace, pod)}/${container}`;
}

function linesOf(entries: readonly LogEntry[], from: number, random: Random): readonly LogLine[] {
	return entries.flatMap(({offsetMs, nanos, lines}) => {
		const first = nanos ?? random.integer(0, 900_000);
		return lines.map((text, index) => ({at: from + offsetMs, nanos: first + index * 1900, text}));
	});
}

function closing(run: ContainerRun, profile: LogProfile, end: number): readonly LogLine[] {
	const random = seededRandom(seedOf(`${run.pod.metadata.uid} ${run.id} end`));
	return (profile.closing?.(run, random) ?? []).map((text, index) => ({at: end, nanos: 900_000 + index * 1900, text}));
}
