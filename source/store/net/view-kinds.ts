import type {NetworkTab} from '../../core/net/network-view.ts';
import {otherPolicyApis} from '../../core/net/policy/other-policies.ts';

/** How a kind is read: where, narrowed how, and whether its metadata is all that is wanted. */
export type KindQuestion = Readonly<{kind: string; namespaces?: readonly string[]; fieldSelector?: string; metadataOnly?: boolean}>;

const whole = (...kinds: readonly string[]): readonly KindQuestion[] => kinds.map(kind => ({kind}));

const base = whole('services', 'endpointslices.discovery.k8s.io', 'pods', 'nodes', 'namespaces', 'networkpolicies.networking.k8s.io', 'daemonsets.apps');
/** The system's own settings: the other ConfigMaps of a cluster may weigh hundreds of megabytes. */
const systemSettings: KindQuestion = {kind: 'configmaps', namespaces: ['kube-system', 'kube-flannel']};
const otherPolicies = whole(...otherPolicyApis.map(({kind}) => kind));
const entries = whole(
	'ingresses.networking.k8s.io',
	'ingressclasses.networking.k8s.io',
	'gateways.gateway.networking.k8s.io',
	'gatewayclasses.gateway.networking.k8s.io',
	'httproutes.gateway.networking.k8s.io',
	'grpcroutes.gateway.networking.k8s.io',
	'referencegrants.gateway.networking.k8s.io',
);
const warnings: KindQuestion = {kind: 'events', fieldSelector: 'type=Warning'};
const owners = whole('deployments.apps', 'replicasets.apps', 'statefulsets.apps');

const kinds: Readonly<Record<NetworkTab, readonly KindQuestion[]>> = {
	dns: [...base, systemSettings, ...whole('deployments.apps'), warnings],
	path: [...base, systemSettings, ...otherPolicies, ...entries, ...owners],
	policy: [...base, ...otherPolicies, ...whole('ingresses.networking.k8s.io', 'ingressclasses.networking.k8s.io', 'deployments.apps', 'statefulsets.apps')],
	probes: [...base, systemSettings, {kind: 'leases.coordination.k8s.io', namespaces: ['kube-node-lease']}],
	// Of Secrets only that they are there; what is in them is asked for one by one where it is wanted.
	routes: [...base, ...entries, ...owners, warnings, {kind: 'secrets', metadataOnly: true}],
};

/** What a tab of the network screen reads, and `k8tui net` for the view of the same name. */
export function kindsOfTab(tab: NetworkTab): readonly KindQuestion[] {
	return kinds[tab];
}
