import type {DemoCluster} from '../cluster.ts';
import {recordsAt, textAt} from '../json.ts';
import {controllerOf, type StoredObject} from '../stored-object.ts';

/** The pods that an object controls, in the order of their names. */
export function podsOwnedBy(cluster: DemoCluster, owner: StoredObject): readonly StoredObject[] {
	return cluster.list('pods', owner.metadata.namespace).filter(pod => controllerOf(pod)?.uid === owner.metadata.uid);
}

export function phaseOf(pod: StoredObject): string {
	return textAt(pod, 'status', 'phase');
}

/** Whether a pod still counts as one of its workload: not ended, not ending. */
export function isActive(pod: StoredObject): boolean {
	const phase = phaseOf(pod);
	return pod.metadata.deletionTimestamp === undefined && phase !== 'Succeeded' && phase !== 'Failed';
}

export function isReady(pod: StoredObject): boolean {
	return recordsAt(pod, 'status', 'conditions').some(condition => condition['type'] === 'Ready' && condition['status'] === 'True');
}

/** Writes a status when it differs from what is stored. */
export function writeStatus(cluster: DemoCluster, object: StoredObject, status: NonNullable<StoredObject['status']>): void {
	if (JSON.stringify(object['status']) !== JSON.stringify(status)) cluster.replace({...object, status});
}
