import {podOf, templateHash} from '../build/workloads.ts';
import {at, textAt, textsAt} from '../json.ts';
import type {StoredObject} from '../stored-object.ts';
import type {Control} from './control.ts';
import {isActive, isReady, podsOwnedBy, writeStatus} from './owned-pods.ts';

function isEligible(node: StoredObject, daemonSet: StoredObject): boolean {
	const labels = node.metadata.labels ?? {};
	return Object.entries(textsAt(daemonSet, 'spec', 'template', 'spec', 'nodeSelector')).every(([key, value]) => labels[key] === value);
}

/** One pod on each node that the selector allows. `createdAt`: the new pods' creation time. */
export function reconcileDaemonSet(control: Control, daemonSet: StoredObject, createdAt: number): void {
	const {cluster} = control;
	const {namespace, name} = daemonSet.metadata;
	const nodes = cluster.list('nodes').filter(node => isEligible(node, daemonSet));
	const pods = podsOwnedBy(cluster, daemonSet);
	const revision = templateHash(at(daemonSet, 'spec', 'template'));
	for (const node of nodes) {
		if (pods.some(pod => isActive(pod) && textAt(pod, 'spec', 'nodeName') === node.metadata.name)) continue;
		const labels = {'controller-revision-hash': revision, 'pod-template-generation': '1'};
		const seed = {name: `${name}-${cluster.random.suffix(5)}`, createdAt, labels, node: node.metadata.name};
		const pod = cluster.create(podOf(daemonSet, at(daemonSet, 'spec', 'template'), seed));
		const message = `Created pod: ${pod.metadata.name}`;
		control.record(daemonSet, {type: 'Normal', reason: 'SuccessfulCreate', message, component: 'daemonset-controller'});
	}
	const current = cluster.get('daemonsets.apps', namespace, name);
	if (current === undefined) return;
	const running = podsOwnedBy(cluster, current).filter(isActive);
	const ready = running.filter(isReady).length;
	writeStatus(cluster, current, {
		currentNumberScheduled: running.length,
		numberMisscheduled: 0,
		desiredNumberScheduled: nodes.length,
		numberReady: ready,
		observedGeneration: current.metadata.generation ?? 1,
		updatedNumberScheduled: running.length,
		...(ready === 0 ? {} : {numberAvailable: ready}),
		...(ready === nodes.length ? {} : {numberUnavailable: nodes.length - ready}),
	});
}
