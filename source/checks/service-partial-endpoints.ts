import type {Check, ClusterView} from '../core/check.ts';
import {conditionOf} from '../core/conditions.ts';
import {fieldAt, numberAt} from '../core/field.ts';
import type {Finding} from '../core/finding.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import {fact, fault} from '../core/net/fault.ts';
import {unreadySince} from '../core/net/unready-since.ts';
import type {NetPod} from '../core/net/net-objects.ts';
import {type ServiceFacts, serviceFacts} from '../core/net/service-facts.ts';
import {ownersOfLabels} from '../core/net/template-owners.ts';
import {refOf} from '../core/net/trace/cluster-index.ts';
import {podTrouble} from '../core/net/trace/pod-trouble.ts';
import {timestamp} from '../core/timestamp.ts';

/** diagnosis.md 2.2, check 21. */
export const servicePartialEndpoints: Check = {
	ids: ['SVC_PARTIAL_READY'],
	title: 'all endpoints of Services are ready',
	family: 'Service',
	reads: ['services', 'endpointslices.discovery.k8s.io', 'pods'],
	graceMs: 5 * 60_000,
	*run(view) {
		for (const facts of serviceFacts(view)) {
			const unready = facts.pods.filter(pod => pod.metadata.deletionTimestamp === undefined && !isReady(pod));
			const total = facts.endpoints.filter(({conditions}) => conditions?.terminating !== true).length;
			if (facts.ready === 0 || facts.ready >= total || unready.length === 0 || facts.service.spec?.publishNotReadyAddresses === true) continue;
			if (!ownersOfLabels(view, facts.namespace, facts.selector).some(({object}) => isRolling(object))) yield partial(view, facts, unready, total);
		}
	},
};

function isReady({status}: NetPod): boolean {
	return conditionOf(status?.conditions, 'Ready')?.status === 'True';
}

/** A rollout is under way while not every replica is of the newest template, or the controller has not looked yet. */
function isRolling(object: KubeObject): boolean {
	const wanted = numberAt(object, 'spec', 'replicas') ?? numberAt(object, 'status', 'desiredNumberScheduled');
	const updated = numberAt(object, 'status', 'updatedReplicas') ?? numberAt(object, 'status', 'updatedNumberScheduled');
	const observed = numberAt(object, 'status', 'observedGeneration');
	if (observed !== undefined && (object.metadata.generation ?? 0) > observed) return true;
	return fieldAt(object, 'status') !== undefined && wanted !== undefined && updated !== undefined && updated < wanted;
}

function partial(view: ClusterView, {ref, title, namespace, ready}: ServiceFacts, unready: readonly NetPod[], total: number): Finding {
	const moments = unready.flatMap(pod => unreadySince(pod) ?? timestamp(pod.metadata.creationTimestamp) ?? []);
	const [worst] = unready;
	return fault({
		id: 'SVC_PARTIAL_READY',
		family: 'Service',
		severity: 'warning',
		confidence: 'proven',
		subject: ref,
		title: `Service ${title} has ${ready} of ${total} endpoints ready`,
		...(moments.length === 0 ? {} : {since: Math.min(view.now, ...moments)}),
		evidence: [
			fact(ref, 'endpointslices', `${ready} ready of ${total}`),
			...unready.slice(0, 6).map(pod => fact(refOf(pod), 'status', `${pod.metadata.name}: ${podTrouble(pod)}`)),
		],
		remedy: [{text: 'See why the pod is not ready', command: `kubectl -n ${namespace} describe pod ${worst?.metadata.name ?? ''}`, changes: false}],
	});
}
