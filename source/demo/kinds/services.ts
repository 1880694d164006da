import {at, type Json, listAt, numberAt, recordsAt, textAt, textsAt} from '../json.ts';
import {ageColumn, column, type DemoKind, nameColumn, status} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';
import {firstThree, labelsText, orElse} from './cell-text.ts';

/** The addresses of a load balancer, sorted and each once. */
export function loadBalancerText(object: StoredObject): string {
	const addresses = recordsAt(object, 'status', 'loadBalancer', 'ingress').map(entry => orElse(textAt(entry, 'ip'), textAt(entry, 'hostname')));
	return [...new Set(addresses.filter(address => address !== ''))].sort().join(',');
}

function externalAddress(service: StoredObject): string {
	const external = listAt(service, 'spec', 'externalIPs').map(String);
	switch (textAt(service, 'spec', 'type')) {
		case 'ClusterIP':
		case 'NodePort':
			return orElse(external.join(','), '<none>');
		case 'LoadBalancer': {
			const balancer = loadBalancerText(service);
			return orElse([...(balancer === '' ? [] : [balancer]), ...external].join(','), '<pending>');
		}
		case 'ExternalName':
			return textAt(service, 'spec', 'externalName');
		default:
			return '<unknown>';
	}
}

function portText(port: Json): string {
	const nodePort = numberAt(port, 'nodePort');
	return `${numberAt(port, 'port')}${nodePort > 0 ? `:${nodePort}` : ''}/${textAt(port, 'protocol')}`;
}

export const services: DemoKind = {
	group: '',
	version: 'v1',
	plural: 'services',
	singular: 'service',
	kind: 'Service',
	namespaced: true,
	shortNames: ['svc'],
	categories: ['all'],
	subresources: [{name: 'proxy', verbs: ['create', 'delete', 'get', 'patch', 'update'], kind: 'ServiceProxyOptions'}, status],
	columns: [nameColumn, column('Type'), column('Cluster-IP'), column('External-IP'), column('Port(s)'), ageColumn, column('Selector', {wide: true})],
	cells: (service, {since}) => [
		service.metadata.name,
		textAt(service, 'spec', 'type'),
		orElse(String(listAt(service, 'spec', 'clusterIPs')[0] ?? ''), '<none>'),
		externalAddress(service),
		orElse(recordsAt(service, 'spec', 'ports').map(portText).join(','), '<none>'),
		since(service.metadata.creationTimestamp),
		labelsText(textsAt(service, 'spec', 'selector')),
	],
	fields: service => ({'spec.clusterIP': textAt(service, 'spec', 'clusterIP'), 'spec.type': textAt(service, 'spec', 'type')}),
};

function subsetAddresses(subset: Json): readonly string[] {
	const addresses = recordsAt(subset, 'addresses').map(address => textAt(address, 'ip'));
	const ports = recordsAt(subset, 'ports').map(port => numberAt(port, 'port'));
	return ports.length === 0 ? addresses : ports.flatMap(port => addresses.map(address => `${address}:${port}`));
}

export const endpoints: DemoKind = {
	group: '',
	version: 'v1',
	plural: 'endpoints',
	singular: 'endpoints',
	kind: 'Endpoints',
	namespaced: true,
	shortNames: ['ep'],
	columns: [nameColumn, column('Endpoints'), ageColumn],
	cells: (object, {since}) => [
		object.metadata.name,
		orElse(firstThree(recordsAt(object, 'subsets').flatMap(subsetAddresses)), '<none>'),
		since(object.metadata.creationTimestamp),
	],
};

export const endpointSlices: DemoKind = {
	group: 'discovery.k8s.io',
	version: 'v1',
	plural: 'endpointslices',
	singular: 'endpointslice',
	kind: 'EndpointSlice',
	namespaced: true,
	columns: [nameColumn, column('AddressType'), column('Ports'), column('Endpoints'), ageColumn],
	cells: (object, {since}) => [
		object.metadata.name,
		textAt(object, 'addressType'),
		orElse(
			firstThree(recordsAt(object, 'ports').map(port => (at(port, 'port') === undefined ? orElse(textAt(port, 'name'), '*') : String(numberAt(port, 'port'))))),
			'<unset>',
		),
		orElse(firstThree(recordsAt(object, 'endpoints').flatMap(endpoint => listAt(endpoint, 'addresses').map(String))), '<unset>'),
		since(object.metadata.creationTimestamp),
	],
};
