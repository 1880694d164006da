import {fieldAt, textPairsAt} from '../../field.ts';
import type {Remedy} from '../../finding.ts';
import {labelsMatch, selectorMatches} from '../../label-selector.ts';
import {timestamp} from '../../timestamp.ts';
import {fact} from '../fault.ts';
import type {NetPod, NetService, ServicePort} from '../net-objects.ts';
import {type ClusterIndex, hasEnded, isHeadless, refOf, sliceKind, titleOf} from './cluster-index.ts';
import {atMost, counted, type DraftStep, traceFinding} from './draft.ts';
import type {Candidates} from './endpoints.ts';
import {keyOfValue, selectorMiss} from './near-miss.ts';
import {podTrouble} from './pod-trouble.ts';
import {declaredPorts, protocolOf, resolveTarget, targetPortOf} from './service-port.ts';
import type {TraceEndpoint} from './trace.ts';

type Place = Readonly<{service: NetService; port: ServicePort; found: Candidates; from: NetPod | undefined; index: ClusterIndex}>;

/** How many endpoints are named one by one. */
const mostNamed = 8;

/** The pods that the selector means; none for a Service without one. */
export function selectedPods({metadata, spec}: NetService, index: ClusterIndex): readonly NetPod[] {
	const selector = spec?.selector ?? {};
	if (Object.keys(selector).length === 0) return [];
	return index.pods(metadata.namespace ?? '').filter(pod => !hasEnded(pod) && labelsMatch(selector, pod.metadata.labels ?? {}));
}

/** Where the selector means nobody: the pods that it would mean but for one label. */
export function nearestPods({metadata, spec}: NetService, index: ClusterIndex): readonly NetPod[] {
	const pods = index.pods(metadata.namespace ?? '').filter(pod => !hasEnded(pod));
	return selectorMiss(spec?.selector ?? {}, pods)?.pods ?? [];
}

/** Which endpoints there are for the port, and which of them this client is sent to. */
export function endpointsStep(place: Place): DraftStep {
	const {service, found, index} = place;
	const {namespace = ''} = service.metadata;
	const state = index.readable(sliceKind, namespace);
	if (state !== 'ready') {
		const why = `EndpointSlices ${state === 'loading' ? 'are still being read' : 'may not be read'}`;
		return {title: 'Endpoints', state: 'unknown', evidence: [why], outcome: 'unknown', notChecked: [{what: `endpoints of ${titleOf(service)}`, why}]};
	}
	const used = found.endpoints.filter(one => one.used);
	const lines = atMost([...found.endpoints].sort(byUse).map(endpointLine), mostNamed);
	const counts = `${counted(found.endpoints.filter(({ready}) => ready).length, 'ready endpoint')} of ${found.endpoints.length} in ${counted(found.slices, 'EndpointSlice')}`;
	const evidence = [counts, ...found.notes, ...hairpinNote(place), ...lines];
	if (found.family !== undefined) return noFamily(place, evidence);
	if (used.length > 0) {
		const draining = used.every(({ready}) => !ready);
		const partial = found.endpoints.some(({ready, terminating}) => !ready && !terminating);
		return {title: 'Endpoints', state: draining || partial ? 'warning' : 'ok', evidence, ref: refOf(service)};
	}
	return brokenEndpoints(place, evidence);
}

function byUse(a: TraceEndpoint, b: TraceEndpoint): number {
	return Number(b.used) - Number(a.used);
}

/** `+ 10.244.1.9:8080  web-1  n1/zone-a  ready`. */
export function endpointLine({address, port, pod, node, zone, ready, used, note, sidecar}: TraceEndpoint): string {
	const place = node === undefined ? '' : `  ${node}${zone === undefined ? '' : `/${zone}`}`;
	const words = [note ?? (ready ? 'ready' : 'not ready'), ...(sidecar === undefined ? [] : [`behind ${sidecar}`])];
	return `${used ? '+' : 'X'} ${address.includes(':') ? `[${address}]` : address}:${port ?? '?'}  ${pod ? pod.metadata.name : 'no pod'}${place}  ${words.join(', ')}`;
}

function hairpinNote({from, found}: Place): readonly string[] {
	const self =
		from && found.endpoints.some(({pod, used}) => used && pod?.metadata.name === from.metadata.name && pod.metadata.namespace === from.metadata.namespace);
	return self ? [`the client ${titleOf(from)} is one of them: its own answer comes back through a hairpin`] : [];
}

function noFamily({service, found}: Place, evidence: readonly string[]): DraftStep {
	const ref = refOf(service);
	const title = `Service ${titleOf(service)} has no address of the client's family: ${found.family ?? ''}`;
	return {
		title: 'Endpoints',
		state: 'broken',
		evidence: [title, ...evidence],
		ref,
		outcome: 'name-unresolved',
		symptom: 'the name has no address that the client can use',
		findings: [
			traceFinding({
				id: 'NAME_UNRESOLVED',
				subject: ref,
				title,
				evidence: [fact(ref, 'spec.ipFamilies', (service.spec?.ipFamilies ?? []).join(', '))],
				remedy: [
					{
						text: 'Give it both families',
						command: `kubectl -n ${ref.namespace ?? ''} patch service ${ref.name} -p '{"spec":{"ipFamilyPolicy":"PreferDualStack"}}'`,
						changes: true,
					},
				],
			}),
		],
	};
}

/** Nothing to send to: the first reason that holds, from the Service to the pods. */
function brokenEndpoints(place: Place, evidence: readonly string[]): DraftStep {
	const {service, port, found, index} = place;
	const base = {title: 'Endpoints', state: 'broken' as const, ref: refOf(service), outcome: 'no-endpoints' as const, symptom: refusal(service)};
	const broken = (lines: readonly string[], ...findings: NonNullable<DraftStep['findings']>): DraftStep => ({
		...base,
		evidence: [...lines, ...evidence],
		findings,
	});
	if (found.droppedBy !== undefined) return {...base, ...droppedLocally(place, evidence)};
	if (Object.keys(service.spec?.selector ?? {}).length === 0) return broken(['nobody has written an EndpointSlice that fits'], orphan(place));
	if (index.readable('pods', service.metadata.namespace ?? '') !== 'ready') {
		return {...broken(['its pods may not be read, so why is not known']), notChecked: [{what: `pods of ${titleOf(service)}`, why: 'pods may not be read'}]};
	}
	const pods = selectedPods(service, index);
	const live = pods.filter(({metadata}) => metadata.deletionTimestamp === undefined);
	if (live.length === 0) {
		const {lines, finding} = noPods(place, pods);
		return broken(lines, finding);
	}
	const target = targetPortOf(port);
	const unresolved = live.every(pod => resolveTarget(pod, target, protocolOf(port)) === undefined);
	if (unresolved) return broken([`targetPort ${target} is declared by no container of ${counted(live.length, 'pod')}`], unresolvedPort(place, live));
	return broken([`none of ${counted(live.length, 'pod')} is ready`], noneReady(place, live));
}

function refusal(service: NetService): string {
	return isHeadless(service) ? 'the name has no address (NXDOMAIN)' : 'connection refused: kube-proxy rejects a Service without endpoints';
}

function droppedLocally({service, found, from}: Place, evidence: readonly string[]): Pick<DraftStep, 'evidence' | 'outcome' | 'symptom' | 'findings'> {
	const ref = refOf(service);
	const isInternal = found.droppedBy === 'internalTrafficPolicy';
	const where = isInternal ? `the client's node ${from?.spec?.nodeName ?? ''}` : 'the node that was asked';
	const title = `Service ${titleOf(service)}: ${found.droppedBy} Local, and ${where} has no ready endpoint`;
	const field = found.droppedBy ?? '';
	return {
		evidence: [title, ...evidence],
		outcome: 'dropped',
		symptom: 'a timeout: kube-proxy drops it',
		findings: [
			traceFinding({
				id: isInternal ? 'SVC_ITP_LOCAL_NO_LOCAL_EP' : 'SVC_ETP_LOCAL_NO_LOCAL_EP',
				subject: ref,
				title,
				evidence: [fact(ref, `spec.${field}`, 'Local'), ...found.endpoints.slice(0, 6).map(one => fact(ref, 'endpoint', endpointLine(one)))],
				remedy: [
					{
						text: isInternal ? 'Let it use endpoints of other nodes' : "Let it use endpoints of other nodes (the pod no longer sees the client's address)",
						command: `kubectl -n ${ref.namespace ?? ''} patch service ${ref.name} -p '{"spec":{"${field}":"Cluster"}}'`,
						changes: true,
					},
				],
			}),
		],
	};
}

function orphan({service, port, found}: Place) {
	const ref = refOf(service);
	const isOther = found.slices > 0;
	const title = isOther
		? `Service ${titleOf(service)}: no port of its EndpointSlices is called ${port.name ?? '(no name)'}`
		: `Service ${titleOf(service)} has no selector and no EndpointSlice`;
	return traceFinding({
		id: 'SVC_MANUAL_SLICE_ORPHAN',
		severity: isOther ? 'critical' : 'warning',
		confidence: 'proven',
		subject: ref,
		title,
		evidence: [
			fact(ref, 'spec.selector', 'none'),
			fact(ref, 'endpointslices', `${found.slices} with the label kubernetes.io/service-name=${ref.name}, ${found.slicesWithPort} with the port`),
		],
		remedy: [
			{
				text: `Write an EndpointSlice with that label and a port called ${port.name ?? ''}`,
				command: `kubectl -n ${ref.namespace ?? ''} get endpointslices -l kubernetes.io/service-name=${ref.name} -o yaml`,
				changes: false,
			},
		],
	});
}

type Told = Readonly<{lines: readonly string[]; finding: ReturnType<typeof traceFinding>}>;

/** The selector means no pod that lives: a near miss, a workload scaled to 0, or nothing at all. */
function noPods({service, index}: Place, going: readonly NetPod[]): Told {
	const ref = refOf(service);
	const {namespace = ''} = service.metadata;
	const selector = service.spec?.selector ?? {};
	const text = Object.entries(selector)
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
	const scaled = ownersOf(service, index);
	const miss =
		scaled.length > 0
			? undefined
			: selectorMiss(
					selector,
					index.pods(namespace).filter(pod => !hasEnded(pod)),
				);
	const [pod] = miss?.pods ?? [];
	const otherKey = miss && miss.has === undefined && pod ? keyOfValue(pod, miss.wanted) : undefined;
	const near =
		miss && pod
			? `nearest: ${counted(miss.pods.length, 'pod')} with ${miss.has === undefined ? (otherKey === undefined ? `no label ${miss.label}` : `${otherKey}=${miss.wanted}`) : `${miss.label}=${miss.has}`}`
			: undefined;
	const why =
		scaled.length > 0
			? `${scaled.join(', ')} is scaled to 0`
			: (near ?? (going.length > 0 ? `${counted(going.length, 'pod')} with these labels are going away` : `no pod in ${namespace} is like it`));
	return {
		lines: [`selector ${text} matches no pod`, why],
		finding: traceFinding({
			id: 'SVC_SELECTOR_NO_POD',
			severity: scaled.length > 0 ? 'warning' : 'critical',
			confidence: 'proven',
			subject: ref,
			title: `Service ${titleOf(service)} selects no pod (${text}); ${why}`,
			...(timestamp(service.metadata.creationTimestamp) === undefined || going.length > 0 ? {} : {since: timestamp(service.metadata.creationTimestamp) ?? 0}),
			evidence: [
				fact(ref, 'spec.selector', text),
				fact(ref, `pods in ${namespace}`, `${index.pods(namespace).length}, none with these labels`),
				...(pod
					? [
							fact(
								refOf(pod),
								'metadata.labels',
								textPairsAt(pod, 'metadata', 'labels')
									.map(([key, value]) => `${key}=${value}`)
									.join(','),
							),
						]
					: []),
			],
			remedy: selectorRemedy(
				{namespace, name: ref.name},
				miss && {label: miss.label, key: otherKey ?? miss.label, value: miss.has ?? (otherKey === undefined ? undefined : miss.wanted)},
			),
		}),
	};
}

type Change = Readonly<{label: string; key: string; value: string | undefined}>;

function selectorRemedy({namespace, name}: Readonly<{namespace: string; name: string}>, change: Change | undefined): readonly Remedy[] {
	if (change === undefined)
		return [{text: 'Compare its selector with the labels of the pods', command: `kubectl -n ${namespace} get pods --show-labels`, changes: false}];
	const {key, label, value} = change;
	const selector = {...(key === label ? {} : {[label]: null}), [key]: value ?? null};
	const text = value === undefined ? `Take ${label} out of the selector` : `Select ${key}=${value}`;
	return [{text, command: `kubectl -n ${namespace} patch service ${name} -p '${JSON.stringify({spec: {selector}})}'`, changes: true}];
}

/** Workloads whose pods the selector would mean, and that want none. */
function ownersOf(service: NetService, index: ClusterIndex): readonly string[] {
	const selector = service.spec?.selector ?? {};
	return ['deployments.apps', 'statefulsets.apps']
		.flatMap(kind => index.view.all(kind))
		.filter(owner => owner.metadata.namespace === service.metadata.namespace && fieldAt(owner, 'spec', 'replicas') === 0)
		.filter(owner => {
			const labels = Object.fromEntries(textPairsAt(owner, 'spec', 'template', 'metadata', 'labels'));
			return labelsMatch(selector, labels) && selectorMatches(fieldAt(owner, 'spec', 'selector'), labels);
		})
		.map(owner => `${owner.kind} ${owner.metadata.name}`);
}

function unresolvedPort({service, port}: Place, pods: readonly NetPod[]) {
	const ref = refOf(service);
	const target = targetPortOf(port);
	const declared = [...new Set(pods.flatMap(pod => declaredPorts(pod).map(one => `${one.name ?? '(no name)'} ${one.containerPort}/${protocolOf(one)}`)))];
	const [first] = pods.flatMap(declaredPorts).filter(one => protocolOf(one) === protocolOf(port));
	const index = (service.spec?.ports ?? []).indexOf(port);
	const has = declared.length === 0 ? 'they declare no port' : `they declare ${declared.join(', ')}`;
	return traceFinding({
		id: 'SVC_NAMED_PORT_UNRESOLVED',
		confidence: 'proven',
		subject: ref,
		part: String(target),
		title: `Service ${titleOf(service)}: targetPort ${target} is declared by no container of its pods; ${has}`,
		evidence: [
			fact(ref, `spec.ports[${index}].targetPort`, String(target)),
			...pods.slice(0, 3).map(pod => fact(refOf(pod), 'spec.containers[*].ports', declared.join(', '))),
		],
		remedy: first
			? [
					{
						text: `Send to ${first.containerPort}`,
						command: `kubectl -n ${ref.namespace ?? ''} patch service ${ref.name} --type json -p '[{"op":"replace","path":"/spec/ports/${index}/targetPort","value":${first.containerPort}}]'`,
						changes: true,
					},
				]
			: [
					{
						text: 'See which ports its pods have',
						command: `kubectl -n ${ref.namespace ?? ''} get pods -o jsonpath='{.items[*].spec.containers[*].ports}'`,
						changes: false,
					},
				],
	});
}

function noneReady({service, port}: Place, pods: readonly NetPod[]) {
	const ref = refOf(service);
	const [first] = pods;
	return traceFinding({
		id: 'SVC_NO_READY_ENDPOINTS',
		confidence: 'proven',
		subject: ref,
		part: port.name ?? '',
		title: `Service ${titleOf(service)} has 0 ready of ${counted(pods.length, 'endpoint')}: ${first ? podTrouble(first) : ''}`,
		evidence: pods.slice(0, 6).map(pod => fact(refOf(pod), 'status', `${pod.metadata.name}: ${podTrouble(pod)}`)),
		remedy: [{text: 'See why the pod is not ready', command: `kubectl -n ${ref.namespace ?? ''} describe pod ${first?.metadata.name ?? ''}`, changes: false}],
	});
}
