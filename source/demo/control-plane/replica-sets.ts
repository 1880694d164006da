import {podOf, replicasOf} from '../build/workloads.ts';
import type {StoredObject} from '../stored-object.ts';
import type {Control} from './control.ts';
import {isActive, isReady, podsOwnedBy, writeStatus} from './owned-pods.ts';

const component = 'replicaset-controller';

/** Creates the missing pods of a ReplicaSet and deletes those it has too many of. `createdAt`: the new pods' creation time. */
export function reconcileReplicaSet(control: Control, replicaSet: StoredObject, createdAt: number): void {
	const {cluster} = control;
	const {namespace, name} = replicaSet.metadata;
	const pods = podsOwnedBy(cluster, replicaSet);
	const active = pods.filter(isActive);
	const wanted = replicasOf(replicaSet);
	for (let missing = wanted - active.length; missing > 0; missing -= 1) {
		const pod = cluster.create(podOf(replicaSet, templateOf(replicaSet), {name: `${name}-${cluster.random.suffix(5)}`, createdAt}));
		active.push(pod);
		control.record(replicaSet, {type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}`, component});
	}
	// Those that do not work go first, then the youngest, as the controller ranks them.
	const surplus = active.toSorted((one, other) => Number(isReady(one)) - Number(isReady(other))).slice(0, Math.max(0, active.length - wanted));
	for (const pod of surplus) {
		cluster.delete('pods', namespace, pod.metadata.name);
		control.record(replicaSet, {type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}`, component});
	}
	const current = cluster.get('replicasets.apps', namespace, name);
	if (current === undefined) return;
	const remaining = podsOwnedBy(cluster, current).filter(isActive);
	const ready = remaining.filter(isReady).length;
	const counts = ready === 0 ? {} : {readyReplicas: ready, availableReplicas: ready};
	writeStatus(cluster, current, {replicas: remaining.length, fullyLabeledReplicas: remaining.length, ...counts, observedGeneration: 1});
}

function templateOf(replicaSet: StoredObject): Parameters<typeof podOf>[1] {
	const spec = replicaSet['spec'];
	return typeof spec === 'object' && spec !== null && 'template' in spec ? spec['template'] : undefined;
}
