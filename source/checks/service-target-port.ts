import type {Check, ClusterView} from '../core/check.ts';
import {fieldAt, listAt, numberAt} from '../core/field.ts';
import type {Finding} from '../core/finding.ts';
import type {ProbeCell} from '../core/net/cell.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetPod, ServicePort} from '../core/net/net-objects.ts';
import {type ServiceFacts, serviceFacts} from '../core/net/service-facts.ts';
import {refOf} from '../core/net/trace/cluster-index.ts';
import {declaredPorts, protocolOf, resolveTarget, targetPortOf} from '../core/net/trace/service-port.ts';

/** diagnosis.md 2.2, checks 22, 23 and 24. */
export const serviceTargetPort: Check = {
	ids: ['SVC_NAMED_PORT_UNRESOLVED', 'SVC_TARGETPORT_UNDECLARED', 'SVC_PORT_PROTOCOL_MISMATCH'],
	title: 'target ports of Services are ports of their pods',
	family: 'Service',
	reads: ['services', 'pods'],
	graceMs: 30_000,
	*run(view) {
		for (const facts of serviceFacts(view)) {
			const pods = facts.pods.filter(({metadata}) => metadata.deletionTimestamp === undefined);
			if (pods.length === 0) continue;
			for (const [index, port] of (facts.service.spec?.ports ?? []).entries()) yield* judgePort(view, {facts, pods, port, index});
		}
	},
};

type Place = Readonly<{facts: ServiceFacts; pods: readonly NetPod[]; port: ServicePort; index: number}>;

function* judgePort(view: ClusterView, place: Place): Iterable<Finding> {
	const {pods, port} = place;
	const target = targetPortOf(port);
	if (typeof target === 'string' && !/^\d+$/.test(target)) {
		const without = pods.filter(pod => resolveTarget(pod, target, protocolOf(port)) === undefined);
		if (without.length > 0) yield unresolved(place, target, without);
		return;
	}
	const number = Number(target);
	// A pod that declares nothing of the protocol says nothing: declaring is informational.
	const declaring = pods.filter(pod => declaredPorts(pod).some(one => protocolOf(one) === protocolOf(port)));
	const other = pods.flatMap(declaredPorts).find(one => one.containerPort === number && protocolOf(one) !== protocolOf(port));
	const isDeclared = pods.some(pod => declaredPorts(pod).some(one => one.containerPort === number && protocolOf(one) === protocolOf(port)));
	if (isDeclared) return;
	if (other) yield mismatch(place, number, protocolOf(other));
	else if (declaring.length > 0) yield undeclared(view, place, number);
}

function unresolved({facts, pods, port, index}: Place, target: string, without: readonly NetPod[]): Finding {
	const {ref, title, namespace} = facts;
	const isAll = without.length === pods.length;
	const declared = [...new Set(without.flatMap(pod => declaredPorts(pod).map(one => `${one.name ?? '(no name)'} ${one.containerPort}/${protocolOf(one)}`)))];
	const [first] = without.flatMap(declaredPorts).filter(one => protocolOf(one) === protocolOf(port));
	const path = `/spec/ports/${index}/targetPort`;
	const has = declared.length === 0 ? 'they declare no port' : `they declare ${declared.join(', ')}`;
	return fault({
		id: 'SVC_NAMED_PORT_UNRESOLVED',
		family: 'Service',
		severity: isAll ? 'critical' : 'warning',
		confidence: 'proven',
		subject: ref,
		part: target,
		title: `Service ${title}: targetPort ${target} is declared by no container of ${isAll ? 'its pods' : `${without.length} of its ${pods.length} pods`}; ${has}`,
		evidence: [
			fact(ref, `spec.ports[${index}].targetPort`, target),
			...without.slice(0, 3).map(pod =>
				fact(
					refOf(pod),
					'spec.containers[*].ports',
					declaredPorts(pod)
						.map(one => `${one.name ?? '(no name)'} ${one.containerPort}/${protocolOf(one)}`)
						.join(', ') || 'none',
				),
			),
		],
		remedy: first
			? [
					{
						text: `Send to ${first.containerPort}`,
						command: `kubectl -n ${namespace} patch service ${ref.name} --type json -p '[{"op":"replace","path":"${path}","value":${first.containerPort}}]'`,
						changes: true,
					},
				]
			: [
					{
						text: 'See which ports its pods have',
						command: `kubectl -n ${namespace} get pods -o jsonpath='{.items[*].spec.containers[*].ports}'`,
						changes: false,
					},
				],
	});
}

/** A hint and no more, unless something else speaks for it: a refused probe, or a readiness probe of another number. */
function undeclared(view: ClusterView, {facts, pods, port, index}: Place, number: number): Finding {
	const {ref, title, namespace} = facts;
	const declared = [
		...new Set(
			pods
				.flatMap(declaredPorts)
				.filter(one => protocolOf(one) === protocolOf(port))
				.map(({containerPort}) => containerPort),
		),
	];
	const refused = view
		.observed<ProbeCell>('tcp-connect')
		.find(
			one =>
				one.outcome === 'ok' &&
				one.facts.transport === 'refused' &&
				one.facts.to.port === number &&
				pods.some(({metadata}) => metadata.name === one.facts.to.pod),
		);
	// A probe that asks another port of the same Service speaks for that one, not against this.
	const others = new Set(
		(facts.service.spec?.ports ?? []).filter(one => one !== port).flatMap(one => pods.map(pod => resolveTarget(pod, targetPortOf(one), protocolOf(one)))),
	);
	const probed = pods.flatMap(readinessPorts).find(one => one !== number && !others.has(one));
	const second = refused ? 'a probe of it was refused' : probed === undefined ? undefined : `the readiness probe asks port ${probed}`;
	return fault({
		id: 'SVC_TARGETPORT_UNDECLARED',
		family: 'Service',
		severity: second === undefined ? 'info' : 'warning',
		confidence: refused ? 'likely' : 'possible',
		subject: ref,
		part: port.name ?? '',
		title: `Service ${title}: targetPort ${number} is not among the declared ports ${declared.join(', ')}${second === undefined ? ' (declaring is informational)' : `, and ${second}`}`,
		evidence: [
			fact(ref, `spec.ports[${index}].targetPort`, String(number)),
			...pods.slice(0, 3).map(pod => fact(refOf(pod), 'spec.containers[*].ports', declared.join(', '))),
		],
		remedy: [{text: 'See on which ports its pods listen', command: `kubectl -n ${namespace} describe pod ${pods[0]?.metadata.name ?? ''}`, changes: false}],
	});
}

/** Numbers that readiness probes ask; names are looked up in their container. */
function readinessPorts(pod: NetPod): readonly number[] {
	return listAt(pod, 'spec', 'containers').flatMap(container => {
		const probe = fieldAt(container, 'readinessProbe');
		return ['httpGet', 'tcpSocket', 'grpc'].flatMap(kind => numberAt(probe, kind, 'port') ?? []);
	});
}

function mismatch({facts, pods, port, index}: Place, number: number, has: string): Finding {
	const {ref, title, namespace} = facts;
	return fault({
		id: 'SVC_PORT_PROTOCOL_MISMATCH',
		family: 'Service',
		severity: 'warning',
		confidence: 'likely',
		subject: ref,
		part: port.name ?? '',
		title: `Service ${title}: port ${port.port} is ${protocolOf(port)}, and its pods declare ${number} as ${has} only`,
		evidence: [
			fact(ref, `spec.ports[${index}].protocol`, protocolOf(port)),
			...pods.slice(0, 2).map(pod => fact(refOf(pod), 'spec.containers[*].ports', `${number}/${has}`)),
		],
		remedy: [
			{
				text: `Make it ${has}`,
				command: `kubectl -n ${namespace} patch service ${ref.name} --type json -p '[{"op":"replace","path":"/spec/ports/${index}/protocol","value":"${has}"}]'`,
				changes: true,
			},
		],
	});
}
