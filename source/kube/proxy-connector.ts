import {hostPort} from '../core/host-port.ts';
import type {IncomingMessage} from 'node:http';
import type {Socket} from 'node:net';
import {buildConnector} from 'undici';
import {proxyLabel} from './proxy.ts';
import type {TlsMaterial} from './tls-files.ts';

export const connectTimeoutMs = 10_000;

/** The way through a proxy failed, so nothing is known of the server behind it. `status`: what the proxy answered to CONNECT. */
export class ProxyError extends Error {
	/** Without user and password. */
	readonly proxy: string;
	readonly status: number | undefined;
	constructor(proxy: URL, message: string, options: ErrorOptions & Readonly<{status?: number}> = {}) {
		super(message, options);
		this.name = 'ProxyError';
		this.proxy = proxyLabel(proxy);
		this.status = options.status;
	}
}

/**
 * Opens connections of one TLS identity, through a proxy where one is given; HTTP/1.1 only (kube-api.md 1.5). With a proxy the caller
 * is called back after the TLS handshake with the server, so a TLS failure is told as one.
 */
export function createConnector(tls: TlsMaterial, proxy?: URL): buildConnector.connector {
	const direct = buildConnector({
		allowH2: false,
		timeout: connectTimeoutMs,
		keepAlive: true,
		keepAliveInitialDelay: 30_000,
		autoSelectFamily: true,
		rejectUnauthorized: !tls.insecure,
		...(tls.authority === undefined ? {} : {ca: tls.authority}),
		...(tls.certificate === undefined ? {} : {cert: tls.certificate}),
		...(tls.key === undefined ? {} : {key: tls.key}),
		...(tls.serverName === undefined ? {} : {servername: tls.serverName}),
	});
	if (proxy === undefined) return direct;
	const open = proxy.protocol.startsWith('socks') ? connectThroughSocks : connectThroughHttp;
	return (options, callback) => {
		const port = options.port === '' ? (options.protocol === 'https:' ? 443 : 80) : Number(options.port);
		open(proxy, options.hostname.replace(/^\[|\]$/g, ''), port).then(
			socket => {
				if (options.protocol === 'https:') direct({...options, httpSocket: socket}, callback);
				else callback(null, socket);
			},
			(error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
		);
	};
}

async function connectThroughHttp(proxy: URL, host: string, port: number): Promise<Socket> {
	const {request} = proxy.protocol === 'https:' ? await import('node:https') : await import('node:http');
	const target = hostPort(host, port);
	const asked = request(new URL(proxy.origin), {
		method: 'CONNECT',
		path: target,
		agent: false,
		timeout: connectTimeoutMs,
		headers: {host: target, ...proxyAuthorization(proxy)},
	});
	const {promise, resolve, reject} = Promise.withResolvers<Socket>();
	asked.once('connect', (answer: IncomingMessage, socket: Socket, rest: Buffer) => {
		if (answer.statusCode === 200) {
			if (rest.length > 0) socket.unshift(rest);
			socket.setKeepAlive(true, 30_000);
			return resolve(socket);
		}
		socket.destroy();
		reject(new ProxyError(proxy, `answered CONNECT with ${answer.statusCode} ${answer.statusMessage ?? ''}`.trim(), {status: answer.statusCode ?? 0}));
	});
	// A server that does not know CONNECT answers it like any other request.
	asked.once('response', answer => {
		reject(new ProxyError(proxy, `answered CONNECT with ${answer.statusCode}`, {status: answer.statusCode ?? 0}));
		asked.destroy();
	});
	asked.once('timeout', () => asked.destroy(new Error(`did not answer within ${connectTimeoutMs / 1000} s`)));
	asked.on('error', (error: Error) => reject(error instanceof ProxyError ? error : new ProxyError(proxy, failureText(error), {cause: error})));
	asked.end();
	return await promise;
}

async function connectThroughSocks(proxy: URL, host: string, port: number): Promise<Socket> {
	const {SocksClient} = await import('./socks-library.ts');
	const user = proxy.username === '' ? {} : {userId: decodeURIComponent(proxy.username), password: decodeURIComponent(proxy.password)};
	try {
		const {socket} = await SocksClient.createConnection({
			command: 'connect',
			proxy: {host: proxy.hostname.replace(/^\[|\]$/g, ''), port: proxy.port === '' ? 1080 : Number(proxy.port), type: 5, ...user},
			destination: {host, port},
			timeout: connectTimeoutMs,
		});
		socket.setKeepAlive(true, 30_000);
		return socket;
	} catch (error) {
		throw new ProxyError(proxy, error instanceof Error ? failureText(error) : String(error), {cause: error});
	}
}

/** The proxy's own user and password, from its URL; never the cluster's credentials. */
export function proxyAuthorization(proxy: URL): Readonly<Record<string, string>> {
	if (proxy.username === '') return {};
	const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
	return {'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}`};
}

function failureText(error: Error): string {
	const code = 'code' in error ? String(error.code) : '';
	if (code === 'ECONNREFUSED') return 'refused the connection';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'has a name that could not be resolved';
	return error.message || code;
}
