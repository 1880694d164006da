import type {ClusterView} from '../../check.ts';
import {fieldAt, fieldsOf, listAt, textAt} from '../../field.ts';
import type {KubeObject, Ref} from '../../kubernetes.ts';
import {labelsMatch, selectorMatches} from '../../label-selector.ts';
import type {EndFacts} from './end-facts.ts';
import {type PolicyDirection, policyDirections} from './network-policy.ts';

type Labels = Readonly<Record<string, string>>;
/** An object of a policy API that is not evaluated; `selects` says yes where it cannot tell. */
export type OtherPolicy = Readonly<{
	ref: Ref;
	api: string;
	directions: readonly PolicyDirection[];
	selects(end: EndFacts, namespaceLabels: Labels | undefined): boolean;
}>;
type Selects = (object: KubeObject, end: EndFacts, namespaceLabels: Labels | undefined) => boolean;
type OtherApi = Readonly<{kind: string; api: string; selects: Selects; directions?: readonly PolicyDirection[]}>;

/** Policy APIs beside NetworkPolicy (diagnosis.md 5.2): kind by qualified plural name, and how the reader knows it. Optional: most clusters have none. */
export const otherPolicyApis: readonly OtherApi[] = [
	{kind: 'adminnetworkpolicies.policy.networking.k8s.io', api: 'AdminNetworkPolicy', selects: adminSelects},
	{kind: 'baselineadminnetworkpolicies.policy.networking.k8s.io', api: 'BaselineAdminNetworkPolicy', selects: adminSelects},
	{kind: 'clusternetworkpolicies.policy.networking.k8s.io', api: 'ClusterNetworkPolicy', selects: adminSelects},
	{kind: 'ciliumnetworkpolicies.cilium.io', api: 'CiliumNetworkPolicy', selects: ciliumSelects},
	{kind: 'ciliumclusterwidenetworkpolicies.cilium.io', api: 'CiliumClusterwideNetworkPolicy', selects: ciliumSelects},
	{kind: 'networkpolicies.crd.projectcalico.org', api: 'Calico NetworkPolicy', selects: inNamespace},
	{kind: 'globalnetworkpolicies.crd.projectcalico.org', api: 'Calico GlobalNetworkPolicy', selects: inNamespace},
	{kind: 'networkpolicies.projectcalico.org', api: 'Calico NetworkPolicy', selects: inNamespace},
	{kind: 'globalnetworkpolicies.projectcalico.org', api: 'Calico GlobalNetworkPolicy', selects: inNamespace},
	{kind: 'networkpolicies.crd.antrea.io', api: 'Antrea NetworkPolicy', selects: inNamespace},
	{kind: 'clusternetworkpolicies.crd.antrea.io', api: 'Antrea ClusterNetworkPolicy', selects: inNamespace},
	{kind: 'authorizationpolicies.security.istio.io', api: 'Istio AuthorizationPolicy', selects: istioSelects, directions: ['ingress']},
];

/** Istio's root namespace: what is there holds for the whole mesh. */
const istioRoot = 'istio-system';

/** Every object of such an API in the cluster. */
export function otherPolicies(view: ClusterView): readonly OtherPolicy[] {
	return otherPolicyApis.flatMap(({kind, api, selects, directions = policyDirections}) =>
		view
			.all(kind)
			// Calico's API shows every NetworkPolicy of Kubernetes once more, under this prefix.
			.filter(({metadata}) => !metadata.name.startsWith('knp.default.'))
			.map(object => {
				const {apiVersion, kind: objectKind, metadata} = object;
				const ref: Ref = {apiVersion, kind: objectKind, name: metadata.name, ...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace})};
				return {ref, api, directions, selects: (end: EndFacts, labels: Labels | undefined) => selects(object, end, labels)};
			}),
	);
}

/** Of its namespace, or of the cluster: whom its own selector language picks there is not read, so anybody may be meant. */
function inNamespace({metadata}: KubeObject, end: EndFacts): boolean {
	return metadata.namespace === undefined || metadata.namespace === end.namespace;
}

/** `spec.subject`: namespaces by a selector, or pods by two. */
function adminSelects(object: KubeObject, end: EndFacts, namespaceLabels: Labels | undefined): boolean {
	const subject = fieldAt(object, 'spec', 'subject');
	const pods = fieldAt(subject, 'pods');
	const place = pods === undefined ? fieldAt(subject, 'namespaces') : fieldAt(pods, 'namespaceSelector');
	if (place === undefined) return true;
	const isPlace = namespaceLabels === undefined || selectorMatches(place, namespaceLabels);
	return isPlace && (pods === undefined || selectorMatches(fieldAt(pods, 'podSelector') ?? {}, end.labels));
}

/** `spec.endpointSelector` of one or several specs; its labels may carry their source: `k8s:app`. A spec for nodes selects no pod. */
function ciliumSelects(object: KubeObject, end: EndFacts): boolean {
	if (!inNamespace(object, end)) return false;
	const specs = [fieldAt(object, 'spec'), ...listAt(object, 'specs')].filter(spec => spec !== undefined);
	return specs.some(spec => {
		const selector = fieldAt(spec, 'endpointSelector');
		if (selector === undefined) return fieldAt(spec, 'nodeSelector') === undefined;
		return selectorMatches(withoutSource(selector), {...end.labels, 'io.kubernetes.pod.namespace': end.namespace});
	});
}

function withoutSource(selector: unknown): unknown {
	const bare = (key: string): string => key.replace(/^(?:k8s|any):/, '');
	const matchLabels = Object.fromEntries(Object.entries(fieldsOf(fieldAt(selector, 'matchLabels'))).map(([key, value]) => [bare(key), value]));
	const matchExpressions = listAt(selector, 'matchExpressions').map(one => ({...fieldsOf(one), key: bare(textAt(one, 'key') ?? '')}));
	return {matchLabels, matchExpressions};
}

/** `spec.selector.matchLabels` in its namespace; without a selector the whole namespace, from the root namespace the whole mesh. */
function istioSelects(object: KubeObject, end: EndFacts): boolean {
	const {namespace} = object.metadata;
	if (namespace !== istioRoot && namespace !== end.namespace) return false;
	return labelsMatch(fieldAt(object, 'spec', 'selector', 'matchLabels') ?? {}, end.labels);
}
