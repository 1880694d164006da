import type {Check, ClusterView} from '../core/check.ts';
import type {ProbeCell} from '../core/net/cell.ts';
import {fact, fault} from '../core/net/fault.ts';
import {policyEnforcer} from '../core/net/policy/policy-enforcer.ts';
import {networkPolicyKind} from '../core/net/policy/policy-world.ts';
import {refOf, titleOf} from '../core/net/trace/cluster-index.ts';
import {coverageFinding} from '../core/diagnose/coverage.ts';

const heading = {ids: ['NP_NO_ENFORCER'], title: 'the network plugin enforces NetworkPolicies', family: 'NetworkPolicy'};

/** diagnosis.md 2.3, check 38. Whether an unknown plugin enforces is not guessed. */
export const networkPolicyEnforcer: Check = {
	...heading,
	reads: [networkPolicyKind, 'daemonsets.apps', 'nodes'],
	graceMs: 0,
	*run(view) {
		const policies = view.all(networkPolicyKind);
		const [first] = policies;
		if (!first) return;
		const enforcer = policyEnforcer(view);
		if (enforcer.state === 'unknown') yield coverageFinding(heading, enforcer.why);
		if (enforcer.state !== 'not-enforced' || isContradicted(view)) return;
		const [seen] = enforcer.seen;
		yield fault({
			id: 'NP_NO_ENFORCER',
			family: 'NetworkPolicy',
			severity: 'warning',
			confidence: 'likely',
			subject: seen ?? refOf(first),
			title: `${policies.length === 1 ? `NetworkPolicy ${titleOf(first)} is` : `${policies.length} NetworkPolicies are`} there, but ${enforcer.cni} does not enforce them: ${enforcer.why}`,
			evidence: [
				...(seen ? [fact(seen, seen.kind === 'Node' ? 'metadata.annotations' : 'metadata.name', enforcer.why)] : []),
				...policies.slice(0, 5).map(policy => fact(refOf(policy), 'metadata.name', titleOf(policy))),
			],
			remedy: [
				{
					text: 'See which agents run on the nodes; one that enforces policies (kube-network-policies, Calico, Cilium) has to be added',
					command: 'kubectl get daemonsets -A',
					changes: false,
				},
			],
		});
	},
};

/** A probe that was dropped where a policy says so shows that somebody enforces (diagnosis.md 4.5). */
function isContradicted(view: ClusterView): boolean {
	const selected = new Set(view.all(networkPolicyKind).map(({metadata}) => metadata.namespace));
	return ['dns-query', 'tcp-connect'].some(probe => {
		const cells = view.observed<ProbeCell>(probe).flatMap(one => (one.outcome === 'ok' ? [one.facts] : []));
		const of = (namespace: string | undefined): readonly ProbeCell[] =>
			cells.filter(({from, to}) => from.namespace === namespace || to.namespace === namespace);
		return [...selected].some(namespace => of(namespace).some(({transport}) => transport === 'timeout'));
	});
}
