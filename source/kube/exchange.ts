import type {Dispatcher} from 'undici';
import type {CallEntry} from './calls.ts';
import type {Dispatchers, PoolName} from './dispatchers.ts';
import {longestBody} from './gzip.ts';
import type {KubeAnswer, KubeHeaders} from './kube-transport.ts';

/** One request as it goes to the wire. */
export type WireRequest = Readonly<{
	dispatchers: Dispatchers;
	pool: PoolName;
	method: string;
	/** With the query, without the server's own prefix. */
	path: string;
	headers: Readonly<Record<string, string | string[]>>;
	body?: string;
	call: CallEntry;
	/** Told when the head has come: from then on a failure is one in the middle of an answer. */
	headed: (headers: KubeHeaders) => void;
}>;

/** Sends a request and collects the whole answer, not decoded. Rejects with undici's error, or with the signal's reason at once. */
export function exchange(request: WireRequest, signal: AbortSignal): Promise<KubeAnswer> {
	return new Promise((resolve, reject) => {
		const pieces: Buffer[] = [];
		let length = 0;
		let status = 0;
		let headers: KubeHeaders = {};
		const stop = bindAbort(signal, reject);
		dispatch(request, {
			onRequestStart: controller => stop.start(controller),
			onResponseStart(_controller, statusCode, received) {
				if (statusCode < 200) return;
				status = statusCode;
				headers = received;
				noteHead(request, status, headers);
			},
			onResponseData(controller, piece) {
				length += piece.length;
				request.call.bytes(piece.length);
				if (length > longestBody) return controller.abort(Object.assign(new Error('body too large'), {code: 'ERR_BUFFER_TOO_LARGE'}));
				pieces.push(piece);
			},
			onResponseEnd() {
				stop[Symbol.dispose]();
				resolve({status, headers, body: pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces, length)});
			},
			onResponseError(_controller, error) {
				stop[Symbol.dispose]();
				reject(request.dispatchers.explain(error));
			},
		});
	});
}

export function noteHead({call, headed}: WireRequest, status: number, headers: KubeHeaders): void {
	const auditId = headers['audit-id'];
	call.head(status, typeof auditId === 'string' ? auditId : undefined);
	headed(headers);
}

export function dispatch({dispatchers, pool, method, path, headers, body}: WireRequest, handler: Dispatcher.DispatchHandler): void {
	dispatchers.pools[pool].dispatch(
		{
			path: dispatchers.prefix + path,
			method,
			headers: {...headers, ...dispatchers.headers},
			...(body === undefined ? {} : {body}),
		},
		handler,
	);
}

/** Ties a signal to a request: `rejected` at once, and the request ended as soon as it has a connection. */
export function bindAbort(
	signal: AbortSignal,
	rejected: (reason: unknown) => void,
): Disposable & Readonly<{start(controller: Dispatcher.DispatchController): void}> {
	let running: Dispatcher.DispatchController | undefined;
	const abort = () => {
		rejected(signal.reason);
		running?.abort(abortError());
	};
	signal.addEventListener('abort', abort, {once: true});
	return {
		start(controller) {
			running = controller;
			if (signal.aborted) controller.abort(abortError());
		},
		[Symbol.dispose]: () => signal.removeEventListener('abort', abort),
	};
}

function abortError(): Error {
	return Object.assign(new Error('given up'), {code: 'ABORT_ERR'});
}
