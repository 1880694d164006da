import {podOf, replicasOf, templateHash} from '../build/workloads.ts';
import {at, type Json, recordAt, recordsAt, textAt} from '../json.ts';
import type {StoredObject} from '../stored-object.ts';
import type {Control} from './control.ts';
import {isReady, podsOwnedBy, writeStatus} from './owned-pods.ts';

const component = 'statefulset-controller';

/** The pod template with the volumes that this pod claims. */
function claiming(statefulSet: StoredObject, podName: string): Json | undefined {
	const template = recordAt(statefulSet, 'spec', 'template');
	const claims = recordsAt(statefulSet, 'spec', 'volumeClaimTemplates').map(claim => textAt(claim, 'metadata', 'name'));
	if (claims.length === 0) return template;
	const volumes = claims.map(name => ({name, persistentVolumeClaim: {claimName: `${name}-${podName}`}}));
	const spec = recordAt(template, 'spec');
	return {...template, spec: {...spec, volumes: [...volumes, ...recordsAt(spec, 'volumes')]}};
}

/** Creates the next pod in order once the one before is ready, and deletes from the end. `createdAt` set: all at once, as of then. */
export function reconcileStatefulSet(control: Control, statefulSet: StoredObject, createdAt?: number): void {
	const {cluster} = control;
	const {namespace, name} = statefulSet.metadata;
	const wanted = replicasOf(statefulSet);
	const revision = `${name}-${templateHash(at(statefulSet, 'spec', 'template'))}`;
	for (let ordinal = 0; ordinal < wanted; ordinal += 1) {
		const podName = `${name}-${ordinal}`;
		const pod = cluster.get('pods', namespace, podName);
		if (pod === undefined) {
			const labels = {'apps.kubernetes.io/pod-index': String(ordinal), 'controller-revision-hash': revision, 'statefulset.kubernetes.io/pod-name': podName};
			const seed = {name: podName, hostname: podName, labels, createdAt: createdAt ?? cluster.now()};
			cluster.create(podOf(statefulSet, claiming(statefulSet, podName), seed));
			control.record(statefulSet, {type: 'Normal', reason: 'SuccessfulCreate', message: `create Pod ${podName} in StatefulSet ${name} successful`, component});
		}
		if (createdAt === undefined && (pod === undefined || !isReady(pod))) break;
	}
	const last = podsOwnedBy(cluster, statefulSet)
		.filter(pod => Number(pod.metadata.name.slice(name.length + 1)) >= wanted)
		.at(-1);
	if (last !== undefined && last.metadata.deletionTimestamp === undefined) cluster.delete('pods', namespace, last.metadata.name);
	const current = cluster.get('statefulsets.apps', namespace, name);
	if (current === undefined) return;
	const pods = podsOwnedBy(cluster, current);
	const ready = pods.filter(isReady).length;
	writeStatus(cluster, current, {
		observedGeneration: current.metadata.generation ?? 1,
		replicas: pods.length,
		...(ready === 0 ? {} : {readyReplicas: ready}),
		currentReplicas: pods.length,
		updatedReplicas: pods.length,
		currentRevision: revision,
		updateRevision: revision,
		collisionCount: 0,
		availableReplicas: ready,
	});
}
