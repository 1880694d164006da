import {ProblemError} from '../core/problem.ts';
import {readAggregated, type ServedGroupList} from './discovery-aggregated.ts';
import {readLegacy, type ServedVersions} from './discovery-legacy.ts';
import type {DiscoveryRoot, DiscoveryRoots} from './discovery-model.ts';
import type {KubeAnswer, KubeTransport} from './kube-transport.ts';

/** Newest first, then what every server has; in the order of client-go discovery/discovery_client.go (g, v, as). */
const accept = [
	'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
	'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
	'application/json',
].join(',');

/**
 * Reads both roots; one that answers 304 is returned as it was, the same object. A root that fails while the other
 * answers keeps what was known. Throws a ProblemError when nothing could be read.
 */
export async function fetchRoots(transport: KubeTransport, before: DiscoveryRoots | undefined, signal: AbortSignal): Promise<DiscoveryRoots> {
	const [core, groups] = await Promise.all([fetchRoot(transport, '/api', before?.core, signal), fetchRoot(transport, '/apis', before?.groups, signal)]);
	return {core, groups};
}

async function fetchRoot(transport: KubeTransport, path: string, before: DiscoveryRoot | undefined, signal: AbortSignal): Promise<DiscoveryRoot> {
	const headers: Record<string, string> = before?.etag === undefined ? {} : {'If-None-Match': before.etag};
	const answer = await transport.request({path, accept, pool: 'short', allowStatus: [304], headers}, signal);
	if (answer.status === 304 && before !== undefined) return before;
	const served = parse(answer, path);
	// The content type says what it is, never the server's version (kube-api.md 2.1).
	const isAggregated = header(answer, 'content-type').includes('as=APIGroupDiscoveryList');
	const known = before?.types ?? [];
	// The content type was checked: the body has that shape, or lacks fields, which is seen to.
	const found = isAggregated ? readAggregated(served as ServedGroupList, known) : await readLegacy(transport, served as ServedVersions, known, signal);
	const etag = isAggregated ? header(answer, 'etag') : '';
	return {...(etag === '' ? {} : {etag}), ...found};
}

function header(answer: KubeAnswer, name: string): string {
	const value = answer.headers[name];
	return (Array.isArray(value) ? value[0] : value) ?? '';
}

function parse(answer: KubeAnswer, path: string): object {
	try {
		const value: unknown = JSON.parse(answer.body.toString('utf8'));
		if (typeof value === 'object' && value !== null) return value;
	} catch {
		// Told below, like JSON that is no object.
	}
	throw new ProblemError({
		code: 'protocol',
		what: 'Could not read the kinds of the cluster',
		cause: `${path} did not answer as a Kubernetes API server does`,
		remedy: 'Check that the server address in the kubeconfig is that of an API server.',
		serverMessage: answer.body.toString('utf8', 0, 200),
	});
}
