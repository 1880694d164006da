import {channel} from 'node:diagnostics_channel';
import type {Socket} from 'node:net';

/** The connections of this process to itself, from now on. */
export type Wire = Disposable & Readonly<{/** Whether one end has written what the other has not read yet: a busy kernel takes its time. */ isBusy(): boolean}>;

const channels = ['net.client.socket', 'net.server.socket'] as const;

export function watchWire(): Wire {
	const sockets = new Set<Socket>();
	const note = (message: unknown): void => {
		// What both channels of node tell.
		const {socket} = message as {socket: Socket};
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	};
	for (const name of channels) channel(name).subscribe(note);
	const isBusy = (): boolean => {
		const ends = new Map([...sockets].map(socket => [`${socket.localPort} ${socket.remotePort}`, socket]));
		return [...sockets].some(socket => {
			const other = ends.get(`${socket.remotePort} ${socket.localPort}`);
			return other !== undefined && socket.bytesWritten !== other.bytesRead;
		});
	};
	return {
		isBusy,
		[Symbol.dispose]() {
			for (const name of channels) channel(name).unsubscribe(note);
		},
	};
}
