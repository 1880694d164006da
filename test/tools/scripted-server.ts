import {once} from 'node:events';
import {
	createServer as createHttpServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type RequestListener,
	type Server,
	type ServerResponse,
} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import type {Socket} from 'node:net';
import {TLSSocket} from 'node:tls';
import {patienceMs} from './eventually.ts';

/** A request as it arrived, its body complete. */
export type ScriptedRequest = Readonly<{
	method: string;
	/** With the query, as sent. */
	url: string;
	/** Without the query. */
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	body: Buffer;
	httpVersion: string;
	/** Which connection it came on: 0, 1, 2 ... */
	connection: number;
	/** Common name of the client certificate, where one was sent. */
	clientName?: string;
	/** Settles when the answer was sent in full or its connection went away. */
	closed: Promise<void>;
}>;

/** Full control of one answer; nothing is sent before it is asked for. */
export type Exchange = Readonly<{
	request: ScriptedRequest;
	head(status: number, headers?: Readonly<Record<string, string>>): void;
	/** Sends one piece at once, as one chunk; sends a 200 head before it where none was sent. */
	write(piece: string | Uint8Array): Promise<void>;
	end(piece?: string | Uint8Array): void;
	/** RST: what a crashed peer or a middle box does. */
	reset(): void;
	/** FIN without the end of the body. */
	halfClose(): void;
}>;

/** A whole answer. `body`: an object is sent as JSON; `when`: held back until that promise settles; `cutAt`: closes after so many bytes of the body. */
export type Answer = Readonly<{
	status?: number;
	headers?: Readonly<Record<string, string>>;
	body?: string | Uint8Array | object;
	when?: Promise<unknown>;
	cutAt?: number;
}>;
export type Reply = Answer | ((exchange: Exchange) => void | Promise<void>);

/** Never answers; the connection stays open. */
export const hang: Reply = () => undefined;
/** Resets the connection instead of answering. */
export const reset: Reply = exchange => exchange.reset();

export type ScriptedServer = AsyncDisposable &
	Readonly<{
		/** `http://127.0.0.1:PORT` or `https://...`, without a final slash. */
		url: string;
		port: number;
		/** Every request so far, oldest first. */
		requests: readonly ScriptedRequest[];
		/** Connections accepted so far, and those open now. */
		connections(): Readonly<{total: number; open: number}>;
		/**
		 * Scripts the answers to `GET /path` (method and path without query, `* *` for the rest): each request takes the next reply,
		 * the last one repeats. A later call for the same key replaces the script.
		 */
		on(key: string, ...replies: readonly [Reply, ...Reply[]]): void;
		/** Resolves with the requests as soon as `done` holds for them. */
		until(done: (requests: readonly ScriptedRequest[]) => boolean): Promise<readonly ScriptedRequest[]>;
		/** Resets every open connection. */
		resetAll(): void;
	}>;

export type ScriptedServerOptions = Readonly<{
	/** PEM texts; with `clientCa` client certificates are asked for and must be signed by it. */
	tls?: Readonly<{cert: string; key: string; clientCa?: string; alpn?: readonly string[]}>;
	host?: string;
}>;

/**
 * A server for tests whose answers are scripted per request; it records what arrives.
 *
 *     await using server = await startScriptedServer();
 *     server.on('GET /api/v1/pods', {status: 429, headers: {'retry-after': '1'}}, {body: {kind: 'PodList', items: []}});
 *     server.on('GET /watch', async ({write, reset}) => { await write('{"type":'); reset(); });
 *     server.on('GET /slow', hang);
 *     ... await server.until(requests => requests.length === 2); server.requests[0]?.headers.authorization
 *
 * Whatever has no script gets a 404 Status whose message names it.
 */
export async function startScriptedServer(options: ScriptedServerOptions = {}): Promise<ScriptedServer> {
	const scripts = new Map<string, Reply[]>();
	const requests: ScriptedRequest[] = [];
	const sockets = new Map<Socket, number>();
	const waiting = new Set<() => void>();
	let total = 0;
	const listener: RequestListener = (message, response) => {
		void readRequest(message, response, sockets).then(async request => {
			requests.push(request);
			for (const check of waiting) check();
			await play(nextReply(scripts, request), exchangeOf(request, message, response));
		}, ignoreBrokenRequest);
	};
	const server = options.tls === undefined ? createHttpServer(listener) : createHttpsServer(tlsOptions(options.tls), listener);
	server.keepAliveTimeout = 120_000;
	server.on(options.tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
		sockets.set(socket, total++);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
	});
	const host = options.host ?? '127.0.0.1';
	const port = await listen(server, host);
	return {
		url: `${options.tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
		port,
		requests,
		connections: () => ({total, open: sockets.size}),
		on: (key, ...replies) => void scripts.set(key, [...replies]),
		until: done => untilDone(waiting, requests, done),
		resetAll: () => sockets.forEach((_index, socket) => void socket.destroy()),
		async [Symbol.asyncDispose]() {
			for (const socket of sockets.keys()) socket.destroy();
			server.closeAllConnections();
			server.close();
			if (server.listening) await once(server, 'close');
		},
	};
}

function tlsOptions(tls: NonNullable<ScriptedServerOptions['tls']>) {
	return {
		cert: tls.cert,
		key: tls.key,
		...(tls.clientCa === undefined ? {} : {ca: tls.clientCa, requestCert: true, rejectUnauthorized: true}),
		...(tls.alpn === undefined ? {} : {ALPNProtocols: [...tls.alpn]}),
	};
}

async function listen(server: Server, host: string): Promise<number> {
	server.listen(0, host);
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the scripted server has no port');
	return address.port;
}

async function readRequest(message: IncomingMessage, response: ServerResponse, sockets: ReadonlyMap<Socket, number>): Promise<ScriptedRequest> {
	const closed = new Promise<void>(resolve => void response.on('close', () => resolve()));
	const pieces: Buffer[] = [];
	for await (const piece of message) pieces.push(piece);
	const url = message.url ?? '/';
	const [path = '/', search = ''] = url.split(/\?(.*)/s);
	const peer = message.socket instanceof TLSSocket ? message.socket.getPeerCertificate() : undefined;
	const clientName = peer?.subject?.CN;
	return {
		method: message.method ?? 'GET',
		url,
		path,
		query: new URLSearchParams(search),
		headers: message.headers,
		body: Buffer.concat(pieces),
		httpVersion: message.httpVersion,
		connection: sockets.get(message.socket) ?? -1,
		...(typeof clientName === 'string' ? {clientName} : {}),
		closed,
	};
}

/** A peer that goes away in the middle of its request is part of the tests, not a failure of the server. */
function ignoreBrokenRequest(): void {}

function nextReply(scripts: ReadonlyMap<string, Reply[]>, request: ScriptedRequest): Reply {
	const {method, path} = request;
	const script = [`${method} ${path}`, `* ${path}`, `${method} *`, '* *'].map(key => scripts.get(key)).find(found => found !== undefined);
	const reply = script !== undefined && script.length > 1 ? script.shift() : script?.[0];
	return (
		reply ?? {
			status: 404,
			body: {kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404, message: `no script for ${method} ${path}`},
		}
	);
}

function exchangeOf(request: ScriptedRequest, message: IncomingMessage, response: ServerResponse): Exchange {
	return {
		request,
		head: (status, headers = {}) => {
			response.writeHead(status, headers);
			response.flushHeaders();
		},
		// By way of the event loop: a script that writes for ever would else never learn that its connection is gone.
		write: piece => new Promise(resolve => void response.write(piece, () => setImmediate(resolve))),
		end: piece => void response.end(piece),
		reset: () => {
			// A TLS socket has no RST of its own: the one below it is what is on the wire.
			if (message.socket instanceof TLSSocket) message.socket.destroy();
			else message.socket.resetAndDestroy();
		},
		halfClose: () => void message.socket.end(),
	};
}

async function play(reply: Reply, exchange: Exchange): Promise<void> {
	if (typeof reply === 'function') return await reply(exchange);
	await reply.when;
	const {body = '', status = 200, cutAt} = reply;
	const isText = typeof body === 'string' || body instanceof Uint8Array;
	const bytes = Buffer.from(isText ? body : JSON.stringify(body));
	exchange.head(status, {...(isText ? {} : {'content-type': 'application/json'}), 'content-length': `${bytes.length}`, ...reply.headers});
	if (cutAt === undefined) return exchange.end(bytes);
	await exchange.write(bytes.subarray(0, cutAt));
	exchange.halfClose();
}

async function untilDone(waiting: Set<() => void>, requests: readonly ScriptedRequest[], done: (requests: readonly ScriptedRequest[]) => boolean) {
	if (done(requests)) return requests;
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	const check = () => {
		if (done(requests)) resolve();
	};
	const tooLate = () => reject(new Error(`Not asked within ${patienceMs} ms: ${requests.map(({method, url}) => `${method} ${url}`).join(', ')}`));
	const timer = setTimeout(tooLate, patienceMs);
	waiting.add(check);
	try {
		await promise;
	} finally {
		clearTimeout(timer);
		waiting.delete(check);
	}
	return requests;
}
