import {conditionOf} from '../../conditions.ts';
import {fieldAt, numberAt, textAt} from '../../field.ts';
import {fact} from '../fault.ts';
import type {NetPod, NetService, ServicePort} from '../net-objects.ts';
import {type ClusterIndex, refOf, titleOf} from './cluster-index.ts';
import {atMost, type DraftStep, traceFinding} from './draft.ts';
import {podTrouble} from './pod-trouble.ts';
import {declaredPorts, protocolOf} from './service-port.ts';
import type {TraceEndpoint} from './trace.ts';

const mostNamed = 6;

/** The pods behind the endpoints: are they well, and is their node? */
export function podsStep(pods: readonly NetPod[], index: ClusterIndex): DraftStep {
	if (pods.length === 0) return {title: 'Pods', state: 'unknown', evidence: ['none: the addresses belong to no pod that is known']};
	const lost = pods.filter(pod => conditionOf(index.node(pod.spec?.nodeName)?.status?.conditions, 'Ready')?.status === 'Unknown');
	const isWell = pods.every(pod => podTrouble(pod).startsWith('ready')) && lost.length === 0;
	const meshed = pods.flatMap(pod =>
		(pod.spec?.containers ?? [])
			.concat(pod.spec?.initContainers ?? [])
			.filter(({name}) => /^(?:istio-proxy|linkerd-proxy)$/.test(name))
			.map(({name}) => `${pod.metadata.name} has ${name}: what answers may be the mesh, not the program`),
	);
	const lines = pods.map(
		pod =>
			`${pod.metadata.name}  ${podTrouble(pod)}${pod.spec?.nodeName === undefined ? '' : `  on ${pod.spec.nodeName}`}${lost.includes(pod) ? ', whose kubelet is silent' : ''}`,
	);
	const [first] = pods;
	return {
		title: 'Pods',
		state: isWell ? 'ok' : 'warning',
		evidence: [...atMost(lines, mostNamed), ...atMost(meshed, 3)],
		...(first ? {ref: refOf(first)} : {}),
		...(meshed.length > 0 ? {notChecked: [{what: 'the service mesh', why: `${meshed[0] ?? ''}; its own rules are not evaluated`}]} : {}),
	};
}

/** The port in the container. A declaration is informational: what is not declared may listen all the same. */
export function containerStep(service: NetService | undefined, port: ServicePort | undefined, endpoints: readonly TraceEndpoint[]): DraftStep {
	const numbers = [...new Set(endpoints.flatMap(one => one.port ?? []))];
	const withPod = endpoints.filter(one => one.pod);
	const [first] = withPod;
	if (!first?.pod) return {title: 'Container', state: 'unknown', evidence: [`port ${numbers.join(', ') || 'not known'}; no pod is known to look into`]};
	const declared = atMost(
		[
			...new Set(
				withPod.flatMap(({pod}) =>
					pod
						? declaredPorts(pod).map(
								one =>
									`${one.container}: ${one.name ?? '(no name)'} ${one.containerPort}/${protocolOf(one)}${one.hostIP === undefined ? '' : ` on ${one.hostIP}`}`,
							)
						: [],
				),
			),
		],
		6,
	);
	const isUndeclared = withPod.every(one => one.declared === false);
	const where = numbers.length > 1 ? `port ${numbers.join(' and ')}: it has another number in other pods` : `port ${numbers[0] ?? '?'}`;
	if (!isUndeclared)
		return {
			title: 'Container',
			state: 'ok',
			evidence: [where, ...(declared.length > 0 ? [`declared: ${declared.join(', ')}`] : ['its pods declare no port, which is allowed'])],
			ref: refOf(first.pod),
		};
	const hint = service && port ? undeclared(service, port, {pod: first.pod, number: numbers[0] ?? 0, declared}) : undefined;
	return {
		title: 'Container',
		state: 'warning',
		evidence: [`${where} is declared by no container (declared: ${declared.join(', ')}); a declaration is only a hint`],
		ref: refOf(first.pod),
		...(hint ? {findings: hint} : {}),
	};
}

type Undeclared = Readonly<{pod: NetPod; number: number; declared: readonly string[]}>;

/** diagnosis.md, checks 23 and 24: info unless the readiness probe asks another port; the right number with another protocol is worse. */
function undeclared(service: NetService, port: ServicePort, {pod, number, declared}: Undeclared) {
	const subject = refOf(service);
	const other = declaredPorts(pod).find(({containerPort}) => containerPort === number);
	const part = String(number);
	const evidence = [fact(subject, 'spec.ports[*].targetPort', part), fact(refOf(pod), 'spec.containers[*].ports', declared.join(', '))];
	if (other) {
		const title = `Service ${titleOf(service)} sends ${protocolOf(port)} to ${number}, which its pods declare as ${protocolOf(other)} only`;
		return [traceFinding({id: 'SVC_PORT_PROTOCOL_MISMATCH', severity: 'warning', subject, part, title, evidence})];
	}
	const probed = probePort(pod);
	const isProbed = probed !== undefined && probed !== number;
	const [meant] = declaredPorts(pod);
	const index = (service.spec?.ports ?? []).indexOf(port);
	return [
		traceFinding({
			id: 'SVC_TARGETPORT_UNDECLARED',
			severity: isProbed ? 'warning' : 'info',
			confidence: isProbed ? 'likely' : 'possible',
			subject,
			part,
			title: `Service ${titleOf(service)}: targetPort ${number} is declared by no container (${declared.join(', ')})${isProbed ? `; the readiness probe asks ${probed}` : ''}`,
			evidence,
			remedy: meant
				? [
						{
							text: `Send to ${meant.containerPort}`,
							command: `kubectl -n ${subject.namespace ?? ''} patch service ${subject.name} --type json -p '[{"op":"replace","path":"/spec/ports/${index}/targetPort","value":${meant.containerPort}}]'`,
							changes: true,
						},
					]
				: [],
		}),
	];
}

/** The number that the readiness probe of the first container with one asks. */
function probePort(pod: NetPod): number | undefined {
	for (const container of pod.spec?.containers ?? []) {
		const probe = fieldAt(container, 'readinessProbe');
		const asked = fieldAt(probe, 'httpGet', 'port') ?? fieldAt(probe, 'tcpSocket', 'port') ?? numberAt(probe, 'grpc', 'port');
		if (typeof asked === 'number') return asked;
		const named = textAt({asked}, 'asked');
		if (named !== undefined) return declaredPorts(pod).find(({name}) => name === named)?.containerPort;
	}
	return undefined;
}
