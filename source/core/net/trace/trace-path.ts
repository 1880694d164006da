import type {ClusterView} from '../../check.ts';
import type {Ref} from '../../kubernetes.ts';
import type {NetPod, NetService, ServicePort} from '../net-objects.ts';
import {type ClusterIndex, clusterIndex, isHeadless, podAddresses, refOf, serviceAddresses, titleOf} from './cluster-index.ts';
import {type Destination, readDestination} from './destination.ts';
import type {DraftStep} from './draft.ts';
import {candidateEndpoints, declares} from './endpoints.ts';
import {endpointsStep} from './endpoints-step.ts';
import {nearestPods, selectedPods} from './selected-pods.ts';
import {gatewaySteps} from './gateway-step.ts';
import {type EntryResult, ingressSteps} from './ingress-step.ts';
import {type Located, locate, type ServiceEntry} from './locate.ts';
import {noObjectStep, noPortStep, outsideSteps, podStep} from './other-steps.ts';
import {nameStep, wrongNameStep} from './name-step.ts';
import {containerStep, podsStep} from './pod-steps.ts';
import {outsideSender, podSender, policyStep, type Sender, withPolicies} from './policy-step.ts';
import {choosePort, protocolOf, resolveTarget, targetPortOf} from './service-port.ts';
import {entryStep, externalNameStep, serviceStep} from './service-step.ts';
import {type Draft, settle} from './settle.ts';
import type {Trace, TraceEndpoint, TraceQuestion} from './trace.ts';

type Place = Readonly<{from: NetPod | undefined; index: ClusterIndex; destination: Destination; namespace: string}>;

/** Aliases lead to aliases; a chain longer than this is a circle. */
const mostAliases = 4;

/**
 * Follows the way from a client to a container over the objects, step by step (diagnosis.md 5.1). The first step that cannot work is
 * the break; what comes after it is told as a prediction. A destination that cannot be read gives a path of one unknown step.
 */
export function tracePath(view: ClusterView, question: TraceQuestion): Trace {
	const {from} = question;
	const read = readDestination(question.destination);
	if (!read.ok)
		return settle(
			{steps: [{title: 'Target', state: 'unknown', evidence: [read.refusal], outcome: 'unknown'}], subject: nameRef('', question.destination)},
			question,
		);
	const index = clusterIndex(view);
	const namespace = from?.metadata.namespace ?? question.namespace;
	const place = {from, index, destination: read.destination, namespace};
	return settle(draftOf(locate(read.destination, namespace, index), place), question, read.destination);
}

function draftOf(located: Located, place: Place): Draft {
	const {index, from, destination} = place;
	switch (located.type) {
		case 'service':
			return ofService(located, place);
		case 'pod':
			return ofPod(located, place);
		case 'ingress':
			return throughEntry(ingressSteps(located.ingress, located, index), refOf(located.ingress), place);
		case 'route':
			return throughEntry(gatewaySteps(located.route, located, index), refOf(located.route), place);
		case 'no-name':
			return {steps: [wrongNameStep(located.name, located.namespace, index)], subject: nameRef(located.namespace, located.name)};
		case 'no-object':
			return {
				steps: [noObjectStep(located, index)],
				subject: {
					apiVersion: located.apiVersion,
					kind: located.kind,
					name: located.name,
					...(located.namespace === undefined ? {} : {namespace: located.namespace}),
				},
			};
		case 'no-port':
			return {steps: [noPortStep(located.node, located.port)], subject: refOf(located.node)};
		case 'outside':
			return {steps: outsideSteps(located, from, index), subject: nameRef('', destination.host), addresses: located.isAddress ? [located.host] : []};
		case 'unread':
			return {
				steps: [
					{
						title: 'Target',
						state: 'unknown',
						evidence: [`${located.what}: ${located.why}`],
						outcome: 'unknown',
						notChecked: [{what: located.what, why: located.why}],
					},
				],
				subject: nameRef(place.namespace, destination.host),
			};
	}
}

type ServicePlace = Readonly<{service: NetService; port?: string; dnsName?: string; entry: ServiceEntry}>;

/** DNS, what lets traffic in, the Service, its endpoints, their pods, the container, the policies. */
function ofService(found: ServicePlace, place: Place, aliases = 0): Draft {
	const {service, entry, dnsName} = found;
	const {from, index} = place;
	const subject = refOf(service);
	if (service.spec?.type === 'ExternalName') return ofAlias(found, place, aliases);
	const choice = choosePort(service, found.port);
	const {port} = choice;
	const candidates = port ? candidateEndpoints({service, port, entry, from, index}) : undefined;
	const sender = senderOf(from);
	const endpoints = candidates ? withPolicies(candidates.endpoints, sender, index) : [];
	const named = dnsName === undefined || (!from && entry.type !== 'cluster-ip') ? [] : [nameStep({dnsName, service, endpoints, from, index})];
	const entered = entryStep(service, entry, {index, isOutside: from === undefined});
	const behind = port && candidates ? behindService({service, port, endpoints}, {candidates, place, sender}) : [];
	return {
		steps: [...named, ...(entered ? [entered] : []), serviceStep(service, choice), ...behind],
		subject,
		service,
		...(port ? {servicePort: port} : {}),
		...(dnsName === undefined ? {} : {dnsName}),
		addresses: isHeadless(service) ? endpoints.filter(({ready}) => ready).map(({address}) => address) : entryAddresses(service, entry),
		endpoints,
	};
}

type Behind = Readonly<{candidates: ReturnType<typeof candidateEndpoints>; place: Place; sender: Sender}>;
type Chosen = Readonly<{service: NetService; port: ServicePort; endpoints: readonly TraceEndpoint[]}>;

function behindService({service, port, endpoints}: Chosen, {candidates, place: {from, index}, sender}: Behind): readonly DraftStep[] {
	const used = endpoints.filter(one => one.used);
	const reached = used.flatMap(({pod}) => pod ?? []);
	// Below a break the pods that are meant are shown, so that one sees what would come next.
	const selected = used.length > 0 ? reached : selectedPods(service, index);
	const meant = selected.length > 0 ? selected : nearestPods(service, index);
	const predicted = used.length > 0 ? used : meant.map(pod => predictedEndpoint(pod, port));
	return [
		endpointsStep({service, port, found: {...candidates, endpoints}, from, index}),
		podsStep(meant, index),
		containerStep(service, port, predicted),
		policyStep(endpoints, {sender, subject: refOf(service), destination: `${titleOf(service)}:${port.port}`, index}),
	];
}

function predictedEndpoint(pod: NetPod, port: ServicePort): TraceEndpoint {
	const number = resolveTarget(pod, targetPortOf(port), protocolOf(port));
	const declared = declares(pod, number, protocolOf(port));
	return {
		address: podAddresses(pod)[0] ?? '',
		...(number === undefined ? {} : {port: number}),
		protocol: protocolOf(port),
		ready: false,
		serving: false,
		terminating: false,
		used: false,
		pod,
		...(declared === undefined ? {} : {declared}),
	};
}

function entryAddresses(service: NetService, entry: ServiceEntry): readonly string[] {
	return entry.type !== 'cluster-ip' && entry.address !== undefined ? [entry.address] : serviceAddresses(service);
}

function ofAlias(found: ServicePlace, place: Place, aliases: number): Draft {
	const {service} = found;
	const {step, next} = externalNameStep(service, place.index);
	const subject = refOf(service);
	if (step.state === 'broken') return {steps: [step], subject, service};
	if (aliases >= mostAliases)
		return {
			steps: [{...step, state: 'broken', evidence: ['its alias leads round in a circle'], outcome: 'name-unresolved', symptom: 'the name is not found'}],
			subject,
			service,
		};
	if (next) {
		const {port} = found;
		const rest = ofService(
			{
				service: next,
				entry: {type: 'cluster-ip'},
				...(port === undefined ? {} : {port}),
				dnsName: `${next.metadata.name}.${next.metadata.namespace ?? ''}.svc.${place.index.view.clusterDomain}.`,
			},
			place,
			aliases + 1,
		);
		return {...rest, steps: [step, ...rest.steps]};
	}
	const host = service.spec?.externalName ?? '';
	return {steps: [step, ...outsideSteps({host, isAddress: false}, place.from, place.index)], subject, service};
}

/** Behind an Ingress or a Gateway the sender is its controller, whose pods are not always known: then policies see somebody unknown. */
function throughEntry(entry: EntryResult, subject: Ref, place: Place): Draft {
	const {service, port} = entry;
	if (!service) return {steps: entry.steps, subject};
	const rest = ofService({service, entry: {type: 'cluster-ip'}, ...(port === undefined ? {} : {port})}, {...place, from: controllerPod(place.index)});
	return {...rest, steps: [...entry.steps, ...rest.steps]};
}

const controllers = /(?:ingress-nginx|nginx-ingress|traefik|haproxy-ingress|contour|envoy|kong|istio-ingressgateway|cilium-gateway)/;

/** A running pod of an ingress controller, by the labels that the usual ones have. */
function controllerPod({view}: ClusterIndex): NetPod | undefined {
	return view.all<NetPod>('pods').find(({metadata, status}) => {
		const {labels = {}} = metadata;
		const name = labels['app.kubernetes.io/name'] ?? labels['app'] ?? '';
		const isController = labels['app.kubernetes.io/component'] !== 'defaultbackend' && controllers.test(name);
		return isController && status?.phase === 'Running';
	});
}

function ofPod({pod, port, hostPort, dnsName}: Extract<Located, {type: 'pod'}>, {from, index}: Place): Draft {
	const number = port === undefined ? undefined : Number(port);
	const step = podStep(pod, {port, hostPort, index});
	const declared = declares(pod, number, 'TCP');
	const endpoint: TraceEndpoint = {
		address: podAddresses(pod)[0] ?? '',
		...(number === undefined || Number.isNaN(number) ? {} : {port: number}),
		protocol: 'TCP',
		ready: step.state !== 'broken',
		serving: true,
		terminating: pod.metadata.deletionTimestamp !== undefined,
		used: true,
		pod,
		...(pod.spec?.nodeName === undefined ? {} : {node: pod.spec.nodeName}),
		...(declared === undefined ? {} : {declared}),
	};
	const sender = senderOf(from);
	const endpoints = withPolicies([endpoint], sender, index);
	const named =
		dnsName === undefined ? [] : [{title: 'DNS', state: 'ok' as const, evidence: [`${dnsName.replace(/\.$/, '')} -> ${endpoint.address} (predicted)`]}];
	const steps = [
		...named,
		step,
		containerStep(undefined, undefined, endpoints),
		policyStep(endpoints, {sender, subject: refOf(pod), destination: `${titleOf(pod)}${port === undefined ? '' : `:${port}`}`, index}),
	];
	return {steps, subject: refOf(pod), endpoints, addresses: podAddresses(pod), ...(dnsName === undefined ? {} : {dnsName})};
}

function senderOf(from: NetPod | undefined): Sender {
	return from ? podSender(from) : outsideSender;
}

function nameRef(namespace: string, name: string): Ref {
	return {apiVersion: 'v1', kind: 'Service', ...(namespace === '' ? {} : {namespace}), name};
}
