import type {ClusterView} from '../../check.ts';
import type {KubeObject} from '../../kubernetes.ts';
import type {ProbeCell, ProbeSource} from '../cell.ts';
import type {NetPod} from '../net-objects.ts';
import {denyingSide} from '../policy/dns-denial.ts';
import {evaluatePolicy} from '../policy/evaluate-policy.ts';
import {policyWorld} from '../policy/policy-world.ts';
import {debugLabel, debugLabels} from '../probe/debug-pod.ts';

/**
 * Why policies keep a pod that was made for a probe from an endpoint: it is in another namespace than the client and has other labels.
 * undefined where they do not, or where a pod of the cluster asked.
 */
export function standInDenied(view: ClusterView, failing: readonly ProbeCell[]): string | undefined {
	const pods = view.all<NetPod>('pods');
	const find = (namespace: string | undefined, name: string | undefined) =>
		pods.find(({metadata}) => metadata.namespace === namespace && metadata.name === name);
	const world = policyWorld(view);
	for (const {from, to, protocol} of failing) {
		const target = find(to.namespace, to.pod);
		// It may be listed still.
		const asker = find(from.namespace, from.pod) ?? standIn(from);
		if (!target || asker.metadata.labels?.[debugLabel] === undefined) continue;
		const question = {from: {kind: 'pod', pod: asker}, to: {kind: 'pod', pod: target}, protocol: protocol === 'tcp' ? 'TCP' : 'UDP', port: to.port} as const;
		const answer = evaluatePolicy(world, question);
		if (answer.verdict !== 'deny') continue;
		const names = denyingSide(answer).policies.map(({namespace, name}) => `${namespace ?? ''}/${name}`);
		return `the policies of ${to.namespace ?? ''} admit no pod of ${from.namespace}, where that of the probe was made: probe by exec or by an ephemeral container (${names.join(', ')})`;
	}
	return undefined;
}

/** The pod as it was; it is deleted by now. */
function standIn({namespace, pod, node, podIp}: ProbeSource): KubeObject {
	const object = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {namespace, name: pod, labels: debugLabels('')},
		spec: {nodeName: node, containers: []},
		status: {phase: 'Running', podIP: podIp, podIPs: podIp === '' ? [] : [{ip: podIp}]},
	};
	return object;
}
