import type {DemoCluster} from '../cluster.ts';
import {at, isEqual, type JsonObject, listAt, numberAt, recordsAt, textAt, textsAt} from '../json.ts';
import {controllerOf, ownedBy, type StoredObject, timestamp} from '../stored-object.ts';
import {isActive, isReady} from './owned-pods.ts';

function endpointOf(cluster: DemoCluster, pod: StoredObject): JsonObject {
	const nodeName = textAt(pod, 'spec', 'nodeName');
	const zone = cluster.get('nodes', undefined, nodeName)?.metadata.labels?.['topology.kubernetes.io/zone'];
	const ready = isReady(pod) && isActive(pod);
	return {
		addresses: [textAt(pod, 'status', 'podIP')],
		conditions: {ready, serving: isReady(pod), terminating: pod.metadata.deletionTimestamp !== undefined},
		targetRef: {kind: 'Pod', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name, uid: pod.metadata.uid},
		nodeName,
		...(zone === undefined ? {} : {zone}),
	};
}

function portsOf(service: StoredObject, pods: readonly StoredObject[]): readonly JsonObject[] {
	const containerPorts = recordsAt(pods[0], 'spec', 'containers').flatMap(container => recordsAt(container, 'ports'));
	return recordsAt(service, 'spec', 'ports').map(port => {
		const {targetPort} = port;
		const named = containerPorts.find(({name}) => name === targetPort);
		const number = typeof targetPort === 'number' ? targetPort : named === undefined ? numberAt(port, 'port') : numberAt(named, 'containerPort');
		return {name: textAt(port, 'name'), protocol: textAt(port, 'protocol') || 'TCP', port: number};
	});
}

/** The pods that a Service's selector finds and that have an address. */
export function podsBehind(cluster: DemoCluster, service: StoredObject): readonly StoredObject[] {
	const selector = Object.entries(textsAt(service, 'spec', 'selector'));
	if (selector.length === 0) return [];
	return cluster
		.list('pods', service.metadata.namespace)
		.filter(pod => textAt(pod, 'status', 'podIP') !== '' && textAt(pod, 'status', 'phase') === 'Running')
		.filter(pod => selector.every(([key, value]) => pod.metadata.labels?.[key] === value));
}

function writeEndpoints(cluster: DemoCluster, service: StoredObject, endpoints: readonly JsonObject[], ports: readonly JsonObject[]): void {
	const {namespace, name} = service.metadata;
	const addresses = endpoints
		.filter(endpoint => at(endpoint, 'conditions', 'ready') === true)
		.map(endpoint => ({ip: String(listAt(endpoint, 'addresses')[0]), nodeName: textAt(endpoint, 'nodeName'), targetRef: endpoint['targetRef']}));
	const subsets = addresses.length === 0 ? {} : {subsets: [{addresses, ports}]};
	const known = cluster.get('endpoints', namespace, name);
	const labels = {'endpoints.kubernetes.io/managed-by': 'endpoint-controller'};
	const metadata = {name, ...(namespace === undefined ? {} : {namespace}), labels, creationTimestamp: service.metadata.creationTimestamp};
	if (known === undefined) cluster.create({apiVersion: 'v1', kind: 'Endpoints', metadata, ...subsets});
	else if (!isEqual(known['subsets'], subsets.subsets)) cluster.replace({apiVersion: 'v1', kind: 'Endpoints', metadata: known.metadata, ...subsets});
}

/** Writes the EndpointSlice and the Endpoints of a Service with a selector. */
export function reconcileEndpoints(cluster: DemoCluster, service: StoredObject): void {
	if (Object.keys(textsAt(service, 'spec', 'selector')).length === 0) return;
	const {namespace, name} = service.metadata;
	const pods = podsBehind(cluster, service);
	const endpoints = pods.map(pod => endpointOf(cluster, pod));
	const ports = portsOf(service, pods);
	const known = cluster.list('endpointslices.discovery.k8s.io', namespace).find(slice => controllerOf(slice)?.uid === service.metadata.uid);
	if (known !== undefined && isEqual(known['endpoints'], endpoints) && isEqual(known['ports'], ports)) return;
	const annotations = {'endpoints.kubernetes.io/last-change-trigger-time': timestamp(cluster.now())};
	const content = {addressType: 'IPv4', endpoints, ports};
	if (known !== undefined) cluster.replace({...known, ...content, metadata: {...known.metadata, annotations}});
	else {
		cluster.create({
			apiVersion: 'discovery.k8s.io/v1',
			kind: 'EndpointSlice',
			metadata: {
				name: `${name}-${cluster.random.suffix(5)}`,
				generateName: `${name}-`,
				...(namespace === undefined ? {} : {namespace}),
				creationTimestamp: service.metadata.creationTimestamp,
				labels: {'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io', 'kubernetes.io/service-name': name},
				annotations,
				ownerReferences: [ownedBy(service)],
			},
			...content,
		});
	}
	writeEndpoints(cluster, service, endpoints, ports);
}
