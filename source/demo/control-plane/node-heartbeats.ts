import type {DemoCluster} from '../cluster.ts';
import {recordAt, recordsAt} from '../json.ts';
import {microTimestamp, timestamp} from '../stored-object.ts';

/** Renews the leases of all nodes: the kubelets' sign of life, every ten seconds. */
export function renewLeases(cluster: DemoCluster): void {
	for (const node of cluster.list('nodes')) {
		const lease = cluster.get('leases.coordination.k8s.io', 'kube-node-lease', node.metadata.name);
		if (lease !== undefined) cluster.replace({...lease, spec: {...recordAt(lease, 'spec'), renewTime: microTimestamp(cluster.now())}});
	}
}

/** Renews the heartbeat times of all conditions of all nodes: every five minutes when nothing else changes. */
export function reportNodes(cluster: DemoCluster): void {
	for (const node of cluster.list('nodes')) {
		const conditions = recordsAt(node, 'status', 'conditions').map(condition => ({...condition, lastHeartbeatTime: timestamp(cluster.now())}));
		cluster.replace({...node, status: {...recordAt(node, 'status'), conditions}});
	}
}
