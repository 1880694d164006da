import type {Check} from '../core/check.ts';
import {coverageFinding, whyUnread} from '../core/diagnose/coverage.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetIngress} from '../core/net/net-objects.ts';
import {tlsSecretState} from '../core/net/tls-secrets.ts';
import {refOf, titleOf} from '../core/net/trace/cluster-index.ts';

const heading = {ids: ['INGRESS_AUTH_SECRET_MISSING'], title: 'Secrets that Ingresses ask for logins by exist', family: 'Ingress'};
const annotations = ['auth-secret', 'auth-tls-secret', 'proxy-ssl-secret'].map(name => `nginx.ingress.kubernetes.io/${name}`);

/** diagnosis.md 2.4, check 45. */
export const ingressAuthSecret: Check = {
	...heading,
	reads: ['ingresses.networking.k8s.io'],
	graceMs: 30_000,
	*run(view) {
		const stateOf = tlsSecretState(view);
		let unread = false;
		for (const ingress of view.all<NetIngress>('ingresses.networking.k8s.io')) {
			for (const annotation of annotations) {
				const value = ingress.metadata.annotations?.[annotation];
				if (value === undefined || value === '') continue;
				// `name`, or `namespace/name`.
				const [first = '', second] = value.split('/');
				const [namespace, name] = second === undefined ? [ingress.metadata.namespace ?? '', first] : [first, second];
				const {state} = stateOf(namespace, name);
				if (state === 'unread') unread = true;
				if (state !== 'absent') continue;
				const ref = refOf(ingress);
				yield fault({
					id: 'INGRESS_AUTH_SECRET_MISSING',
					family: 'Ingress',
					severity: 'critical',
					confidence: 'proven',
					subject: ref,
					part: annotation,
					title: `Ingress ${titleOf(ingress)}: Secret ${namespace}/${name} of ${annotation} does not exist, so its hosts answer 503`,
					evidence: [fact(ref, `metadata.annotations[${annotation}]`, `names ${namespace}/${name}`)],
					remedy: [{text: 'See which Secrets there are', command: `kubectl -n ${namespace} get secrets`, changes: false}],
				});
			}
		}
		if (unread) yield coverageFinding(heading, whyUnread(view, ['secrets']) || 'Secrets have not been read');
	},
};
