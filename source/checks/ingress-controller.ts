import type {Check, ClusterView} from '../core/check.ts';
import {conditionOf} from '../core/conditions.ts';
import {coverageFinding} from '../core/diagnose/coverage.ts';
import type {Finding} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';
import {allUnreadySince} from '../core/net/unready-since.ts';
import {classNameOf, controllerOfClass, type ControllerOf} from '../core/net/ingress-controllers.ts';
import type {NetIngress, NetPod} from '../core/net/net-objects.ts';
import {refOf} from '../core/net/trace/cluster-index.ts';
import {counted} from '../core/net/trace/draft.ts';
import {podTrouble} from '../core/net/trace/pod-trouble.ts';

const heading = {ids: ['ING_CONTROLLER_DOWN'], title: 'the controllers of Ingress classes run', family: 'Ingress'};

/** diagnosis.md 2.4, check 43. */
export const ingressController: Check = {
	...heading,
	reads: ['ingresses.networking.k8s.io', 'ingressclasses.networking.k8s.io', 'pods'],
	graceMs: 30_000,
	*run(view) {
		const byClass = Map.groupBy(view.all<NetIngress>('ingresses.networking.k8s.io'), ingress => classNameOf(view, ingress));
		const unknown: string[] = [];
		for (const [className, ingresses] of byClass) {
			const found = controllerOfClass(view, className);
			// A class that is not there is another finding.
			if (className === undefined || (!found.object && found.controller === undefined)) continue;
			const ready = found.pods.filter(isReady).length;
			if (ready > 0) continue;
			if (found.outside || found.pods.length === 0) unknown.push(`${className} (${found.title ?? found.controller ?? 'controller not known'})`);
			else yield down(view, found, ingresses);
		}
		if (unknown.length > 0)
			yield coverageFinding(heading, `no controller pods were found for ${unknown.join(', ')}: it may run outside the cluster or under other labels`);
	},
};

function isReady({status, metadata}: NetPod): boolean {
	return metadata.deletionTimestamp === undefined && conditionOf(status?.conditions, 'Ready')?.status === 'True';
}

function down(view: ClusterView, {className, object, controller, title, pods}: ControllerOf, ingresses: readonly NetIngress[]): Finding {
	const [first] = pods;
	const ref = object ? refOf(object) : {apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', name: className ?? ''};
	const since = allUnreadySince(pods, view.now);
	return fault({
		id: 'ING_CONTROLLER_DOWN',
		family: 'Ingress',
		severity: 'critical',
		confidence: 'likely',
		subject: ref,
		title: `Ingress class ${className ?? ''}: none of ${counted(pods.length, 'pod')} of ${title ?? controller ?? 'its controller'} is ready, so ${counted(ingresses.length, 'Ingress').replace('Ingresss', 'Ingresses')} ${ingresses.length === 1 ? 'is' : 'are'} not served`,
		...(since === undefined ? {} : {since}),
		evidence: [
			fact(ref, 'spec.controller', controller ?? ''),
			...pods.slice(0, 5).map(pod => fact(refOf(pod), 'status', `${pod.metadata.name}: ${podTrouble(pod)}`)),
		],
		remedy: first
			? [{text: 'See why it is not ready', command: `kubectl -n ${first.metadata.namespace ?? ''} describe pod ${first.metadata.name}`, changes: false}]
			: [],
	});
}
