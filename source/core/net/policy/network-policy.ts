import type {KubeObject} from '../../kubernetes.ts';

/** A LabelSelector as served; read by core/label-selector.ts. */
export type Selector = Readonly<{matchLabels?: Readonly<Record<string, string>>; matchExpressions?: readonly unknown[]}>;

/** One element of `from` or `to`: selectors in one element are ANDed; elements are ORed. */
export type PolicyPeer = Readonly<{
	podSelector?: Selector;
	namespaceSelector?: Selector;
	ipBlock?: Readonly<{cidr: string; except?: readonly string[]}>;
}>;

/** `port` absent: every port of the protocol. `endPort` makes a range of a numeric port. */
export type PolicyPort = Readonly<{protocol?: string; port?: number | string; endPort?: number}>;

/** `peers` is `from` or `to`; null and absent mean the same as an empty list. */
export type PolicyRule = Readonly<{from?: readonly PolicyPeer[] | null; to?: readonly PolicyPeer[] | null; ports?: readonly PolicyPort[] | null}>;

export const policyDirections = ['egress', 'ingress'] as const;
export type PolicyDirection = (typeof policyDirections)[number];

/** What k8tui reads of a NetworkPolicy (networking.k8s.io/v1). */
export type NetworkPolicy = KubeObject &
	Readonly<{
		spec?: Readonly<{
			podSelector?: Selector;
			policyTypes?: readonly string[] | null;
			ingress?: readonly PolicyRule[] | null;
			egress?: readonly PolicyRule[] | null;
		}>;
	}>;

/**
 * Does the policy say anything about this direction? Without policyTypes: ingress always, egress where it has an egress rule. So the API server
 * fills the field in (measured at 1.34: `egress: []` alone gives Ingress), and what is not applied yet is judged as it will be.
 */
export function policyApplies({spec}: NetworkPolicy, direction: PolicyDirection): boolean {
	const types = spec?.policyTypes ?? [];
	if (types.length > 0) return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
	return direction === 'ingress' || (spec?.egress ?? []).length > 0;
}

/** The rules of one direction, in the order of the file. */
export function policyRules({spec}: NetworkPolicy, direction: PolicyDirection): readonly PolicyRule[] {
	const rules = direction === 'ingress' ? spec?.ingress : spec?.egress;
	return Array.isArray(rules) ? rules : [];
}

/** `from` of an ingress rule, `to` of an egress rule; empty: everybody. */
export function rulePeers(rule: PolicyRule, direction: PolicyDirection): readonly PolicyPeer[] {
	return (direction === 'ingress' ? rule.from : rule.to) ?? [];
}
