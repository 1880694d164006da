import type {KubeObject} from '../../../../source/core/kubernetes.ts';
import type {NetPod} from '../../../../source/core/net/net-objects.ts';
import {tracePath} from '../../../../source/core/net/trace/trace-path.ts';
import type {Trace} from '../../../../source/core/net/trace/trace.ts';
import {clusterView, namespaceObject, nodeObject, object, podObject, serviceObject, sliceObject, type ViewOptions} from '../../../tools/cluster-view.ts';

export const webPorts = [{name: 'http', containerPort: 8080}];

/** Nodes node-a (zone-a) and node-b (zone-b), a client shop/cart on node-a. */
export const ground: readonly KubeObject[] = [
	...['default', 'kube-system', 'shop', 'pay'].map(name => namespaceObject(name)),
	nodeObject('node-a', {address: '10.0.0.1', labels: {'topology.kubernetes.io/zone': 'zone-a'}}),
	nodeObject('node-b', {address: '10.0.0.2', labels: {'topology.kubernetes.io/zone': 'zone-b'}}),
	podObject('shop/cart', {ip: '10.244.1.20', labels: {app: 'cart'}}),
];

/** shop/web: two ready pods on two nodes behind a ClusterIP. */
export const web: readonly KubeObject[] = [
	podObject('shop/web-1', {ip: '10.244.1.9', node: 'node-a', labels: {app: 'web'}, ports: webPorts}),
	podObject('shop/web-2', {ip: '10.244.2.9', node: 'node-b', labels: {app: 'web'}, ports: webPorts}),
	serviceObject('shop/web', {clusterIPs: ['10.96.0.20'], selector: {app: 'web'}, ports: [{name: 'http', port: 80, targetPort: 'http'}]}),
	sliceObject('shop/web', [
		{address: '10.244.1.9', pod: 'web-1', node: 'node-a'},
		{address: '10.244.2.9', pod: 'web-2', node: 'node-b'},
	]),
];

export type TraceOptions = ViewOptions & Readonly<{/** `namespace/name`; null: from outside. */ from?: string | null; namespace?: string}>;

/** The path from shop/cart over these objects. */
export function trace(destination: string, objects: readonly KubeObject[], {from = 'shop/cart', namespace = 'shop', ...options}: TraceOptions = {}): Trace {
	const view = clusterView([...ground, ...objects], {oneShot: true, ...options});
	const pod = view.all<NetPod>('pods').find(({metadata}) => `${metadata.namespace}/${metadata.name}` === from);
	return tracePath(view, {destination, namespace, ...(pod ? {from: pod} : {})});
}

/** `DNS ok`, `Endpoints broken`: the first word of each step and its state. */
export function states({steps}: Trace): readonly string[] {
	return steps.map(({title, state}) => `${title.split(' ')[0]} ${state}`);
}

/** Everything that the steps say, as one text. */
export function said({steps}: Trace): string {
	return steps.flatMap(({title, evidence}) => [title, ...evidence]).join('\n');
}

/** `SVC_SELECTOR_NO_POD critical`. */
export function faults({findings}: Trace): readonly string[] {
	return findings.map(({id, severity}) => `${id} ${severity}`);
}

/** The addresses that the client is sent to. */
export function usedAddresses({endpoints}: Trace): readonly string[] {
	return endpoints.filter(({used}) => used).map(({address, port}) => `${address}:${port}`);
}

/** A Service like shop/web with something else about it. */
export function webService(spec: Readonly<Record<string, unknown>>, rest: Readonly<Record<string, unknown>> = {}): KubeObject {
	return serviceObject('shop/web', {clusterIPs: ['10.96.0.20'], selector: {app: 'web'}, ports: [{name: 'http', port: 80, targetPort: 8080}], ...spec}, rest);
}

/** The pods and slices of `web`, with another Service. */
export function webWith(service: KubeObject, slices: readonly KubeObject[] = web.filter(({kind}) => kind === 'EndpointSlice')): readonly KubeObject[] {
	return [...web.filter(({kind}) => kind === 'Pod'), service, ...slices];
}

/** A slice as the API has it, with whatever its endpoints carry. */
export function slice(name: string, endpoints: readonly unknown[], rest: Readonly<Record<string, unknown>> = {}): KubeObject {
	return object('discovery.k8s.io/v1', 'EndpointSlice', `shop/${name}`, {
		metadata: {labels: {'kubernetes.io/service-name': 'web'}},
		addressType: 'IPv4',
		ports: [{name: 'http', port: 8080, protocol: 'TCP'}],
		endpoints,
		...rest,
	});
}
