import {type buildConnector, Pool} from 'undici';
import {proxyLabel} from './proxy.ts';
import {createConnector, proxyAuthorization} from './proxy-connector.ts';
import {createTlsAlerts} from './tls-alerts.ts';
import {type TlsMaterial, tlsDigest} from './tls-files.ts';

export type PoolName = 'short' | 'stream' | 'bulk';

/** The connections of one TLS identity. */
export type Dispatchers = Readonly<{
	/** Same digest: same connections may be used. */
	digest: string;
	pools: Readonly<Record<PoolName, Pool>>;
	/** Goes before each path: the server's own prefix; with a proxy and a plain http server the whole server. */
	prefix: string;
	/** Goes with each request: for a proxy that forwards plain http. */
	headers: Readonly<Record<string, string>>;
	/** What really ended a connection, where undici's error hides it. */
	explain(error: unknown): unknown;
	/** Lets running requests end, then closes. */
	close(): Promise<void>;
	/** Closes at once; running requests fail. */
	destroy(): Promise<void>;
}>;

/** More requests than this at a time wait in our own queue: undici's has no time limit (kube-api.md 1.5). */
export const poolLimits: Readonly<Record<PoolName, number>> = {short: 8, stream: 56, bulk: 2};

const poolOptions = {
	short: {connections: 8, bodyTimeout: 30_000},
	// Some more than the queue lets through: a closing connection is still counted.
	stream: {connections: 64, bodyTimeout: 0},
	bulk: {connections: 2, bodyTimeout: 60_000},
} as const satisfies Record<PoolName, object>;

export function createDispatchers(server: string, tls: TlsMaterial, proxy?: URL): Dispatchers {
	const url = new URL(server);
	const forwards = proxy?.protocol.startsWith('http') === true && url.protocol === 'http:';
	const alerts = createTlsAlerts();
	const connector = forwards ? createConnector({insecure: false}) : createConnector(tls, proxy);
	const connect: buildConnector.connector = (options, callback) =>
		connector(options, (...result) => {
			if (result[0] === null) alerts.watch(result[1]);
			callback(...result);
		});
	const origin = forwards ? proxy.origin : url.origin;
	const open = (name: PoolName) =>
		new Pool(origin, {
			...poolOptions[name],
			connect,
			allowH2: false,
			pipelining: 1,
			keepAliveTimeout: 60_000,
			headersTimeout: 30_000,
			// Many Warning headers are more than Node's 16 KB.
			maxHeaderSize: 65_536,
		});
	const pools = {short: open('short'), stream: open('stream'), bulk: open('bulk')};
	const path = url.pathname === '/' ? '' : url.pathname;
	return {
		digest: `${tlsDigest(tls)} ${proxy === undefined ? '' : proxyLabel(proxy)}`,
		pools,
		prefix: forwards ? `${url.origin}${path}` : path,
		headers: forwards ? {host: url.host, ...proxyAuthorization(proxy)} : {},
		explain: alerts.explain,
		async close() {
			await Promise.all(Object.values(pools).map(pool => pool.close()));
		},
		async destroy() {
			await Promise.all(Object.values(pools).map(pool => pool.destroy()));
		},
	};
}
