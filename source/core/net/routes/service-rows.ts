import {worse} from '../../tone.ts';
import type {ServicePort} from '../net-objects.ts';
import type {ServiceFacts} from '../service-facts.ts';
import {portTitle, targetPortOf} from '../trace/service-port.ts';
import {backendHealth, nothing, type RawRow, type RouteContext} from './raw-row.ts';

/** One row for each port of the Services that are open to the outside. */
export function serviceRows(context: RouteContext, services: readonly ServiceFacts[]): readonly RawRow[] {
	return services.flatMap(facts => {
		const {type} = facts.service.spec ?? {};
		return type === 'LoadBalancer' || type === 'NodePort' ? (facts.service.spec?.ports ?? []).map(port => rowOf(context, facts, port, type)) : [];
	});
}

function rowOf(context: RouteContext, {service, ref, title, namespace}: ServiceFacts, port: ServicePort, type: 'LoadBalancer' | 'NodePort'): RawRow {
	const {spec = {}, status} = service;
	const addresses = (status?.loadBalancer?.ingress ?? []).flatMap(({ip, hostname}) => ip ?? hostname ?? []);
	const nodePort = port.nodePort === undefined ? [] : [`port ${port.nodePort} of every node`];
	const isPending = type === 'LoadBalancer' && addresses.length === 0;
	const ready = backendHealth(context, namespace, ref.name);
	return {
		id: `${type} ${title} ${port.name ?? port.port}/${port.protocol ?? 'TCP'}`,
		type,
		ref,
		kind: 'services',
		tone: worse(isPending ? 'progressing' : 'ok', ready.tone === 'muted' ? 'ok' : ready.tone),
		title,
		entry: type === 'NodePort' ? `*:${port.nodePort ?? '?'}` : `${addresses[0] ?? '<pending>'}:${port.port}`,
		backend: `targetPort ${targetPortOf(port)}`,
		ready,
		tls: nothing,
		served: spec.loadBalancerClass === undefined ? nothing : {text: spec.loadBalancerClass, tone: 'text'},
		details: [
			`port ${portTitle(port)}, targetPort ${targetPortOf(port)}${spec.externalTrafficPolicy === 'Local' ? ', externalTrafficPolicy Local' : ''}`,
			...(type === 'LoadBalancer' ? [isPending ? 'no address yet' : `address ${addresses.join(', ')}`] : []),
			...nodePort,
			...((spec.loadBalancerSourceRanges ?? []).length > 0 ? [`only from ${spec.loadBalancerSourceRanges?.join(', ') ?? ''}`] : []),
		],
		about: [],
		part: '',
	};
}
