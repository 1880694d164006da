import type {DemoCluster} from '../cluster.ts';
import {qualified} from '../status-error.ts';
import type {StoredObject} from '../stored-object.ts';

const dependents = ['pods', 'replicasets.apps', 'jobs.batch', 'endpointslices.discovery.k8s.io', 'controllerrevisions.apps'];

/** Deletes what an object that is gone controlled, and the Endpoints of a Service, which have no owner but its name. */
export function collectGarbage(cluster: DemoCluster, gone: StoredObject): void {
	const {uid, namespace, name} = gone.metadata;
	for (const plural of dependents) {
		for (const object of cluster.list(plural, namespace)) {
			const isOwned = object.metadata.ownerReferences?.some(owner => owner.uid === uid) === true;
			if (isOwned) cluster.delete(plural, object.metadata.namespace, object.metadata.name);
		}
	}
	const endpoints = cluster.kinds.byPlural('endpoints');
	if (gone.kind === 'Service' && cluster.get(qualified(endpoints), namespace, name) !== undefined) cluster.delete('endpoints', namespace, name);
}
