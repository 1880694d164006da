import type {Dispatcher} from 'undici';
import {type ByteStream, createByteStream} from './byte-stream.ts';
import {bindAbort, dispatch, noteHead, type WireRequest} from './exchange.ts';
import type {KubeHeaders} from './kube-transport.ts';

export type OpenStream = Readonly<{status: number; headers: KubeHeaders; body: ByteStream}>;

/**
 * Sends a request and resolves with the head of its answer; the body follows, not decoded and without any time limit. Destroying the
 * body, ending its iteration early or aborting the signal closes the connection. `closed` is called once, with the failure where there is one.
 */
export function openStream(
	request: WireRequest,
	{closed, gather}: Readonly<{closed(error?: unknown): void; gather?: () => Promise<void>}>,
	signal: AbortSignal,
): Promise<OpenStream> {
	return new Promise((resolve, reject) => {
		let running: Dispatcher.DispatchController | undefined;
		const body = createByteStream({
			pause: () => running?.pause(),
			resume: () => running?.resume(),
			...(gather === undefined ? {} : {gather}),
			cancel: () => running?.abort(Object.assign(new Error('no longer wanted'), {code: 'ABORT_ERR'})),
		});
		let isClosed = false;
		const close = (error?: unknown) => {
			if (isClosed) return;
			isClosed = true;
			stop[Symbol.dispose]();
			closed(error);
		};
		const stop = bindAbort(signal, reason => {
			body.fail(reason);
			reject(reason);
			close(reason);
		});
		dispatch(request, {
			onRequestStart(controller) {
				running = controller;
				stop.start(controller);
			},
			onResponseStart(_controller, status, headers) {
				if (status < 200) return;
				noteHead(request, status, headers);
				resolve({status, headers, body});
			},
			onResponseData(_controller, piece) {
				request.call.bytes(piece.length);
				body.push(piece);
			},
			onResponseEnd() {
				body.end();
				close();
			},
			onResponseError(_controller, raw) {
				const error = request.dispatchers.explain(raw);
				body.fail(error);
				reject(error);
				close(error);
			},
		});
	});
}
