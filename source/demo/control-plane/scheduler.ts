import {unscheduledStatus} from '../build/pod-status.ts';
import type {DemoCluster} from '../cluster.ts';
import {recordAt, recordsAt, textAt, textsAt} from '../json.ts';
import type {StoredObject} from '../stored-object.ts';
import type {Control} from './control.ts';
import {isActive, writeStatus} from './owned-pods.ts';

const component = 'default-scheduler';

function tolerates(pod: StoredObject, key: string): boolean {
	return recordsAt(pod, 'spec', 'tolerations').some(toleration => {
		const own = textAt(toleration, 'key');
		return own === key || own === '';
	});
}

function fits(pod: StoredObject, node: StoredObject): boolean {
	const labels = node.metadata.labels ?? {};
	if (recordAt(node, 'spec')['unschedulable'] === true) return false;
	if (!Object.entries(textsAt(pod, 'spec', 'nodeSelector')).every(([key, value]) => labels[key] === value)) return false;
	return recordsAt(node, 'spec', 'taints').every(taint => textAt(taint, 'effect') === 'PreferNoSchedule' || tolerates(pod, textAt(taint, 'key')));
}

function podsByNode(cluster: DemoCluster): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const pod of cluster.list('pods')) {
		const node = textAt(pod, 'spec', 'nodeName');
		if (isActive(pod)) counts.set(node, (counts.get(node) ?? 0) + 1);
	}
	return counts;
}

/** Binds a pending pod to the fitting node with the fewest pods, or says why there is none. */
export function schedulePod(control: Control, pod: StoredObject): void {
	const {cluster} = control;
	const counts = podsByNode(cluster);
	const nodes = cluster.list('nodes');
	const fitting = nodes.filter(node => fits(pod, node));
	const [best] = fitting.toSorted((one, other) => (counts.get(one.metadata.name) ?? 0) - (counts.get(other.metadata.name) ?? 0));
	const {namespace = '', name} = pod.metadata;
	if (best === undefined) {
		const message = `0/${nodes.length} nodes are available: ${nodes.length} node(s) didn't match Pod's node affinity/selector. preemption: 0/${nodes.length} nodes are available.`;
		control.record(pod, {type: 'Warning', reason: 'FailedScheduling', message, component});
		writeStatus(cluster, pod, unscheduledStatus(Date.parse(pod.metadata.creationTimestamp), message));
		return;
	}
	cluster.replace({...pod, spec: {...recordAt(pod, 'spec'), nodeName: best.metadata.name}});
	control.record(pod, {type: 'Normal', reason: 'Scheduled', message: `Successfully assigned ${namespace}/${name} to ${best.metadata.name}`, component});
}
