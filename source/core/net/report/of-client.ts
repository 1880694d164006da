import type {ClusterView} from '../../check.ts';
import type {Finding} from '../../finding.ts';
import type {KubeObject} from '../../kubernetes.ts';
import {dnsCluster} from '../dns/dns-cluster.ts';
import {denyingSide, dnsDenial} from '../policy/dns-denial.ts';
import type {PolicySide} from '../policy/policy-answer.ts';
import {policyWorld} from '../policy/policy-world.ts';

/** Faults of single pods: of somebody else's they are no reason why this client fails. */
const ofPods = new Set(['NP_EGRESS_BLOCKS_DNS', 'DNS_HOSTNET_POLICY', 'DNS_POLICY_NONE_INCOMPLETE']);

/** Is it a fault that some pods have and others do not? */
export function isOfSomePods({id, subject}: Finding): boolean {
	return ofPods.has(id) && (subject.kind === 'Pod' || subject.kind === 'NetworkPolicy');
}

/** Tells of faults of some pods whether they hold for this one. A policy cuts off those that it denies, not all that it selects. */
export function holdsFor(pod: KubeObject | undefined, view: ClusterView): (finding: Finding) => boolean {
	if (!pod) return () => false;
	const {name, namespace} = pod.metadata;
	let policies: PolicySide['policies'] | undefined;
	return ({subject}) => {
		if (subject.kind === 'Pod') return subject.name === name && subject.namespace === namespace;
		policies ??= denyingPolicies(pod, view);
		return policies.some(policy => policy.name === subject.name && policy.namespace === subject.namespace);
	};
}

function denyingPolicies(pod: KubeObject, view: ClusterView): PolicySide['policies'] {
	const denial = dnsDenial(policyWorld(view), dnsCluster(view), pod);
	return denial === undefined ? [] : denyingSide(denial.answer).policies;
}
