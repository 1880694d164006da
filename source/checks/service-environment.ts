import type {Check, ClusterView} from '../core/check.ts';
import {fieldAt, listAt, textAt, timeAt} from '../core/field.ts';
import type {Finding} from '../core/finding.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetService} from '../core/net/net-objects.ts';
import {workloadName} from '../core/net/policy/workload-name.ts';
import {hasEnded, refOf, titleOf} from '../core/net/trace/cluster-index.ts';
import {timestamp} from '../core/timestamp.ts';

const mention = /([A-Z][A-Z0-9_]*)_SERVICE_(?:HOST|PORT)\b/g;
const restartable = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** diagnosis.md 2.2, check 30: only where the pod's own spec uses such a variable; its value is never shown. */
export const serviceEnvironment: Check = {
	ids: ['SVC_ENV_STALE'],
	title: 'variables of Services are there for the pods that use them',
	family: 'Service',
	reads: ['services', 'pods'],
	graceMs: 0,
	*run(view) {
		const services = new Map(
			view.all<NetService>('services').map(service => [`${service.metadata.namespace ?? ''}/${variableOf(service.metadata.name)}`, service]),
		);
		for (const pod of view.all('pods')) {
			if (hasEnded(pod) || pod.metadata.deletionTimestamp !== undefined) continue;
			for (const {name, path} of mentions(pod)) {
				const service = services.get(`${pod.metadata.namespace ?? ''}/${name}`);
				const why = service && staleWhy(pod, service);
				if (service && why !== undefined) yield stale(view, {pod, service, path, why});
			}
		}
	},
};

/** `redis-main` becomes `REDIS_MAIN` (kubelet envvars). */
function variableOf(service: string): string {
	return service.toUpperCase().replaceAll('-', '_');
}

/** Every Service that the pod's command, arguments or variables ask for by such a name, once. */
function mentions(pod: KubeObject): ReadonlyArray<Readonly<{name: string; path: string}>> {
	const found = new Map<string, string>();
	for (const [index, container] of listAt(pod, 'spec', 'containers').entries()) {
		const texts = [
			...listAt(container, 'command').map(text => ['command', text] as const),
			...listAt(container, 'args').map(text => ['args', text] as const),
			...listAt(container, 'env').map(variable => ['env', textAt(variable, 'value') ?? ''] as const),
		];
		for (const [field, text] of texts) {
			for (const [, name = ''] of String(text).matchAll(mention)) if (!found.has(name)) found.set(name, `spec.containers[${index}].${field}`);
		}
	}
	return [...found].map(([name, path]) => ({name, path}));
}

function staleWhy(pod: KubeObject, service: NetService): string | undefined {
	if (fieldAt(pod, 'spec', 'enableServiceLinks') === false) return 'enableServiceLinks is false';
	// A headless Service has no variables.
	if (service.spec?.clusterIP === 'None') return `Service ${service.metadata.name} is headless and has none`;
	const [started, created] = [timeAt(pod, 'status', 'startTime'), timestamp(service.metadata.creationTimestamp)];
	return started !== undefined && created !== undefined && created > started ? `it started before Service ${service.metadata.name} was made` : undefined;
}

type Stale = Readonly<{pod: KubeObject; service: NetService; path: string; why: string}>;

function stale(view: ClusterView, {pod, service, path, why}: Stale): Finding {
	const [ref, variable] = [refOf(pod), `${variableOf(service.metadata.name)}_SERVICE_HOST`];
	const name = `${service.metadata.name}.${service.metadata.namespace ?? ''}.svc.${view.clusterDomain}`;
	const owner = pod.metadata.ownerReferences?.find(({controller}) => controller === true);
	const kind = owner?.kind === 'ReplicaSet' ? 'Deployment' : owner?.kind;
	const restart =
		kind !== undefined && restartable.has(kind)
			? `kubectl -n ${ref.namespace ?? ''} rollout restart ${kind.toLowerCase()} ${workloadName(pod)}`
			: `kubectl -n ${ref.namespace ?? ''} delete pod ${ref.name}`;
	return fault({
		id: 'SVC_ENV_STALE',
		family: 'Service',
		severity: 'info',
		confidence: 'likely',
		subject: ref,
		part: service.metadata.name,
		title: `Pod ${titleOf(pod)} asks for ${variable}, which is missing or old: ${why}`,
		evidence: [fact(ref, path, `mentions ${variable}`), fact(refOf(service), 'metadata.creationTimestamp', service.metadata.creationTimestamp ?? 'not known')],
		remedy: [{text: `Use the name ${name} instead, or start the pod again`, command: restart, changes: true}],
	});
}
