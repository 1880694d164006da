import type {Clock} from '../core/clock.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import type {ProbeConnection} from '../core/probe-connection.ts';
import {ProblemError} from '../core/problem.ts';
import {execInPod} from './exec.ts';
import {jsonOf} from './json-answer.ts';
import {debugLabel} from './policy.ts';
import type {Transport} from './transport.ts';

const json = 'application/json';

/**
 * What the probe engine may send. Each call vouches for itself at the one policy of the transport, which refuses all of them at the level
 * `read`; everything rejects with a ProblemError.
 */
export function createProbes({transport, clock}: Readonly<{transport: Transport; clock: Clock}>): ProbeConnection {
	const createdUids = new Set<string>();
	return {
		exec: (question, signal) => execInPod({transport, clock}, question, signal),
		async createPod(pod, signal) {
			const {namespace = 'default', labels} = pod.metadata;
			const what = `Could not create a pod in ${namespace}`;
			if (labels?.[debugLabel] === undefined) throw new ProblemError({code: 'bug', what, cause: `it has no label ${debugLabel}`});
			const answer = await transport.request({method: 'POST', path: podsPath(namespace), body: pod, accept: json, what}, signal);
			const created = objectShape(jsonOf(answer, what));
			if (created.metadata.uid !== undefined) createdUids.add(created.metadata.uid);
			return created;
		},
		async deletePod(pod, signal) {
			const {namespace = 'default', name, uid} = pod.metadata;
			const what = `Could not delete the pod ${namespace}/${name}`;
			const body = {apiVersion: 'v1', kind: 'DeleteOptions', preconditions: {uid}};
			const path = `${podsPath(namespace)}/${encodeURIComponent(name)}`;
			// 404: it is gone already, which is what was wanted.
			await transport.request({method: 'DELETE', path, body, accept: json, what, probe: {createdUids}, allowStatus: [404]}, signal);
		},
		async addEphemeralContainer({namespace, pod}, container, signal) {
			const what = `Could not add an ephemeral container to ${namespace}/${pod}`;
			const answer = await transport.request(
				{
					method: 'PATCH',
					path: `${podsPath(namespace)}/${encodeURIComponent(pod)}/ephemeralcontainers`,
					body: {spec: {ephemeralContainers: [container]}},
					accept: json,
					headers: {'content-type': 'application/strategic-merge-patch+json'},
					what,
				},
				signal,
			);
			return objectShape(jsonOf(answer, what));
		},
		async blackbox({namespace, service, port}, query, signal) {
			const answer = await transport.request(
				{
					path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/services/${encodeURIComponent(`${service}:${port}`)}/proxy/probe`,
					query,
					accept: 'text/plain, */*',
					what: `Could not ask the blackbox exporter ${namespace}/${service}`,
				},
				signal,
			);
			return answer.body.toString('utf8');
		},
	};
}

function podsPath(namespace: string): string {
	return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
}

// Bytes get their type here: the answer to a write is the object as the server made it.
const objectShape = (value: unknown): KubeObject => value as KubeObject;
