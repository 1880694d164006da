import {once} from 'node:events';
import {createServer, type IncomingMessage, request as sendRequest} from 'node:http';
import {connect, createServer as createTcpServer, type Server, type Socket} from 'node:net';

export type TestProxy = AsyncDisposable &
	Readonly<{
		/** `http://127.0.0.1:PORT` or `socks5://...`. */
		url: string;
		port: number;
		/** `host:port` of each connection asked for, oldest first. */
		targets: readonly string[];
		/** Proxy-Authorization headers, or `user:password` of SOCKS. */
		credentials: readonly string[];
	}>;

/** An HTTP proxy that tunnels by CONNECT to loopback whatever name is asked for; `refuse` is answered instead of 200. */
export async function startHttpProxy(refuse?: number): Promise<TestProxy> {
	const targets: string[] = [];
	const credentials: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((incoming, outgoing) => {
		targets.push(incoming.url ?? '');
		incoming.pipe(sendRequest(new URL(incoming.url ?? ''), {headers: incoming.headers}, answer => answer.pipe(outgoing.writeHead(answer.statusCode ?? 0))));
	});
	server.on('connect', (asked: IncomingMessage, client: Socket) => {
		const target = asked.url ?? '';
		targets.push(target);
		if (asked.headers['proxy-authorization'] !== undefined) credentials.push(asked.headers['proxy-authorization']);
		if (refuse !== undefined) return void client.end(`HTTP/1.1 ${refuse} Refused\r\ncontent-length: 0\r\n\r\n`);
		tunnel(client, Number(target.split(':').at(-1)), sockets, () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
	});
	return await started(server, 'http', {targets, credentials, sockets});
}

/** A SOCKS5 proxy (RFC 1928, 1929) with or without a password. */
export async function startSocksProxy(password?: string): Promise<TestProxy> {
	const targets: string[] = [];
	const credentials: string[] = [];
	const sockets = new Set<Socket>();
	const server = createTcpServer(client => {
		void serveSocks(client, {password, targets, credentials, sockets}).catch(() => client.destroy());
	});
	return await started(server, 'socks5', {targets, credentials, sockets});
}

type Serving = Readonly<{password: string | undefined; targets: string[]; credentials: string[]; sockets: Set<Socket>}>;

async function serveSocks(client: Socket, {password, targets, credentials, sockets}: Serving): Promise<void> {
	await once(client, 'readable');
	client.read();
	client.write(Buffer.from([5, password === undefined ? 0 : 2]));
	if (password !== undefined) {
		await once(client, 'readable');
		const login: Buffer = client.read();
		const userLength = login[1] ?? 0;
		const given = `${login.subarray(2, 2 + userLength)}:${login.subarray(3 + userLength)}`;
		credentials.push(given);
		const isRight = given.endsWith(`:${password}`);
		client.write(Buffer.from([1, isRight ? 0 : 1]));
		if (!isRight) return void client.end();
	}
	await once(client, 'readable');
	const asked: Buffer = client.read();
	const isName = asked[3] === 3;
	const host = isName ? asked.subarray(5, 5 + (asked[4] ?? 0)).toString() : asked.subarray(4, 8).join('.');
	const port = asked.readUInt16BE(asked.length - 2);
	targets.push(`${host}:${port}`);
	tunnel(client, port, sockets, () => client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0])));
}

function tunnel(client: Socket, port: number, sockets: Set<Socket>, opened: () => void): void {
	const server = connect(port, '127.0.0.1', () => {
		opened();
		client.pipe(server).pipe(client);
	});
	for (const socket of [client, server]) {
		sockets.add(socket);
		socket.on('error', () => client.destroy());
		socket.on('close', () => sockets.delete(socket));
	}
}

async function started(server: Server, scheme: string, kept: Readonly<{targets: string[]; credentials: string[]; sockets: Set<Socket>}>): Promise<TestProxy> {
	server.on('connection', socket => {
		kept.sockets.add(socket);
		socket.on('error', () => undefined);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
	return {
		url: `${scheme}://127.0.0.1:${address.port}`,
		port: address.port,
		targets: kept.targets,
		credentials: kept.credentials,
		async [Symbol.asyncDispose]() {
			for (const socket of kept.sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}
