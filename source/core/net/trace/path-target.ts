import type {PathTarget} from '../probe/plan-path.ts';
import {serviceAddresses} from './cluster-index.ts';
import type {Trace} from './trace.ts';

/** What of a traced path can be asked: its name, the Service's address, each endpoint that is used; where none is, those that are there. */
export function pathTarget(trace: Trace): PathTarget {
	const {service, servicePort, endpoints, dnsName, scheme, host, path} = trace;
	const [address] = service ? serviceAddresses(service) : [];
	const used = endpoints.filter(one => one.used);
	// SCTP and UDP have no handshake that a probe could wait for.
	const isTcp = servicePort === undefined || (servicePort.protocol ?? 'TCP') === 'TCP';
	const asked = isTcp
		? used.flatMap(({address: ip, port, node, pod}) => (port === undefined ? [] : [{address: ip, port, ...(node === undefined ? {} : {node}), ...nameOf(pod)}]))
		: [];
	const name = dnsName ?? (host !== undefined && /[a-z]/i.test(host) ? host : undefined);
	return {
		title: trace.destination,
		...(name === undefined ? {} : {dnsName: name}),
		...(service && servicePort && address !== undefined && isTcp
			? {service: {namespace: service.metadata.namespace ?? '', name: service.metadata.name, address, port: servicePort.port}}
			: {}),
		endpoints: asked,
		...(scheme === 'http' && path !== undefined ? {url: {path, ...(host === undefined ? {} : {host})}} : {}),
	};
}

function nameOf(pod: Trace['endpoints'][number]['pod']): Readonly<{namespace?: string; pod?: string}> {
	return pod ? {namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name} : {};
}
