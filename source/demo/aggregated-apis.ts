import type {DemoCluster} from './cluster.ts';
import {recordsAt} from './json.ts';
import {type StoredObject, timestamp} from './stored-object.ts';

const metricsGroup = 'metrics.k8s.io';
const metricsService = `v1beta1.${metricsGroup}`;
const apiServices = 'apiservices.apiregistration.k8s.io';

/** How a group is served: by the API server itself, by another one behind it, not at all, or by one that does not answer. */
export type Aggregation = 'local' | 'served' | 'absent' | 'stale';

/** As the group's APIService says; `settings.staleGroups` makes any group stale. */
export function aggregationOf(cluster: DemoCluster, group: string): Aggregation {
	if (cluster.settings.staleGroups.has(group)) return 'stale';
	if (group !== metricsGroup) return 'local';
	const service = cluster.get(apiServices, undefined, metricsService);
	if (service === undefined) return 'absent';
	return recordsAt(service, 'status', 'conditions').some(({type, status}) => type === 'Available' && status === 'True') ? 'served' : 'stale';
}

function available(at: number, reason: string, message: string): StoredObject['status'] {
	const status = reason === 'Passed' ? 'True' : 'False';
	return {conditions: [{type: 'Available', status, lastTransitionTime: timestamp(at), reason, message}]};
}

/** Registers metrics-server as the one that serves metrics.k8s.io. */
export function addMetricsApi(cluster: DemoCluster, createdAt: number): void {
	cluster.create({
		apiVersion: 'apiregistration.k8s.io/v1',
		kind: 'APIService',
		metadata: {name: metricsService, labels: {'k8s-app': 'metrics-server'}, creationTimestamp: timestamp(createdAt)},
		spec: {
			service: {namespace: 'kube-system', name: 'metrics-server', port: 443},
			group: metricsGroup,
			version: 'v1beta1',
			insecureSkipTLSVerify: true,
			groupPriorityMinimum: 100,
			versionPriority: 100,
		},
		status: available(createdAt, 'Passed', 'all checks passed'),
	});
}

/** From now on metrics-server answers, or does not, for this reason (`FailedDiscoveryCheck`, `MissingEndpoints`), or was never installed. */
export function setMetricsApi(cluster: DemoCluster, state: 'served' | 'absent' | Readonly<{reason: string; message: string}>): void {
	const known = cluster.get(apiServices, undefined, metricsService);
	if (state === 'absent') {
		if (known !== undefined) cluster.delete(apiServices, undefined, metricsService);
		return;
	}
	if (known === undefined) addMetricsApi(cluster, cluster.now());
	const {reason, message} = state === 'served' ? {reason: 'Passed', message: 'all checks passed'} : state;
	cluster.patch(apiServices, undefined, metricsService, {status: available(cluster.now(), reason, message)});
}
