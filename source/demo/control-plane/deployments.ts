import {managedEntry} from '../build/managed-fields.ts';
import {replicasOf, templateHash} from '../build/workloads.ts';
import type {DemoCluster} from '../cluster.ts';
import {at, type JsonObject, numberAt, recordAt, textsAt} from '../json.ts';
import {controllerOf, ownedBy, type StoredObject, timestamp} from '../stored-object.ts';
import type {Control} from './control.ts';
import {writeStatus} from './owned-pods.ts';

const component = 'deployment-controller';
const hashLabel = 'pod-template-hash';

/** The ReplicaSets of a Deployment, old ones too. */
export function replicaSetsOf(cluster: DemoCluster, deployment: StoredObject): readonly StoredObject[] {
	return cluster.list('replicasets.apps', deployment.metadata.namespace).filter(candidate => controllerOf(candidate)?.uid === deployment.metadata.uid);
}

function createReplicaSet(control: Control, deployment: StoredObject, createdAt: number, hash: string): StoredObject {
	const {namespace, name, labels = {}, annotations = {}} = deployment.metadata;
	const template = recordAt(deployment, 'spec', 'template');
	const podLabels = {...textsAt(template, 'metadata', 'labels'), [hashLabel]: hash};
	const own = {...labels, [hashLabel]: hash};
	const spec: JsonObject = {
		replicas: 0,
		selector: {matchLabels: {...textsAt(deployment, 'spec', 'selector', 'matchLabels'), [hashLabel]: hash}},
		template: {...template, metadata: {...recordAt(template, 'metadata'), labels: podLabels}},
	};
	return control.cluster.create({
		apiVersion: 'apps/v1',
		kind: 'ReplicaSet',
		metadata: {
			name: `${name}-${hash}`,
			...(namespace === undefined ? {} : {namespace}),
			creationTimestamp: timestamp(createdAt),
			labels: own,
			annotations: {...annotations, 'deployment.kubernetes.io/desired-replicas': String(replicasOf(deployment))},
			ownerReferences: [ownedBy(deployment)],
			managedFields: [managedEntry('kube-controller-manager', 'apps/v1', {metadata: {labels: own}, spec}, {at: createdAt})],
		},
		spec,
		status: {replicas: 0},
	});
}

function scale(control: Control, deployment: StoredObject, replicaSet: StoredObject, replicas: number): void {
	const before = replicasOf(replicaSet);
	if (before === replicas) return;
	control.cluster.replace({...replicaSet, spec: {...recordAt(replicaSet, 'spec'), replicas}});
	const verb = replicas > before ? 'up' : 'down';
	const message = `Scaled ${verb} replica set ${replicaSet.metadata.name} from ${before} to ${replicas}`;
	control.record(deployment, {type: 'Normal', reason: 'ScalingReplicaSet', message, component});
}

/** Rolls one pod at a time: a new one first, an old one when the new ones are ready. */
function roll(control: Control, deployment: StoredObject, current: StoredObject, old: readonly StoredObject[]): void {
	const wanted = replicasOf(deployment);
	const olds = old.reduce((sum, replicaSet) => sum + replicasOf(replicaSet), 0);
	if (olds === 0) {
		scale(control, deployment, current, wanted);
		return;
	}
	const ready = numberAt(current, 'status', 'readyReplicas');
	const surplus = ready + olds - wanted;
	const target = old.find(replicaSet => replicasOf(replicaSet) > 0);
	if (surplus > 0 && target !== undefined) scale(control, deployment, target, Math.max(0, replicasOf(target) - surplus));
	if (replicasOf(current) < wanted && ready === replicasOf(current)) scale(control, deployment, current, replicasOf(current) + 1);
}

function conditions(deployment: StoredObject, current: StoredObject, available: number, changedAt: number): readonly JsonObject[] {
	const wanted = replicasOf(deployment);
	const isAvailable = available >= Math.ceil(wanted * 0.75);
	const before = at(deployment, 'status', 'conditions');
	const old = Array.isArray(before) ? before : [];
	const make = (type: string, holds: boolean, reason: string, message: string): JsonObject => {
		const same = old.find(condition => recordAt(condition)['type'] === type && recordAt(condition)['status'] === (holds ? 'True' : 'False'));
		const since = same === undefined ? timestamp(changedAt) : recordAt(same)['lastTransitionTime'];
		return {type, status: holds ? 'True' : 'False', lastUpdateTime: since, lastTransitionTime: since, reason, message};
	};
	return [
		make(
			'Available',
			isAvailable,
			isAvailable ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
			`Deployment ${isAvailable ? 'has' : 'does not have'} minimum availability.`,
		),
		make('Progressing', true, 'NewReplicaSetAvailable', `ReplicaSet "${current.metadata.name}" has successfully progressed.`),
	];
}

/** Milliseconds since the epoch: when a new ReplicaSet is created, and when a condition that changes did so. */
export type DeploymentTimes = Readonly<{createdAt: number; changedAt: number}>;

/** Brings a Deployment's ReplicaSets to its template and count. */
export function reconcileDeployment(control: Control, deployment: StoredObject, {createdAt, changedAt}: DeploymentTimes): void {
	const {cluster} = control;
	const hash = templateHash(at(deployment, 'spec', 'template'));
	const known = replicaSetsOf(cluster, deployment);
	const current = known.find(replicaSet => replicaSet.metadata.labels?.[hashLabel] === hash) ?? createReplicaSet(control, deployment, createdAt, hash);
	const old = known.filter(replicaSet => replicaSet.metadata.uid !== current.metadata.uid);
	roll(control, deployment, current, old);
	const all = replicaSetsOf(cluster, deployment);
	const sum = (field: string): number => all.reduce((total, replicaSet) => total + numberAt(replicaSet, 'status', field), 0);
	const updated = cluster.get('replicasets.apps', deployment.metadata.namespace, current.metadata.name) ?? current;
	const ready = sum('readyReplicas');
	const missing = Math.max(0, replicasOf(deployment) - ready);
	writeStatus(cluster, deployment, {
		observedGeneration: deployment.metadata.generation ?? 1,
		replicas: sum('replicas'),
		updatedReplicas: numberAt(updated, 'status', 'replicas'),
		...(ready === 0 ? {} : {readyReplicas: ready, availableReplicas: ready}),
		...(missing === 0 ? {} : {unavailableReplicas: missing}),
		conditions: conditions(deployment, updated, ready, changedAt),
	});
}
