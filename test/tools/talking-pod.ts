import type {ConformanceCluster} from './conformance-cluster.ts';

/** A container that runs, has a log and a shell. */
export type TalkingPod = Readonly<{namespace: string; name: string; container: string; restarts: number}>;

type Pod = Readonly<{
	metadata: Readonly<{namespace: string; name: string; deletionTimestamp?: string}>;
	spec: Readonly<{containers: ReadonlyArray<Readonly<{name: string}>>}>;
	status: Readonly<{phase: string; containerStatuses?: ReadonlyArray<Readonly<{restartCount: number; state: Readonly<{running?: object}>}>>}>;
}>;

type Node = Readonly<{status: Readonly<{conditions?: ReadonlyArray<Readonly<{type: string; status: string}>>}>}>;

async function itemsOf<T>(cluster: ConformanceCluster, path: string): Promise<readonly T[]> {
	// A list of the API: what its items have is the caller's to know.
	const {items} = (await cluster.raw.call('GET', path)).json as {items: T[]};
	return items;
}

/**
 * A pod with one container, in a namespace of applications, that has said something: `demo/shell` of the lab, `shop/payments` of the demo server.
 * A text says why there is none: no kubelet runs.
 */
export async function talkingPod(cluster: ConformanceCluster): Promise<TalkingPod | string> {
	const nodes = await itemsOf<Node>(cluster, '/api/v1/nodes');
	const isReady = nodes.some(({status}) => status.conditions?.some(({type, status: state}) => type === 'Ready' && state === 'True'));
	if (!isReady) return 'no node is Ready: nothing runs in this cluster';
	const pods = await itemsOf<Pod>(cluster, '/api/v1/pods?fieldSelector=status.phase%3DRunning');
	const fitting = pods.filter(({metadata, spec, status}) => {
		const isOfApplications = /^(?:demo|shop)$/u.test(metadata.namespace) && /^(?:shell|payments)-/u.test(metadata.name);
		return (
			isOfApplications && spec.containers.length === 1 && metadata.deletionTimestamp === undefined && status.containerStatuses?.[0]?.state.running !== undefined
		);
	});
	for (const {metadata, spec, status} of fitting) {
		const [container] = spec.containers;
		const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/log?tailLines=3`;
		const said = await cluster.raw.call('GET', path).then(
			({bytes}) => bytes > 0,
			// Not JSON: that is a log.
			(error: unknown) => error instanceof SyntaxError,
		);
		if (said && container !== undefined)
			return {namespace: metadata.namespace, name: metadata.name, container: container.name, restarts: status.containerStatuses?.[0]?.restartCount ?? 0};
	}
	return 'no pod demo/shell or shop/payments runs here';
}
