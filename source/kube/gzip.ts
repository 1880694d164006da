import {promisify} from 'node:util';
import {pipeline} from 'node:stream';
import {constants, createGunzip, gunzip} from 'node:zlib';
import {ProblemError} from '../core/problem.ts';
import type {KubeHeaders} from './kube-transport.ts';

/** No answer of an API server is that large; one that inflates to more is an attack or a defect. */
export const longestBody = 1_073_741_824;

const gunzipBuffer = promisify(gunzip);

type Coding = 'gzip' | 'identity';

/** How the body is encoded, whatever was asked for. Throws a protocol ProblemError for a coding that nobody asked for. */
export function codingOf(headers: KubeHeaders, what: string): Coding {
	const coding = String(headers['content-encoding'] ?? 'identity').toLowerCase();
	if (coding === 'gzip' || coding === 'x-gzip') return 'gzip';
	if (coding === 'identity' || coding === '') return 'identity';
	throw new ProblemError({code: 'protocol', what, cause: `the answer is encoded as ${coding.slice(0, 40)}, which nobody asked for`});
}

/** Inflates a whole body off the main thread; rejects with zlib's error when it is damaged or larger than 1 GiB. */
export async function inflate(body: Buffer): Promise<Buffer> {
	return body.length === 0 ? body : await gunzipBuffer(body, {maxOutputLength: longestBody});
}

/** Inflates a stream as it comes: servers flush each event of a compressed watch as a gzip member of its own (kube-api.md 1.7). */
export async function* inflateStream(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	const output = createGunzip({flush: constants.Z_SYNC_FLUSH});
	// Its callback would only repeat what iterating the output throws.
	pipeline(body, output, () => undefined);
	try {
		for await (const piece of output) yield piece;
	} finally {
		output.destroy();
	}
}
