import type {ClusterClient, Discovery} from '../core/cluster-client.ts';

/** The server gets this long to confirm what the cache said; after that the cache has to do. */
const confirmTimeoutMs = 10_000;

/**
 * The kinds of the cluster: from the cache where they are enough, else as the server says them now. Nothing goes on in the
 * background afterwards. Rejects with a ProblemError when neither cache nor server has any.
 */
export async function readDiscovery(
	client: Pick<ClusterClient, 'discover'>,
	isEnough: (discovery: Discovery) => boolean,
	signal: AbortSignal,
): Promise<Discovery> {
	const ending = new AbortController();
	const {promise: confirmed, resolve} = Promise.withResolvers<Discovery>();
	try {
		const first = await client.discover(resolve, AbortSignal.any([signal, ending.signal]));
		if (!first.warming || isEnough(first)) return first;
		const timeout = AbortSignal.timeout(confirmTimeoutMs);
		const over = AbortSignal.any([signal, timeout]);
		if (over.aborted) return first;
		over.addEventListener('abort', () => resolve(first), {once: true});
		return await confirmed;
	} finally {
		ending.abort();
	}
}
