import {fact} from '../fault.ts';
import type {NetPod, NetService} from '../net-objects.ts';
import {isHeadless, refOf, titleOf} from './cluster-index.ts';
import {counted, type DraftStep, traceFinding} from './draft.ts';
import {endpointLine} from './endpoint-line.ts';
import type {EndpointsPlace} from './endpoints-place.ts';
import {podTrouble} from './pod-trouble.ts';
import {selectedPods} from './selected-pods.ts';
import {noPods} from './selector-fault.ts';
import {declaredPorts, protocolOf, resolveTarget, targetPortOf} from './service-port.ts';

/** No address of the family that the client has. */
export function noFamily({service, found}: EndpointsPlace, evidence: readonly string[]): DraftStep {
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
export function brokenEndpoints(place: EndpointsPlace, evidence: readonly string[]): DraftStep {
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

function droppedLocally({service, found, from}: EndpointsPlace, evidence: readonly string[]): Pick<DraftStep, 'evidence' | 'outcome' | 'symptom' | 'findings'> {
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

function orphan({service, port, found}: EndpointsPlace) {
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

function unresolvedPort({service, port}: EndpointsPlace, pods: readonly NetPod[]) {
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

function noneReady({service, port}: EndpointsPlace, pods: readonly NetPod[]) {
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
