import type {Problem} from '../core/problem.ts';
import {ProblemError} from '../core/problem.ts';
import {ProxyError} from './proxy-connector.ts';
import {tlsProblem} from './tls-problem.ts';

/** What is known of a request that got no (whole) answer. */
export type FailedRequest = Readonly<{
	/** `Could not list pods in shop`. */
	what: string;
	server: string;
	/** The TLS name asked for, where it is not the host. */
	serverName?: string;
	/** The head of the answer had come. */
	answered: boolean;
	elapsedMs: number;
}>;

/**
 * The Problem in whatever a connection failed with: errnos, undici's codes, TLS, a proxy, an abort. The only place that reads these.
 * A ProblemError's own Problem passes as it is.
 */
export function connectionProblem(error: unknown, failed: FailedRequest): Problem {
	if (error instanceof ProblemError) return error.problem;
	const {what} = failed;
	const place = hostAndPort(failed.server);
	if (error instanceof ProxyError) return proxyProblem(error, failed);
	const {code, message} = innermost(error);
	const tls = tlsProblem(error, {...failed, code, place});
	if (tls !== undefined) return tls;
	const seconds = (failed.elapsedMs / 1000).toFixed(failed.elapsedMs < 10_000 ? 1 : 0);
	switch (code) {
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
		case 'EAI_FAIL':
		case 'EAI_NODATA':
			return {
				code: 'dns',
				what,
				cause: `the name ${new URL(failed.server).hostname} could not be resolved (${code})`,
				remedy: "Check the server's name in the kubeconfig, and DNS or VPN of this machine.",
			};
		case 'ECONNREFUSED':
			return {code: 'refused', what, cause: `connection refused by ${place}`, remedy: 'Check that the API server runs and that the address is right.'};
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
		case 'EADDRNOTAVAIL':
		case 'ENETDOWN':
			return {code: 'refused', what, cause: `there is no route to ${place} (${code})`, remedy: 'Check network and VPN of this machine.'};
		case 'UND_ERR_CONNECT_TIMEOUT':
		case 'ETIMEDOUT':
			return {
				code: 'timeout',
				what,
				cause: `no connection to ${place} after ${seconds} s`,
				remedy: 'Check network and VPN of this machine, and the address in the kubeconfig.',
			};
		case 'UND_ERR_HEADERS_TIMEOUT':
			return {code: 'timeout', what, cause: `${place} took the request and did not answer within ${seconds} s`};
		case 'UND_ERR_BODY_TIMEOUT':
			return {code: 'timeout', what, cause: `the answer of ${place} stopped in the middle (${seconds} s)`};
		case 'UND_ERR_HEADERS_OVERFLOW':
			return {code: 'protocol', what, cause: `the answer of ${place} has more than 64 KB of headers`};
		case 'ABORT_ERR':
		case 'UND_ERR_ABORTED':
			return {code: 'cancelled', what, cause: 'it was given up before the answer came'};
		case 'UND_ERR_DESTROYED':
		case 'UND_ERR_CLOSED':
			return {code: 'cancelled', what, cause: 'the connection to the cluster was closed here'};
		default:
			return brokenProblem(code, message, failed);
	}
}

const closedCodes: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);
const gzipCodes: ReadonlySet<string> = new Set(['Z_DATA_ERROR', 'Z_BUF_ERROR']);

function brokenProblem(code: string, message: string, {what, server, answered}: FailedRequest): Problem {
	const place = hostAndPort(server);
	if (closedCodes.has(code)) {
		if (answered) return {code: 'protocol', what, cause: `${place} closed the connection in the middle of the answer`};
		return {
			code: 'refused',
			what,
			cause: `${place} closed the connection without an answer`,
			remedy: 'Check that the API server runs; a load balancer in front of it may have no server left.',
		};
	}
	if (code === 'HTTPParserError' || code.startsWith('HPE_'))
		return {code: 'protocol', what, cause: `what answers at ${place} does not speak HTTP`, remedy: 'Check address and port in the kubeconfig.'};
	if (gzipCodes.has(code)) return {code: 'protocol', what, cause: `the compressed answer of ${place} is damaged`};
	if (code === 'ERR_BUFFER_TOO_LARGE') return {code: 'protocol', what, cause: `the answer of ${place} is larger than 1 GiB`};
	return {code: 'protocol', what, cause: `${message || code || 'unknown failure'} (${place})`};
}

function proxyProblem(error: ProxyError, {what}: FailedRequest): Problem {
	const isAuth = error.status === 407;
	const remedy = isAuth
		? 'Put user and password into the proxy address (http://user:password@host:port).'
		: 'Check proxy-url in the kubeconfig, or HTTPS_PROXY and NO_PROXY in the environment.';
	return {
		code: 'proxy',
		what,
		cause: isAuth ? `the proxy ${error.proxy} wants a user and a password (407)` : `the proxy ${error.proxy} ${error.message}`,
		remedy,
	};
}

/** Whether a read may simply be sent again: the connection went away and no byte of an answer had come. */
export function isReset(error: unknown): boolean {
	const {code} = innermost(error);
	return code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET';
}

export function hostAndPort(server: string): string {
	const {hostname, port, protocol} = new URL(server);
	return `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
}

/** The code that says most: `fetch failed` and AggregateErrors (several addresses tried) wrap it. */
function innermost(error: unknown): Readonly<{code: string; message: string}> {
	if (!(error instanceof Error)) return {code: '', message: String(error)};
	const own = 'code' in error && typeof error.code === 'string' ? error.code : error.name === 'AbortError' || error.name === 'TimeoutError' ? 'ABORT_ERR' : '';
	if (error instanceof AggregateError && error.errors.length > 0 && own !== 'UND_ERR_CONNECT_TIMEOUT') return innermost(error.errors[0]);
	if (own === '' && error.cause !== undefined) return innermost(error.cause);
	return {code: own === '' && error.name === 'HTTPParserError' ? error.name : own, message: error.message};
}
