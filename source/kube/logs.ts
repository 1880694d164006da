import type {ClusterClient} from '../core/cluster-client.ts';
import type {KubeStreamRequest, KubeTransport} from './kube-transport.ts';
import {createSlices, type Slices} from './slices.ts';

/** Container logs as they come: raw bytes of the API server, timestamps always in front of each line. */
export function createLogs(transport: KubeTransport): ClusterClient['logs'] {
	const slices = createSlices();
	return ({namespace, pod, container, follow, previous, sinceTime, sinceSeconds, tailLines, limitBytes}, signal) =>
		pieces(
			{transport, slices},
			{
				path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`,
				query: {
					container,
					timestamps: 'true',
					follow: follow ? 'true' : undefined,
					previous: previous ? 'true' : undefined,
					sinceTime,
					sinceSeconds: sinceSeconds?.toString(),
					tailLines: tailLines?.toString(),
					limitBytes: limitBytes?.toString(),
				},
				accept: '*/*',
			},
			signal,
		);
}

/** A component's log as its node answers it: a journal or a file. What it cannot give, it says in the text of a good answer. */
export function createNodeLog(transport: KubeTransport): ClusterClient['nodeLog'] {
	const slices = createSlices();
	return ({node, service, sinceTime, tailLines}, signal) =>
		pieces(
			{transport, slices},
			{
				path: `/api/v1/nodes/${encodeURIComponent(node)}/proxy/logs/`,
				query: {query: service, sinceTime, tailLines: tailLines?.toString()},
				accept: '*/*',
			},
			signal,
		);
}

/** Whoever reads works between two pieces; a log that comes faster than it is read must leave keys and timers their turn. */
async function* pieces(
	{transport, slices}: Readonly<{transport: KubeTransport; slices: Slices}>,
	request: KubeStreamRequest,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
	const {body} = await transport.stream(request, signal);
	yield new Uint8Array();
	for await (const piece of body) {
		slices.begin();
		yield piece;
		if (slices.full()) await slices.yield();
		else slices.rest();
	}
}
