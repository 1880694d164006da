import {type IncomingMessage, request as httpRequest} from 'node:http';
import {at, type Json, parseJson} from '../../source/demo/json.ts';
import type {DemoServer} from '../../source/demo/server.ts';

export const asTable = 'application/json;as=Table;v=v1;g=meta.k8s.io';
export const asMetadata = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';

export type Answer = Readonly<{status: number; headers: Headers; text: string; body: Json}>;
export type Ask = Readonly<{method?: string; accept?: string; body?: Json; type?: string; user?: string; headers?: Readonly<Record<string, string>>}>;

/** One request to the demo server, read to its end. */
export async function ask(server: DemoServer, path: string, options: Ask = {}): Promise<Answer> {
	const headers = {
		...(options.accept === undefined ? {} : {accept: options.accept}),
		...(options.body === undefined ? {} : {'content-type': options.type ?? 'application/json'}),
		...(options.user === undefined ? {} : {'impersonate-user': options.user}),
		...options.headers,
	};
	const body = options.body === undefined ? {} : {body: JSON.stringify(options.body)};
	const response = await fetch(`${server.url}${path}`, {method: options.method ?? 'GET', headers, ...body});
	const text = await response.text();
	const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
	return {status: response.status, headers: response.headers, text, body: isJson ? parseJson(text) : null};
}

/** A watch in progress: the lines that came so far, and how it ended. */
export class OpenWatch implements AsyncDisposable {
	readonly events: Json[] = [];
	readonly raw: string[] = [];
	status = 0;
	/** `open`, then `ended` properly or `broken`. */
	state: 'open' | 'ended' | 'broken' = 'open';
	#message: IncomingMessage | undefined;
	#changed = Promise.withResolvers<void>();

	static async open(server: DemoServer, path: string, accept = asTable): Promise<OpenWatch> {
		const watch = new OpenWatch();
		const opened = Promise.withResolvers<IncomingMessage>();
		const sent = httpRequest(`${server.url}${path}`, {headers: {accept}, agent: false}, opened.resolve);
		sent.on('error', opened.reject);
		sent.end();
		watch.#attach(await opened.promise);
		return watch;
	}

	/** Resolves once a condition holds; looks again at each line and at the end. */
	async until(holds: (watch: OpenWatch) => boolean): Promise<void> {
		while (!holds(this)) {
			if (this.state !== 'open') throw new Error(`the watch has ${this.state} after ${this.raw.length} lines, before what was waited for`);
			await this.#changed.promise;
		}
	}

	/** Resolves at its end. */
	async end(): Promise<void> {
		while (this.state === 'open') await this.#changed.promise;
	}

	/** `ADDED name` of the Table or object in each event. */
	summary(): readonly string[] {
		return this.events.map(event => `${String(at(event, 'type'))} ${nameIn(event)}`);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#message?.destroy();
		while (this.state === 'open') await this.#changed.promise;
	}

	#attach(message: IncomingMessage): void {
		this.#message = message;
		this.status = message.statusCode ?? 0;
		let rest = '';
		message.setEncoding('utf8');
		message.on('data', (chunk: string) => {
			const lines = (rest + chunk).split('\n');
			rest = lines.pop() ?? '';
			for (const line of lines) this.#line(line);
			this.#tell();
		});
		message.on('error', () => undefined);
		message.on('close', () => {
			this.state = message.complete ? 'ended' : 'broken';
			this.#tell();
		});
	}

	#line(line: string): void {
		this.raw.push(line);
		if (line.startsWith('{')) this.events.push(parseJson(line));
	}

	#tell(): void {
		this.#changed.resolve();
		this.#changed = Promise.withResolvers<void>();
	}
}

/** The name in a watch event, whichever shape its object has; of an error its reason. */
export function nameIn(event: Json): string {
	const object = at(event, 'object');
	const rows = at(object, 'rows');
	const shown = Array.isArray(rows) ? at(rows[0], 'object') : object;
	return String(at(shown, 'metadata', 'name') ?? at(object, 'reason') ?? '');
}
