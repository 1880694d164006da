import {listAt, textAt} from '../../field.ts';
import type {Ref} from '../../kubernetes.ts';
import {fact} from '../fault.ts';
import {nearest} from '../../nearest.ts';
import type {NetPod, NetService} from '../net-objects.ts';
import {type ClusterIndex, isHeadless, refOf, serviceAddresses, titleOf} from './cluster-index.ts';
import {type DraftStep, traceFinding} from './draft.ts';
import {nearNames} from './near-miss.ts';
import type {TraceEndpoint} from './trace.ts';

type Named = Readonly<{dnsName: string; service: NetService; endpoints: readonly TraceEndpoint[]; from: NetPod | undefined; index: ClusterIndex}>;

/** What the cluster's DNS will answer this client, by the objects. */
export function nameStep({dnsName, service, endpoints, from, index}: Named): DraftStep {
	const resolver = from ? resolverFault(from, index) : undefined;
	if (resolver) return resolver;
	const answer = predictedAnswer(service, endpoints);
	return {title: 'DNS', state: 'ok', evidence: [`${dnsName.replace(/\.$/, '')} -> ${answer} (predicted)`], ref: refOf(service)};
}

function predictedAnswer(service: NetService, endpoints: readonly TraceEndpoint[]): string {
	if (service.spec?.type === 'ExternalName') return `CNAME ${service.spec.externalName ?? ''}`;
	if (!isHeadless(service)) return serviceAddresses(service).join(', ');
	const published = endpoints.filter(({ready}) => ready || service.spec?.publishNotReadyAddresses === true);
	if (published.length === 0) return 'NXDOMAIN: a headless Service without ready endpoints has no address';
	return `${published.length} addresses of ready pods (headless): ${published
		.slice(0, 4)
		.map(({address}) => address)
		.join(', ')}${published.length > 4 ? ' ...' : ''}`;
}

/** A client that does not ask the cluster's DNS at all: by its dnsPolicy (diagnosis.md, checks 13 and 14). */
function resolverFault(from: NetPod, index: ClusterIndex): DraftStep | undefined {
	const policy = textAt(from, 'spec', 'dnsPolicy') ?? 'ClusterFirst';
	const isHost = from.spec?.hostNetwork === true;
	const subject = refOf(from);
	const isAway = policy === 'Default' || (policy === 'ClusterFirst' && isHost);
	const nameservers = listAt(from, 'spec', 'dnsConfig', 'nameservers').map(String);
	const ours = index.services.filter(({metadata}) => metadata.labels?.['k8s-app'] === 'kube-dns').flatMap(serviceAddresses);
	const isIncomplete = policy === 'None' && ours.length > 0 && !nameservers.some(address => ours.includes(address) || address.startsWith('169.254.'));
	if (!isAway && !isIncomplete) return undefined;
	const why = isAway
		? `${titleOf(from)} has dnsPolicy ${policy}${isHost ? ' and the network of its node' : ''}, so it asks its node's resolver, which does not know names of the cluster`
		: `${titleOf(from)} has dnsPolicy None and asks ${nameservers.join(', ') || 'nobody'}, not the cluster's DNS`;
	return {
		title: 'DNS',
		state: 'broken',
		evidence: [why],
		ref: subject,
		outcome: 'name-unresolved',
		symptom: 'the name is not found',
		findings: [
			traceFinding({
				id: isAway ? 'DNS_HOSTNET_POLICY' : 'DNS_POLICY_NONE_INCOMPLETE',
				subject,
				title: why,
				evidence: [fact(subject, 'spec.dnsPolicy', policy), ...(isHost ? [fact(subject, 'spec.hostNetwork', 'true')] : [])],
				remedy: [
					{
						text: isHost ? 'Set dnsPolicy ClusterFirstWithHostNet in the pod template' : 'Set dnsPolicy ClusterFirst in the pod template',
						command: `kubectl -n ${subject.namespace ?? ''} get pod ${subject.name} -o jsonpath='{.metadata.ownerReferences}'`,
						changes: false,
					},
				],
			}),
		],
	};
}

/** A name that nothing in the cluster has: what may have been meant. */
export function wrongNameStep(name: string, namespace: string, index: ClusterIndex): DraftStep {
	const subject: Ref = {apiVersion: 'v1', kind: 'Service', namespace, name};
	const all = index.services.map(({metadata}) => ({name: metadata.name, namespace: metadata.namespace ?? ''}));
	const isThere = index.namespaces === undefined || index.namespaces.includes(namespace);
	const nearSpace = isThere ? undefined : nearest(namespace, index.namespaces ?? []);
	const atNear = nearSpace !== undefined && all.some(one => one.name === name && one.namespace === nearSpace) ? [`${name}.${nearSpace}`] : [];
	const near = [...new Set([...atNear, ...nearNames(name, namespace, all)])];
	const missing = isThere ? `there is no Service ${name} in namespace ${namespace}` : `there is no namespace ${namespace}`;
	const hint = near.length > 0 ? `; nearest: ${near.join(', ')}` : nearSpace === undefined ? '' : `; nearest namespace: ${nearSpace}`;
	const [first] = near;
	const [meant = '', place = ''] = first?.split('.') ?? [];
	return {
		title: 'DNS',
		state: 'broken',
		evidence: [`${name}.${namespace}.svc.${index.view.clusterDomain} -> NXDOMAIN (predicted)`, `${missing}${hint}`],
		outcome: 'name-unresolved',
		symptom: 'the name is not found (NXDOMAIN)',
		findings: [
			traceFinding({
				id: 'DNS_NAME_WRONG',
				confidence: 'proven',
				subject,
				title: `${name}.${namespace} resolves to nothing: ${missing}${hint}`,
				evidence: [
					fact(
						subject,
						isThere ? `services in ${namespace}` : 'namespaces',
						isThere
							? `${all.filter(one => one.namespace === namespace).length} Services, none of this name`
							: `${index.namespaces?.length ?? 0} namespaces, none of this name`,
					),
					...near.map(one => fact(subject, 'nearest', one)),
				],
				remedy:
					first === undefined
						? [{text: 'See which Services there are', command: isThere ? `kubectl -n ${namespace} get services` : 'kubectl get services -A', changes: false}]
						: [{text: `Ask for ${first} instead`, command: `kubectl -n ${place} get service ${meant}`, changes: false}],
			}),
		],
	};
}
