import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';

/** A TCP relay to one server: what lies between a client and it, for a test to break. Nobody else is on it. */
export type Relay = AsyncDisposable &
	Readonly<{
		port: number;
		/** RST on every connection there is. */
		resetAll(): void;
		/** While true new connections are reset at once, as where nothing listens. */
		refuse(isRefused: boolean): void;
		/** Connections so far. */
		accepted(): number;
	}>;

export async function startRelay(to: Readonly<{host: string; port: number}>): Promise<Relay> {
	const sockets = new Set<Socket>();
	let isRefused = false;
	let accepted = 0;
	const server = createServer(client => {
		if (isRefused) return void client.resetAndDestroy();
		accepted++;
		const upstream = connect(to.port, to.host);
		for (const socket of [client, upstream]) {
			sockets.add(socket);
			socket.on('error', () => undefined);
			socket.on('close', () => {
				sockets.delete(socket);
				client.destroy();
				upstream.destroy();
			});
		}
		client.pipe(upstream).pipe(client);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the relay has no port');
	const resetAll = (): void => {
		for (const socket of [...sockets]) socket.resetAndDestroy();
	};
	return {
		port: address.port,
		resetAll,
		refuse: refused => {
			isRefused = refused;
		},
		accepted: () => accepted,
		async [Symbol.asyncDispose]() {
			resetAll();
			server.close();
			await once(server, 'close');
		},
	};
}
