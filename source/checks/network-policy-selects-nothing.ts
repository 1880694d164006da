import type {Check} from '../core/check.ts';
import {labelSelectorText, selectorMatches} from '../core/label-selector.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetPod} from '../core/net/net-objects.ts';
import type {NetworkPolicy} from '../core/net/policy/network-policy.ts';
import {networkPolicyKind} from '../core/net/policy/policy-world.ts';
import {ownersOfSelector} from '../core/net/template-owners.ts';
import {hasEnded, refOf, titleOf} from '../core/net/trace/cluster-index.ts';
import {selectorMiss} from '../core/net/trace/near-miss.ts';
import {timestamp} from '../core/timestamp.ts';

/** diagnosis.md 2.3, check 36. A template that matches counts as a pod: a workload that is scaled to 0 is no mistake. */
export const networkPolicySelectsNothing: Check = {
	ids: ['NP_SELECTS_NOTHING'],
	title: 'every NetworkPolicy selects pods',
	family: 'NetworkPolicy',
	reads: [networkPolicyKind, 'pods'],
	graceMs: 10 * 60_000,
	*run(view) {
		const byNamespace = Map.groupBy(view.all<NetPod>('pods'), ({metadata}) => metadata.namespace ?? '');
		for (const policy of view.all<NetworkPolicy>(networkPolicyKind)) {
			const text = labelSelectorText(policy.spec?.podSelector) ?? '';
			const namespace = policy.metadata.namespace ?? '';
			const pods = (byNamespace.get(namespace) ?? []).filter(pod => !hasEnded(pod));
			if (text === '' || pods.some(({metadata}) => selectorMatches(policy.spec?.podSelector, metadata.labels ?? {}))) continue;
			if (ownersOfSelector(view, namespace, policy.spec?.podSelector).length > 0) continue;
			const ref = refOf(policy);
			const since = timestamp(policy.metadata.creationTimestamp);
			const miss = selectorMiss(policy.spec?.podSelector?.matchLabels ?? {}, pods);
			const near = miss?.has === undefined ? '' : `; nearest: pods with ${miss.label}=${miss.has}`;
			yield fault({
				id: 'NP_SELECTS_NOTHING',
				family: 'NetworkPolicy',
				severity: 'info',
				confidence: 'proven',
				subject: ref,
				title: `NetworkPolicy ${titleOf(policy)} selects no pod (${text})${near}`,
				...(since === undefined ? {} : {since}),
				evidence: [fact(ref, 'spec.podSelector', text), fact(ref, `pods in ${namespace}`, String(pods.length))],
				remedy: [{text: 'Compare its selector with the labels of the pods', command: `kubectl -n ${namespace} get pods --show-labels`, changes: false}],
			});
		}
	},
};
