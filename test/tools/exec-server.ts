import {once} from 'node:events';
import {createServer, type IncomingHttpHeaders, STATUS_CODES} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import type {Duplex} from 'node:stream';
import {type WebSocket, WebSocketServer} from 'ws';

/** One exec as it was asked for, and the ways to answer it. */
export type ExecSession = Readonly<{
	url: URL;
	headers: IncomingHttpHeaders;
	/** Messages of the client, channel first. */
	received: ReadonlyArray<readonly number[]>;
	say(channel: number, text: string): void;
	/** The status channel: an exit code, or a Status of one's own. */
	end(status: number | Readonly<Record<string, unknown>>): void;
	socket: WebSocket;
}>;

export type ExecServer = AsyncDisposable & Readonly<{url: string; sessions: readonly ExecSession[]; tries(): number}>;

export type ExecServerOptions = Readonly<{
	/** Offered sub-protocols; the first that the client knows too is taken. */
	protocols?: readonly string[];
	/** Answers instead of an upgrade, by the number of the try. */
	refuse?(attempt: number, headers: IncomingHttpHeaders): Readonly<{status: number; body: unknown}> | undefined;
	run?(session: ExecSession): void;
	autoPong?: boolean;
	tls?: Readonly<{cert: string; key: string; ca?: string; requestCert?: boolean}>;
}>;

/** A server of the channel protocol on loopback. */
export async function startExecServer(options: ExecServerOptions = {}): Promise<ExecServer> {
	const {protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'], refuse, run, autoPong = true, tls} = options;
	const sessions: ExecSession[] = [];
	const connections = new Set<Duplex>();
	let attempts = 0;
	const upgrades = new WebSocketServer({
		noServer: true,
		autoPong,
		handleProtocols: wanted => protocols.find(one => wanted.has(one)) ?? false,
	});
	const server = tls === undefined ? createServer() : createTlsServer(tls);
	server.on('connection', (socket: Duplex) => {
		connections.add(socket);
		socket.on('close', () => connections.delete(socket));
		socket.on('error', () => undefined);
	});
	server.on('upgrade', (request, socket, head) => {
		attempts += 1;
		const refusal = refuse?.(attempts, request.headers);
		if (refusal !== undefined) {
			const body = JSON.stringify(refusal.body);
			const lines = [
				`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
				'content-type: application/json',
				'audit-id: audit-1',
				`content-length: ${body.length}`,
			];
			return void socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
		}
		upgrades.handleUpgrade(request, socket, head, client => {
			const received: number[][] = [];
			client.on('message', data => Buffer.isBuffer(data) && received.push([...data]));
			client.on('error', () => undefined);
			const session: ExecSession = {
				url: new URL(request.url ?? '/', 'http://server'),
				headers: request.headers,
				received,
				say: (channel, text) => client.send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)])),
				end(status) {
					session.say(3, JSON.stringify(typeof status === 'number' ? exitStatus(status) : status));
					client.close();
				},
				socket: client,
			};
			sessions.push(session);
			run?.(session);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the server has no port');
	return {
		url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}`,
		sessions,
		tries: () => attempts,
		async [Symbol.asyncDispose]() {
			for (const client of upgrades.clients) client.terminate();
			for (const socket of connections) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

function exitStatus(code: number): Readonly<Record<string, unknown>> {
	if (code === 0) return {kind: 'Status', status: 'Success'};
	return {
		kind: 'Status',
		status: 'Failure',
		message: `command terminated with non-zero exit code ${code}`,
		reason: 'NonZeroExitCode',
		details: {causes: [{reason: 'ExitCode', message: String(code)}]},
	};
}
