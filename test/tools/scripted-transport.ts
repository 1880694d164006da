import type {Clock} from '../../source/core/clock.ts';
import type {KubeAnswer, KubeRequest, KubeStream, KubeTransport} from '../../source/kube/kube-transport.ts';
import {type Problem, ProblemError} from '../../source/core/problem.ts';

export type StreamRequest = Parameters<KubeTransport['stream']>[0];

export function failure(code: Problem['code'], extra: Partial<Problem> = {}): ProblemError {
	return new ProblemError({code, what: 'Scripted', cause: code, ...extra});
}

export function jsonAnswer(value: unknown, more: Partial<KubeAnswer> = {}): KubeAnswer {
	return {status: 200, headers: {'content-type': 'application/json'}, body: Buffer.from(JSON.stringify(value)), ...more};
}

/** A promise that never answers; rejects as the transport does when the signal aborts. */
export function hang(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		const stop = () => reject(failure('cancelled'));
		if (signal.aborted) return stop();
		signal.addEventListener('abort', stop, {once: true});
	});
}

/** A request that nobody answers, as the transport ends it: with a timeout. */
export function timeOut(clock: Clock, timeoutMs: number, signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		const timer = clock.after(timeoutMs, () => reject(failure('timeout')));
		signal.addEventListener('abort', () => {
			timer[Symbol.dispose]();
			reject(failure('cancelled'));
		});
	});
}

/** The body of a stream, written by hand. */
export class ScriptedStream {
	readonly request: StreamRequest;
	readonly #signal: AbortSignal;
	readonly #chunks: Buffer[] = [];
	#end: {error?: Error} | undefined;
	#wake: (() => void) | undefined;

	constructor(request: StreamRequest, signal: AbortSignal) {
		this.request = request;
		this.#signal = signal;
		signal.addEventListener('abort', () => this.#stir(), {once: true});
	}

	get open(): boolean {
		return this.#end === undefined && !this.#signal.aborted;
	}

	bytes(chunk: Buffer): void {
		this.#chunks.push(chunk);
		this.#stir();
	}

	event(type: string, object: unknown): void {
		this.bytes(Buffer.from(`${JSON.stringify({type, object})}\n`));
	}

	end(): void {
		this.#end ??= {};
		this.#stir();
	}

	fail(error: Error): void {
		this.#end ??= {error};
		this.#stir();
	}

	answer(): KubeStream {
		return {status: 200, headers: {'content-type': 'application/json'}, body: this.#read()};
	}

	async *#read(): AsyncGenerator<Buffer> {
		for (;;) {
			if (this.#signal.aborted) throw failure('cancelled');
			const chunk = this.#chunks.shift();
			if (chunk !== undefined) yield chunk;
			else if (this.#end?.error !== undefined) throw this.#end.error;
			else if (this.#end !== undefined) return;
			else await new Promise<void>(resolve => (this.#wake = resolve));
		}
	}

	#stir(): void {
		this.#wake?.();
		this.#wake = undefined;
	}
}

export type ScriptedTransport = KubeTransport &
	Readonly<{
		requests: readonly KubeRequest[];
		streams: readonly ScriptedStream[];
		/** The newest stream. */
		stream1(): ScriptedStream;
	}>;

type Script = Readonly<{
	request(request: KubeRequest, signal: AbortSignal): KubeAnswer | Promise<KubeAnswer>;
	/** Runs when a watch is opened; may throw or hang, or write its first events. */
	opened?(stream: ScriptedStream, signal: AbortSignal): void | Promise<void>;
}>;

/** A transport whose answers are written in the test. */
export function createScriptedTransport(script: Script): ScriptedTransport {
	const requests: KubeRequest[] = [];
	const streams: ScriptedStream[] = [];
	return {
		requests,
		streams,
		skewMs: () => 0,
		stream1() {
			const stream = streams.at(-1);
			if (stream === undefined) throw new Error('no stream was opened');
			return stream;
		},
		async request(request, signal) {
			requests.push(request);
			if (signal.aborted) throw failure('cancelled');
			return script.request(request, signal);
		},
		async stream(request, signal) {
			const stream = new ScriptedStream(request, signal);
			streams.push(stream);
			await script.opened?.(stream, signal);
			return stream.answer();
		},
	};
}
