import type {ClusterClient} from '../core/cluster-client.ts';
import type {KubeTransport} from './kube-transport.ts';

/** Container logs as they come: raw bytes of the API server, timestamps always in front of each line. */
export function createLogs(transport: KubeTransport): ClusterClient['logs'] {
	return async function* (question, signal) {
		const {namespace, pod, container, follow, previous, sinceTime, sinceSeconds, tailLines, limitBytes} = question;
		const {body} = await transport.stream(
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
		yield* body;
	};
}
