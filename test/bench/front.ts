import {createServer, type IncomingMessage, request as httpRequest, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {lineBytes, type WrittenLog} from './written-log.ts';

/** How often a follower gets what is new. */
const followEveryMs = 20;
const batchLines = 2000;

/** `logReads`: answers under way that end, those of polls; a followed log does not end. */
export type FrontCounts = Readonly<{logLines: number; logReads: number; metricsBytes: number; metricsLists: number}>;

/** A server in front of the demo's: it answers logs itself, fast enough that the program is what is measured, and counts what it passes on. */
export class Front {
	readonly #behind: URL;
	readonly #logOf: (namespace: string) => WrittenLog | undefined;
	readonly #server = createServer((request, response) => this.#answer(request, response));
	#counts: FrontCounts = {logLines: 0, logReads: 0, metricsBytes: 0, metricsLists: 0};

	/** `logOf`: all pods of a namespace have the same log; undefined: the server behind has them. */
	constructor(behind: string, logOf: (namespace: string) => WrittenLog | undefined) {
		this.#behind = new URL(behind);
		this.#logOf = logOf;
	}

	/** Resolves with the address. */
	async start(): Promise<string> {
		await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
		// A server that listens on a port has such an address.
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	counts(): FrontCounts {
		return this.#counts;
	}

	#answer(request: IncomingMessage, response: ServerResponse): void {
		const url = new URL(request.url ?? '/', this.#behind);
		const namespace = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/[^/]+\/log$/.exec(url.pathname)?.[1];
		const log = namespace === undefined ? undefined : this.#logOf(namespace);
		if (log === undefined) this.#pass(request, response, url);
		else void this.#writeLog(log, url.searchParams, response);
	}

	#pass(request: IncomingMessage, response: ServerResponse, url: URL): void {
		const isMetrics = url.pathname.startsWith('/apis/metrics.k8s.io/');
		const {host: _host, ...headers} = request.headers;
		const passed = httpRequest(url, {method: request.method ?? 'GET', headers}, answer => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			// What a watch says first is that it is open.
			response.flushHeaders();
			if (isMetrics) {
				this.#counts = {...this.#counts, metricsLists: this.#counts.metricsLists + 1};
				answer.on('data', (bytes: Buffer) => {
					this.#counts = {...this.#counts, metricsBytes: this.#counts.metricsBytes + bytes.length};
				});
			}
			answer.pipe(response);
		});
		passed.on('error', () => response.destroy());
		response.on('close', () => passed.destroy());
		request.pipe(passed);
	}

	async #writeLog(log: WrittenLog, query: URLSearchParams, response: ServerResponse): Promise<void> {
		const follows = query.get('follow') === 'true';
		const reads = (change: number): void => {
			if (!follows) this.#counts = {...this.#counts, logReads: this.#counts.logReads + change};
		};
		let isOpen = true;
		reads(1);
		response.on('close', () => {
			isOpen = false;
			reads(-1);
		});
		response.writeHead(200, {'content-type': 'text/plain'});
		response.flushHeaders();
		let next = firstLine(log, query);
		const limit = query.get('limitBytes');
		let bytesLeft = limit === null ? Number.POSITIVE_INFINITY : Number(limit);
		const end = log.countAt(Date.now());
		for (;;) {
			const now = follows ? log.countAt(Date.now()) : end;
			while (isOpen && bytesLeft > 0 && next < now) {
				const to = Math.min(now, next + batchLines, next + Math.ceil(bytesLeft / lineBytes));
				const bytes = log.bytes(next, to).subarray(0, bytesLeft);
				this.#counts = {...this.#counts, logLines: this.#counts.logLines + to - next};
				bytesLeft -= bytes.length;
				next = to;
				if (!response.write(bytes)) await drained(response);
			}
			if (!isOpen || !follows || bytesLeft <= 0) break;
			await sleep(followEveryMs);
		}
		response.end();
	}
}

function firstLine(log: WrittenLog, query: URLSearchParams): number {
	const [since, tail] = [query.get('sinceTime'), query.get('tailLines')];
	const first = since === null ? 0 : log.indexFrom(Date.parse(since));
	return tail === null ? first : Math.max(first, log.countAt(Date.now()) - Number(tail));
}

/** Resolves also when the client goes. */
function drained(response: ServerResponse): Promise<void> {
	return new Promise(resolve => {
		const done = (): void => {
			response.off('drain', done);
			response.off('close', done);
			resolve();
		};
		response.on('drain', done);
		response.on('close', done);
	});
}
