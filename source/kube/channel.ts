import type {IncomingMessage} from 'node:http';
import type {Socket} from 'node:net';
import type {WebSocket} from 'ws';
import {ProblemError} from '../core/problem.ts';
import type {Credential} from './auth.ts';
import type {CallEntry} from './calls.ts';
import type {Job} from './job.ts';
import {createRenewal, type RequestParts} from './requesting.ts';
import {failedProblem, refusedProblem} from './sender.ts';

/** kube-api.md 8.1: the older one is passed through to the kubelet on every version, the newer can end stdin. */
const protocols = {v5: 'v5.channel.k8s.io', v4: 'v4.channel.k8s.io'} as const;
const handshakeTimeoutMs = 30_000;
const largestMessage = 64 * 1024 * 1024;
/** A refusal is short; one that does not end is cut off. */
const refusalLimitMs = 5_000;
const refusalLimitBytes = 65_536;

export type ChannelHandlers = Readonly<{
	/** `channel` is the first byte of each message, `bytes` the rest. */
	message(channel: number, bytes: Buffer): void;
	pong(): void;
	/** Once, and last. `error`: why the connection broke, where it did. */
	closed(error?: unknown): void;
}>;

/** An open WebSocket of the channel protocol. */
export type Channel = Readonly<{
	protocol: 'v5' | 'v4';
	/** Resolves when the bytes have been handed to the system, or the connection is gone. */
	send(channel: number, bytes: Uint8Array): Promise<void>;
	ping(): void;
	/** Ends at once; `closed` follows. */
	end(): void;
}>;

/** Every channel that is open, so that closing the client ends them. */
export type OpenChannels = Set<Readonly<{terminate(): void}>>;
export type ChannelParts = RequestParts & Readonly<{channels: OpenChannels; protocol?: Channel['protocol']}>;

/**
 * Asks for an upgrade and resolves when it was granted; after a 401 or a TLS failure once more with newer credentials. Rejects with the
 * ProblemError of the server's refusal, whose body says why.
 */
export async function openChannel(parts: ChannelParts, job: Job, handlers: ChannelHandlers, signal: AbortSignal): Promise<Channel> {
	const renewal = createRenewal(parts.credentials, signal);
	for (let tries = 0; ; tries++) {
		const credential = await parts.credentials.current(signal);
		try {
			return await openOnce(parts, {job, credential, retries: tries}, handlers, signal);
		} catch (error) {
			const code = error instanceof ProblemError ? error.problem.code : undefined;
			const why = code === 'unauthorized' || code === 'tls' ? code : undefined;
			if (signal.aborted || why === undefined || !(await renewal.after(credential, why))) throw error;
		}
	}
}

type Opening = Readonly<{job: Job; credential: Credential; retries: number}>;

async function openOnce(parts: ChannelParts, {job, credential, retries}: Opening, handlers: ChannelHandlers, signal: AbortSignal): Promise<Channel> {
	const {clock, log} = parts;
	const startedAt = clock.now();
	const call = log.begin({method: job.method, path: job.path, stream: true, retries});
	let answered = false;
	const failure = (error: unknown) => new ProblemError(failedProblem(parts, job, {error, startedAt, answered, signal}), {cause: error});
	try {
		const socket = await connect(parts, credential, signal);
		const client = await createClient(parts, job, credential, socket);
		parts.channels.add(client);
		client.on('close', () => parts.channels.delete(client));
		client.on('upgrade', answer => {
			answered = true;
			const auditId = answer.headers['audit-id'];
			call.head(101, typeof auditId === 'string' ? auditId : undefined);
			parts.skew.note(answer.headers['date'], clock.now());
		});
		await opened(client, {signal, refused: answer => refusal(parts, {job, credential, call}, answer), call, handlers, failure});
		return channelOf(client);
	} catch (error) {
		const problem = error instanceof ProblemError ? error : failure(error);
		call.end(problem.problem);
		throw problem;
	}
}

async function connect({connections, resolved}: ChannelParts, credential: Credential, signal: AbortSignal): Promise<Socket> {
	const {protocol, hostname, host, port} = new URL(resolved.server);
	signal.throwIfAborted();
	const {promise, resolve, reject} = Promise.withResolvers<Socket>();
	const abort = () => reject(signal.reason);
	signal.addEventListener('abort', abort, {once: true});
	connections.connector(credential.tls)({protocol, hostname, host, port}, (error, socket) => {
		// undici leaves the socket out where there is an error.
		if (error) reject(error);
		else if (signal.aborted) socket.destroy();
		else resolve(socket);
	});
	try {
		return await promise;
	} finally {
		signal.removeEventListener('abort', abort);
	}
}

async function createClient({resolved, userAgent, protocol}: ChannelParts, job: Job, credential: Credential, socket: Socket): Promise<WebSocket> {
	const {WebSocket: Client} = await import('./ws-library.ts');
	const server = new URL(resolved.server);
	const prefix = server.pathname === '/' ? '' : server.pathname;
	return new Client(
		`${server.protocol === 'https:' ? 'wss' : 'ws'}://${server.host}${prefix}${job.path}`,
		protocol === undefined ? [protocols.v5, protocols.v4] : [protocols[protocol]],
		{
			createConnection: () => socket,
			perMessageDeflate: false,
			followRedirects: false,
			maxPayload: largestMessage,
			handshakeTimeout: handshakeTimeoutMs,
			finishRequest(request) {
				// Here and not in `headers`: a header with several values, a group each.
				for (const [name, value] of Object.entries({'user-agent': userAgent, ...credential.headers})) request.setHeader(name, value);
				request.end();
			},
		},
	);
}

type Waiting = Readonly<{
	signal: AbortSignal;
	refused(answer: IncomingMessage): Promise<ProblemError>;
	call: CallEntry;
	handlers: ChannelHandlers;
	failure(error: unknown): ProblemError;
}>;

/** Listeners are there before the socket is read: a fast answer comes in the same moment as the upgrade. */
async function opened(client: WebSocket, {signal, refused, call, handlers, failure}: Waiting): Promise<void> {
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	let isOpen = false;
	let broken: unknown;
	const abort = () => {
		broken ??= signal.reason;
		client.terminate();
	};
	client.on('open', () => {
		isOpen = true;
		resolve();
	});
	client.on('unexpected-response', (request, answer) => {
		refused(answer).then(reject, reject);
		answer.once('close', () => request.destroy());
	});
	client.on('message', data => {
		if (!Buffer.isBuffer(data)) return;
		call.bytes(data.length);
		const [channel] = data;
		if (channel !== undefined) handlers.message(channel, data.subarray(1));
	});
	client.on('pong', handlers.pong);
	client.on('error', error => {
		broken ??= error;
	});
	client.on('close', () => {
		signal.removeEventListener('abort', abort);
		const error = broken === undefined ? undefined : failure(broken);
		if (!isOpen) return reject(error ?? failure(Object.assign(new Error('closed before it was open'), {code: 'ECONNRESET'})));
		call.end(error?.problem);
		handlers.closed(error);
	});
	signal.addEventListener('abort', abort, {once: true});
	if (signal.aborted) abort();
	await promise;
}

type Refusing = Readonly<{job: Job; credential: Credential; call: CallEntry}>;

async function refusal(parts: ChannelParts, {job, credential, call}: Refusing, answer: IncomingMessage): Promise<ProblemError> {
	using _limit = parts.clock.after(refusalLimitMs, () => answer.destroy());
	const pieces: Buffer[] = [];
	let bytes = 0;
	try {
		for await (const piece of answer) {
			if (!Buffer.isBuffer(piece)) break;
			pieces.push(piece);
			bytes += piece.length;
			if (bytes > refusalLimitBytes) break;
		}
	} catch {
		// The refusal is told with the words that arrived.
	}
	const {statusCode: status = 0, headers} = answer;
	const auditId = headers['audit-id'];
	call.head(status, typeof auditId === 'string' ? auditId : undefined);
	return new ProblemError(refusedProblem(parts, job, {status, headers, body: Buffer.concat(pieces)}, credential));
}

function channelOf(client: WebSocket): Channel {
	return {
		protocol: client.protocol === protocols.v5 ? 'v5' : 'v4',
		send(channel, bytes) {
			const {promise, resolve} = Promise.withResolvers<void>();
			const frame = Buffer.allocUnsafe(bytes.length + 1);
			frame[0] = channel;
			frame.set(bytes, 1);
			// An error here is told by `closed`.
			client.send(frame, {binary: true}, () => resolve());
			return promise;
		},
		ping() {
			client.ping(undefined, undefined, () => undefined);
		},
		end: () => client.terminate(),
	};
}
