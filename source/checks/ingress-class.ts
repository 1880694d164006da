import type {Check, ClusterView} from '../core/check.ts';
import type {Finding} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';
import {classAnnotation, classNameOf} from '../core/net/ingress-controllers.ts';
import type {NetIngress} from '../core/net/net-objects.ts';
import {refOf, titleOf} from '../core/net/trace/cluster-index.ts';
import {proposal} from '../core/nearest.ts';
import {timestamp} from '../core/timestamp.ts';

/** diagnosis.md 2.4, check 39. */
export const ingressClass: Check = {
	ids: ['ING_CLASS_MISSING'],
	title: 'Ingresses have a class that exists',
	family: 'Ingress',
	reads: ['ingresses.networking.k8s.io', 'ingressclasses.networking.k8s.io'],
	graceMs: 2 * 60_000,
	*run(view) {
		const classes = view.all('ingressclasses.networking.k8s.io').map(({metadata}) => metadata.name);
		for (const ingress of view.all<NetIngress>('ingresses.networking.k8s.io')) {
			const name = classNameOf(view, ingress);
			// Whoever gave it an address serves it, with or without a class; the old annotation needs no IngressClass.
			const isServed = (ingress.status?.loadBalancer?.ingress ?? []).length > 0;
			const isOld = ingress.spec?.ingressClassName === undefined && ingress.metadata.annotations?.[classAnnotation] !== undefined;
			if (isServed || isOld || (name !== undefined && classes.includes(name))) continue;
			yield missing(view, ingress, name, classes);
		}
	},
};

function missing(view: ClusterView, ingress: NetIngress, name: string | undefined, classes: readonly string[]): Finding {
	const ref = refOf(ingress);
	const since = timestamp(ingress.metadata.creationTimestamp);
	const [only] = classes.length === 1 ? classes : [];
	const near = name === undefined ? '' : proposal(name, classes);
	const wanted = only ?? /Did you mean (\S+)\?/.exec(near)?.[1] ?? classes[0];
	const title =
		name === undefined
			? `Ingress ${titleOf(ingress)} names no class, and none is the default`
			: `Ingress ${titleOf(ingress)}: there is no IngressClass ${name}`;
	return fault({
		id: 'ING_CLASS_MISSING',
		family: 'Ingress',
		severity: 'critical',
		confidence: 'proven',
		subject: ref,
		title: near === '' ? title : `${title}.${near}`,
		...(since === undefined ? {} : {since: Math.min(since, view.now)}),
		evidence: [fact(ref, 'spec.ingressClassName', name ?? ''), fact(ref, 'ingressclasses', classes.join(', ') || 'none')],
		remedy:
			wanted === undefined
				? [{text: 'See which classes there are: an Ingress controller brings its own', command: 'kubectl get ingressclasses', changes: false}]
				: [
						{
							text: `Use class ${wanted}`,
							command: `kubectl -n ${ref.namespace ?? ''} patch ingress ${ref.name} -p '{"spec":{"ingressClassName":"${wanted}"}}'`,
							changes: true,
						},
					],
	});
}
