import type {Check, ClusterView} from '../core/check.ts';
import type {Finding} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetNode, NetPod} from '../core/net/net-objects.ts';
import {isReadyEndpoint, type ServiceFacts, serviceFacts} from '../core/net/service-facts.ts';
import {hasEnded} from '../core/net/trace/cluster-index.ts';
import {counted} from '../core/net/trace/draft.ts';

/** diagnosis.md 2.2, checks 27 and 28. */
export const serviceTrafficPolicy: Check = {
	ids: ['SVC_ETP_LOCAL_NO_LOCAL_EP', 'SVC_ITP_LOCAL_NO_LOCAL_EP'],
	title: 'Services with traffic policy Local have endpoints where traffic arrives',
	family: 'Service',
	reads: ['services', 'endpointslices.discovery.k8s.io', 'nodes', 'pods'],
	graceMs: 30_000,
	*run(view) {
		const nodes = view
			.all<NetNode>('nodes')
			.filter(({spec}) => spec?.unschedulable !== true)
			.map(({metadata}) => metadata.name);
		for (const facts of serviceFacts(view)) {
			const {type, externalTrafficPolicy, internalTrafficPolicy, clusterIP} = facts.service.spec ?? {};
			// A Service without a pod is another finding, and a headless one has no rules on nodes.
			if (facts.endpoints.length === 0 || clusterIP === 'None') continue;
			const local = new Set(facts.endpoints.filter(isReadyEndpoint).flatMap(({nodeName}) => nodeName ?? []));
			if ((type === 'NodePort' || type === 'LoadBalancer') && externalTrafficPolicy === 'Local') yield* external(facts, nodes, local);
			if (internalTrafficPolicy === 'Local') yield* internal(view, facts, nodes, local);
		}
	},
};

function* external({service, ref, title, namespace}: ServiceFacts, nodes: readonly string[], local: ReadonlySet<string>): Iterable<Finding> {
	const without = nodes.filter(node => !local.has(node));
	if (without.length === 0) return;
	const isChecked = service.spec?.type === 'LoadBalancer' && service.spec.healthCheckNodePort !== undefined;
	yield fault({
		id: 'SVC_ETP_LOCAL_NO_LOCAL_EP',
		family: 'Service',
		severity: local.size === 0 ? 'critical' : isChecked ? 'info' : 'warning',
		confidence: 'proven',
		subject: ref,
		title: `Service ${title}: externalTrafficPolicy Local, and ${without.length} of ${counted(nodes.length, 'node')} ${without.length === 1 ? 'has' : 'have'} no ready endpoint: what arrives there is dropped`,
		evidence: [
			fact(ref, 'spec.externalTrafficPolicy', 'Local'),
			fact(ref, 'nodes with a ready endpoint', [...local].join(', ') || 'none'),
			fact(ref, 'nodes without', without.slice(0, 12).join(', ')),
			...(isChecked ? [fact(ref, 'spec.healthCheckNodePort', `${service.spec?.healthCheckNodePort ?? ''}: the load balancer leaves such nodes out`)] : []),
		],
		remedy: [
			...(local.size > 0
				? [
						{
							text: `Send to ${[...local].slice(0, 3).join(', ')}: see the ports of the nodes`,
							command: `kubectl -n ${namespace} get service ${ref.name} -o wide`,
							changes: false,
						},
					]
				: []),
			{
				text: 'Or let every node pass it on (the pods no longer see the address of the client)',
				command: patchLine(namespace, ref.name, 'externalTrafficPolicy'),
				changes: true,
			},
		],
	});
}

/** Only nodes count on which somebody could ask: a DaemonSet behind the Service covers them all. */
function* internal(view: ClusterView, {ref, title, namespace, pods}: ServiceFacts, nodes: readonly string[], local: ReadonlySet<string>): Iterable<Finding> {
	const own = new Set(pods);
	const asking = new Set(
		view
			.all<NetPod>('pods')
			.filter(pod => !own.has(pod) && !hasEnded(pod))
			.flatMap(({spec}) => spec?.nodeName ?? []),
	);
	const without = nodes.filter(node => asking.has(node) && !local.has(node));
	if (without.length === 0) return;
	yield fault({
		id: 'SVC_ITP_LOCAL_NO_LOCAL_EP',
		family: 'Service',
		severity: 'warning',
		confidence: 'proven',
		subject: ref,
		title: `Service ${title}: internalTrafficPolicy Local, and pods on ${counted(without.length, 'node')} have no ready endpoint beside them: what they send is dropped`,
		evidence: [
			fact(ref, 'spec.internalTrafficPolicy', 'Local'),
			fact(ref, 'nodes with a ready endpoint', [...local].join(', ') || 'none'),
			fact(ref, 'nodes without', without.slice(0, 12).join(', ')),
		],
		remedy: [{text: 'Let it use endpoints of other nodes', command: patchLine(namespace, ref.name, 'internalTrafficPolicy'), changes: true}],
	});
}

function patchLine(namespace: string, name: string, field: string): string {
	return `kubectl -n ${namespace} patch service ${name} -p '{"spec":{"${field}":"Cluster"}}'`;
}
