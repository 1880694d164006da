import type {LogBook} from '../logs/log-book.ts';
import {chosenContainer, chosenRun, type ContainerRun, statusOf} from '../logs/container-run.ts';
import {type LogLine, logTimestamp} from '../logs/log-line.ts';
import {type LogOptions, parseLogOptions} from '../logs/log-options.ts';
import {at, textAt} from '../json.ts';
import {notFound} from '../status-error.ts';
import type {StoredObject} from '../stored-object.ts';
import type {ApiContext, KindRequest} from './api-context.ts';
import type {Reply} from './reply.ts';

/** How often a follower looks for new lines. */
const followEveryMs = 200;
/** How many lines go out before the client must have taken them. */
const batchLines = 500;

function bytesOf(line: LogLine, timestamps: boolean): Buffer {
	const parts = [timestamps ? `${logTimestamp(line)} ` : '', line.text, line.isUnended === true ? '' : '\n'];
	return Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** One log on its way to one client. */
class LogStream {
	readonly #context: ApiContext;
	readonly #book: LogBook;
	readonly #reply: Reply;
	readonly #options: LogOptions;
	#run: ContainerRun;
	#bytesLeft: number;
	/** Everything before this moment has been sent. */
	#sentTo = 0;
	#isOver = false;
	#wake: () => void = () => undefined;

	constructor(context: ApiContext, reply: Reply, options: LogOptions, run: ContainerRun) {
		this.#context = context;
		this.#book = context.logs;
		this.#reply = reply;
		this.#options = options;
		this.#run = run;
		this.#bytesLeft = options.limitBytes ?? Number.POSITIVE_INFINITY;
		reply.onClose(() => this.#wake());
	}

	async send(): Promise<void> {
		const {tailLines, since, follow} = this.#options;
		const span = this.#book.spanOf(this.#run);
		this.#sentTo = span.to;
		const lines = tailLines === undefined ? this.#book.read(this.#run, span) : this.#book.tail(this.#run, tailLines);
		await this.#write(lines, since ?? 0);
		if (!follow || this.#run.endedAt !== undefined || this.#isOver) {
			this.#reply.end();
			return;
		}
		await this.#follow();
		this.#reply.end();
	}

	async #write(lines: Iterable<LogLine>, since: number): Promise<void> {
		let batch: Buffer[] = [];
		for (const line of lines) {
			if (this.#bytesLeft <= 0) break;
			if (line.at < since) continue;
			const bytes = bytesOf(line, this.#options.timestamps).subarray(0, this.#bytesLeft);
			this.#bytesLeft -= bytes.length;
			batch.push(bytes);
			if (batch.length < batchLines) continue;
			this.#reply.bytes(Buffer.concat(batch));
			batch = [];
			await this.#reply.taken();
			if (this.#reply.isOver) break;
		}
		if (batch.length > 0) this.#reply.bytes(Buffer.concat(batch));
		this.#isOver = this.#reply.isOver || this.#bytesLeft <= 0;
	}

	/** Sends what comes until the run or the pod has come to its end. */
	async #follow(): Promise<void> {
		for (let goes = true; goes && !this.#isOver; ) {
			await this.#nextTurn();
			goes = this.#goesOn();
			const span = {from: this.#sentTo, to: this.#book.spanOf(this.#run).to};
			this.#sentTo = span.to;
			await this.#write(this.#book.read(this.#run, span), this.#options.since ?? 0);
			await this.#reply.taken();
		}
	}

	/** Waits a little, or for a change of the pod, or for the client to go. */
	#nextTurn(): Promise<void> {
		const {cluster} = this.#context;
		const {uid} = this.#run.pod.metadata;
		return new Promise(resolve => {
			const finish = (): void => {
				timer[Symbol.dispose]();
				listening[Symbol.dispose]();
				resolve();
			};
			const timer = cluster.clock.after(followEveryMs, finish);
			const listening = cluster.listen((_kind, change) => {
				if (change.entry.object.metadata.uid === uid) finish();
			});
			this.#wake = finish;
		});
	}

	#goesOn(): boolean {
		const {namespace, name, uid} = this.#run.pod.metadata;
		const pod = this.#context.cluster.get('pods', namespace, name);
		return pod !== undefined && pod.metadata.uid === uid && !this.#hasEnded(pod);
	}

	#hasEnded(pod: StoredObject): boolean {
		for (const previous of [false, true]) {
			const status = statusOf(pod, this.#run.name);
			const ended = at(status, previous ? 'lastState' : 'state', 'terminated');
			if (textAt(ended, 'containerID') !== this.#run.id) continue;
			this.#run = {...chosenRun(pod, this.#run.container, previous), restart: this.#run.restart};
			return true;
		}
		return textAt(statusOf(pod, this.#run.name), 'containerID') !== this.#run.id;
	}
}

/** `GET .../pods/{name}/log`: what a container has said, and, with `follow`, says. Throws 400, 404, 422 in the words of the API server and the kubelet. */
export function streamLog(context: ApiContext, request: KindRequest, reply: Reply, headers: Readonly<Record<string, string>>): void {
	const {namespace, name} = request.info;
	const pod = context.cluster.store(request.kind).get(namespace, name);
	if (pod === undefined) throw notFound(request.kind, name);
	const options = parseLogOptions(request.url.searchParams, name, context.cluster.now());
	const container = chosenContainer(pod, options.container);
	const head = {...headers, 'Content-Type': 'text/plain'};
	if (textAt(pod, 'spec', 'nodeName') === '') {
		// Nobody has the log of a pod that no node has.
		reply.send(200, head, '');
		return;
	}
	const run = chosenRun(pod, container, options.previous);
	reply.begin(200, head);
	new LogStream(context, reply, options, run).send().catch(() => reply.end());
}
