import type {DemoCluster} from '../cluster.ts';
import {at, listAt, numberAt, recordsAt, textAt} from '../json.ts';
import type {StoredObject} from '../stored-object.ts';

export type Protocol = 'TCP' | 'UDP';

/** Whoever sends: a pod in its own network, or in that of its node. */
export type Sender = Readonly<{pod: StoredObject; node: string; address: string; isHostNetwork: boolean}>;

/** The name server outside that the nodes use. */
export const upstreamAddress = '10.0.0.2';

export function senderOf(pod: StoredObject): Sender {
	return {pod, node: textAt(pod, 'spec', 'nodeName'), address: textAt(pod, 'status', 'podIP'), isHostNetwork: at(pod, 'spec', 'hostNetwork') === true};
}

export function isRunning(pod: StoredObject): boolean {
	return textAt(pod, 'status', 'phase') === 'Running' && pod.metadata.deletionTimestamp === undefined;
}

/** The running pod that has an address for itself. */
export function podAt(cluster: DemoCluster, address: string): StoredObject | undefined {
	return cluster.list('pods').find(pod => textAt(pod, 'status', 'podIP') === address && at(pod, 'spec', 'hostNetwork') !== true && isRunning(pod));
}

export function nodeAt(cluster: DemoCluster, address: string): StoredObject | undefined {
	return cluster.list('nodes').find(node => recordsAt(node, 'status', 'addresses').some(entry => textAt(entry, 'address') === address));
}

export function serviceAt(cluster: DemoCluster, address: string): StoredObject | undefined {
	return cluster.list('services').find(service => textAt(service, 'spec', 'clusterIP') === address);
}

export type Endpoint = Readonly<{address: string; port: number}>;

/** Where kube-proxy sends what comes for a port of a Service: its ready endpoints. Undefined for a port that it does not have. */
export function endpointsOf(cluster: DemoCluster, service: StoredObject, port: number, protocol: Protocol): readonly Endpoint[] | undefined {
	const own = recordsAt(service, 'spec', 'ports').find(
		candidate => numberAt(candidate, 'port') === port && (textAt(candidate, 'protocol') || 'TCP') === protocol,
	);
	if (own === undefined) return undefined;
	return slicesOf(cluster, service).flatMap(slice => {
		const target = recordsAt(slice, 'ports').find(candidate => textAt(candidate, 'name') === textAt(own, 'name'));
		if (target === undefined) return [];
		const ready = recordsAt(slice, 'endpoints').filter(endpoint => at(endpoint, 'conditions', 'ready') !== false);
		return ready.map(endpoint => ({address: String(listAt(endpoint, 'addresses')[0]), port: numberAt(target, 'port')}));
	});
}

/** The EndpointSlices of a Service. */
export function slicesOf(cluster: DemoCluster, service: StoredObject): readonly StoredObject[] {
	return cluster
		.list('endpointslices.discovery.k8s.io', service.metadata.namespace)
		.filter(slice => slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name);
}

/** Whether something in a pod listens on a port. */
export function listensOn(pod: StoredObject, port: number, protocol: Protocol): boolean {
	const declared = recordsAt(pod, 'spec', 'containers').flatMap(container => recordsAt(container, 'ports'));
	if (declared.some(entry => numberAt(entry, 'containerPort') === port && (textAt(entry, 'protocol') || 'TCP') === protocol)) return true;
	const probed = recordsAt(pod, 'spec', 'containers').flatMap(container =>
		['livenessProbe', 'readinessProbe'].map(name => numberAt(container, name, 'httpGet', 'port')),
	);
	const isMetricsServer = pod.metadata.labels?.['k8s-app'] === 'metrics-server' && port === 10_250;
	return protocol === 'TCP' && (probed.includes(port) || isMetricsServer);
}
