import type {Socket} from 'node:net';

const kept = 16;

/** Remembers what ended a TLS connection after its handshake. */
export type TlsAlerts = Readonly<{
	watch(socket: Socket): void;
	/** The alert behind undici's `other side closed`, else the error itself. */
	explain(error: unknown): unknown;
}>;

/**
 * With TLS 1.3 a server rejects a client certificate after our side of the handshake is done, by an alert and a close. undici reports
 * only the close (client-h1.js `onHttpSocketEnd` replaces the error), with the local port of the connection: that is the key here.
 */
export function createTlsAlerts(): TlsAlerts {
	const alerts = new Map<number, Error>();
	return {
		watch(socket) {
			const port = socket.localPort;
			socket.once('error', error => {
				if (port === undefined || !('code' in error) || !String(error.code).includes('ALERT')) return;
				alerts.set(port, error);
				const [oldest] = alerts.keys();
				if (alerts.size > kept && oldest !== undefined) alerts.delete(oldest);
			});
		},
		explain(error) {
			const port = portOf(error);
			return (port === undefined ? undefined : alerts.get(port)) ?? error;
		},
	};
}

function portOf(error: unknown): number | undefined {
	if (!(error instanceof Error) || !('code' in error) || error.code !== 'UND_ERR_SOCKET' || !('socket' in error)) return undefined;
	const {socket} = error;
	return typeof socket === 'object' && socket !== null && 'localPort' in socket && typeof socket.localPort === 'number' ? socket.localPort : undefined;
}
