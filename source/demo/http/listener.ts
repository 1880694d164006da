import {createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import type {Fault, Faults} from '../faults.ts';
import type {DemoUser} from '../rbac.ts';
import type {RequestLog, SeenRequest} from '../request-log.ts';
import {badRequest, StatusError} from '../status-error.ts';
import {answerApi, upgradeApi} from './api.ts';
import type {ApiContext} from './api-context.ts';
import {reviewInProtobuf} from './protobuf-review.ts';
import {Reply} from './reply.ts';
import {createStall, type Stall} from './stall.ts';
import type {Upgrade} from './upgrades.ts';
import {authenticate} from './users.ts';

export type ListenerParts = Readonly<{context: ApiContext; faults: Faults; log: RequestLog; tokens: ReadonlyMap<string, DemoUser>}>;

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}

/** The HTTP side: one port, from requests to the API and back. */
export class Listener {
	readonly #parts: ListenerParts;
	readonly #stall: Stall = createStall();
	#server: Server | undefined;
	#port = 0;
	#requests = 0;
	/** What is no longer HTTP: the server itself does not close it. */
	readonly #upgraded = new Set<Duplex>();

	constructor(parts: ListenerParts) {
		this.#parts = parts;
	}

	get url(): string {
		return `http://127.0.0.1:${this.#port}`;
	}

	/** Listens on a port of the system's choice, after that on the same again. */
	async start(port = this.#port): Promise<void> {
		const server = createServer((message, response) => {
			this.#answer(message, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))));
		});
		server.on('upgrade', (message, socket, head) => this.#upgrade({message, socket, head}));
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, '127.0.0.1', resolve);
		});
		const address = server.address();
		this.#port = isAddress(address) ? address.port : port;
		this.#server = server;
	}

	/** Closes the port and cuts every connection. */
	async stop(): Promise<void> {
		const server = this.#server;
		if (server === undefined) return;
		this.#server = undefined;
		const closed = new Promise<void>(resolve => server.close(() => resolve()));
		server.closeAllConnections();
		for (const socket of this.#upgraded) socket.destroy();
		await closed;
	}

	/** While on, no byte goes out; connections stay and new ones are taken. */
	stall(isOn: boolean): void {
		this.#stall.set(isOn);
	}

	async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
		const {context, faults} = this.#parts;
		const url = new URL(message.url ?? '/', 'http://127.0.0.1');
		const method = message.method ?? 'GET';
		const broken = faults.match(method, message.url ?? '/');
		const seen = this.#record(message, method, url, response);
		const offsetMs = broken.find(fault => fault.kind === 'clock')?.offsetMs ?? 0;
		if (broken.some(({kind}) => kind === 'compact')) context.cluster.compact();
		const body = await bodyOf(message);
		const respond = (): void => this.#respond({message, response, url, method, body, broken, seen, offsetMs});
		const delay = broken.find(fault => fault.kind === 'delay');
		if (delay === undefined) respond();
		else context.cluster.clock.after(delay.ms, respond);
	}

	#respond(exchange: Exchange): void {
		const {context, tokens} = this.#parts;
		const {message, response, url, method, body, broken, seen, offsetMs} = exchange;
		if (broken.some(({kind}) => kind === 'hang')) return;
		response.sendDate = false;
		this.#requests += 1;
		const now = context.cluster.now() + offsetMs;
		const auditId = `00000000-0000-4000-8000-${String(this.#requests).padStart(12, '0')}`;
		const headers = {'Audit-Id': auditId, 'Cache-Control': 'no-cache, private', Date: new Date(now).toUTCString()};
		const reply = new Reply(response, broken, this.#stall);
		try {
			refuse(broken);
			const user = authenticate(context.cluster, tokens, message.headers);
			Object.assign(seen, {user: user.username});
			const request = {method, url, headers: message.headers, body: readableBody(message, body), user, now, faults: broken};
			answerApi(context, request, reply, headers);
		} catch (error) {
			const refusal = error instanceof StatusError ? error : internalError(error);
			const retry = refusal.retryAfterSeconds === undefined ? {} : {'Retry-After': String(refusal.retryAfterSeconds)};
			reply.send(refusal.code, {...headers, 'Content-Type': 'application/json', ...retry}, JSON.stringify(refusal.status));
		}
	}

	/** A request for a WebSocket. Refused ones are answered as HTTP, with a Status. */
	#upgrade(upgrade: Upgrade): void {
		const {context, faults, tokens} = this.#parts;
		const {message, socket} = upgrade;
		const url = new URL(message.url ?? '/', 'http://127.0.0.1');
		const method = message.method ?? 'GET';
		const broken = faults.match(method, message.url ?? '/');
		this.#upgraded.add(socket);
		socket.on('close', () => this.#upgraded.delete(socket));
		socket.on('error', () => undefined);
		const seen = this.#record(message, method, url, socket);
		if (broken.some(({kind}) => kind === 'hang')) return;
		if (broken.some(({kind}) => kind === 'reset')) {
			socket.destroy();
			return;
		}
		try {
			refuse(broken);
			const user = authenticate(context.cluster, tokens, message.headers);
			Object.assign(seen, {user: user.username, status: 101});
			upgradeApi(context, {method, url, headers: message.headers, body: '', user, now: context.cluster.now(), faults: broken}, upgrade);
		} catch (error) {
			const refusal = error instanceof StatusError ? error : internalError(error);
			Object.assign(seen, {status: refusal.code});
			const body = JSON.stringify(refusal.status);
			const head = [
				`HTTP/1.1 ${refusal.code} ${STATUS_CODES[refusal.code] ?? ''}`,
				'Content-Type: application/json',
				`Content-Length: ${Buffer.byteLength(body)}`,
				'Connection: close',
			];
			socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
		}
	}

	#record(message: IncomingMessage, method: string, url: URL, response: ServerResponse | Duplex): SeenRequest {
		const seen: SeenRequest = {
			method,
			url: message.url ?? '/',
			path: url.pathname,
			query: url.searchParams,
			user: '',
			userAgent: message.headers['user-agent'] ?? '',
			at: this.#parts.context.cluster.now(),
			status: undefined,
			isOpen: true,
		};
		response.on('close', () => {
			if ('headersSent' in response) seen.status = response.headersSent ? response.statusCode : undefined;
			seen.isOpen = false;
		});
		this.#parts.log.add(seen);
		return seen;
	}
}

type Exchange = Readonly<{
	message: IncomingMessage;
	response: ServerResponse;
	url: URL;
	method: string;
	body: Buffer;
	broken: readonly Fault[];
	seen: SeenRequest;
	offsetMs: number;
}>;

/** Throws the answer that a fault rule demands. */
function refuse(faults: readonly Fault[]): void {
	const fault = faults.find(({kind}) => kind === 'status');
	if (fault?.kind !== 'status') return;
	const {status, message = 'injected fault', reason, retryAfterSeconds} = fault;
	throw new StatusError({
		code: status,
		message,
		...(reason === undefined ? {} : {reason}),
		...(retryAfterSeconds === undefined ? {} : {retryAfterSeconds, details: {retryAfterSeconds}}),
	});
}

/** The body as JSON text. kubectl sends Protobuf for the kinds it knows: of those the questions about oneself are read, the rest is refused with 415. */
function readableBody(message: IncomingMessage, body: Buffer): string {
	const type = message.headers['content-type'] ?? 'application/json';
	if (!/protobuf|yaml|cbor/u.test(type)) return body.toString('utf8');
	if (type.includes('protobuf') && /\/selfsubject\w*reviews(\?|$)/u.test(message.url ?? '')) return JSON.stringify(reviewInProtobuf(body));
	const text = 'the body of the request was in an unknown format - accepted media types include: application/json';
	throw new StatusError({code: 415, reason: 'UnsupportedMediaType', message: text});
}

function internalError(error: unknown): StatusError {
	if (error instanceof URIError || error instanceof SyntaxError) return badRequest(error.message);
	const message = `Internal error occurred: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
	return new StatusError({code: 500, reason: 'InternalError', message});
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
	return typeof address === 'object' && address !== null;
}
