import {humanDuration} from '../core/age.ts';
import type {Check, ClusterView} from '../core/check.ts';
import {conditionOf} from '../core/conditions.ts';
import type {Finding} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';
import {classNameOf, controllerOfClass} from '../core/net/ingress-controllers.ts';
import type {NetIngress} from '../core/net/net-objects.ts';
import {refOf, titleOf} from '../core/net/trace/cluster-index.ts';
import {timestamp} from '../core/timestamp.ts';

/** diagnosis.md 2.4, check 44: only where the controller runs, else that is the finding. */
export const ingressAddress: Check = {
	ids: ['ING_NO_ADDRESS'],
	title: 'Ingresses have an address',
	family: 'Ingress',
	reads: ['ingresses.networking.k8s.io', 'ingressclasses.networking.k8s.io', 'pods'],
	graceMs: 5 * 60_000,
	*run(view) {
		const byClass = Map.groupBy(
			view.all<NetIngress>('ingresses.networking.k8s.io').filter(({metadata}) => metadata.deletionTimestamp === undefined),
			ingress => classNameOf(view, ingress),
		);
		for (const [className, ingresses] of byClass) {
			const {pods} = controllerOfClass(view, className);
			if (!pods.some(({status}) => conditionOf(status?.conditions, 'Ready')?.status === 'True')) continue;
			const without = ingresses.filter(ingress => (ingress.status?.loadBalancer?.ingress ?? []).length === 0);
			const [first] = without;
			if (!first) continue;
			// A controller that writes no address anywhere does so by its settings (no publish-service): told once, as a remark.
			if (without.length === ingresses.length && without.length > 1) yield noneOfClass(className ?? '', first, without.length);
			else for (const ingress of without) yield noAddress(view, ingress);
		}
	},
};

function noAddress(view: ClusterView, ingress: NetIngress): Finding {
	const ref = refOf(ingress);
	const since = timestamp(ingress.metadata.creationTimestamp);
	return fault({
		id: 'ING_NO_ADDRESS',
		family: 'Ingress',
		severity: 'warning',
		confidence: 'proven',
		subject: ref,
		title: `Ingress ${titleOf(ingress)} has no address${since === undefined ? '' : ` after ${humanDuration(Math.max(0, view.now - since))}`}, though its controller runs`,
		...(since === undefined ? {} : {since}),
		evidence: [fact(ref, 'status.loadBalancer.ingress', 'empty')],
		remedy: [{text: 'See what its controller says', command: `kubectl -n ${ref.namespace ?? ''} describe ingress ${ref.name}`, changes: false}],
	});
}

function noneOfClass(className: string, ingress: NetIngress, count: number): Finding {
	const since = timestamp(ingress.metadata.creationTimestamp);
	const ref = {apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', name: className};
	return fault({
		id: 'ING_NO_ADDRESS',
		family: 'Ingress',
		severity: 'info',
		confidence: 'likely',
		subject: ref,
		title: `None of ${count} Ingresses of class ${className} has an address: its controller may not publish any`,
		...(since === undefined ? {} : {since}),
		evidence: [fact(refOf(ingress), 'status.loadBalancer.ingress', 'empty')],
		remedy: [
			{
				text: 'ingress-nginx publishes addresses with --publish-service or on the network of the node; see its arguments',
				command: 'kubectl get deployments,daemonsets -A -o wide',
				changes: false,
			},
		],
	});
}
