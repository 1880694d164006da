import type {Check, ClusterView} from '../core/check.ts';
import {textPairsAt} from '../core/field.ts';
import type {Evidence, Finding, Remedy} from '../core/finding.ts';
import {routedServices} from '../core/net/entry-backends.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetPod} from '../core/net/net-objects.ts';
import {selectorText, type ServiceFacts, serviceFacts} from '../core/net/service-facts.ts';
import {ownersOfLabels} from '../core/net/template-owners.ts';
import {counted} from '../core/net/trace/draft.ts';
import {hasEnded, refOf} from '../core/net/trace/cluster-index.ts';
import {keyOfValue, selectorMiss, type SelectorMiss} from '../core/net/trace/near-miss.ts';
import {timestamp} from '../core/timestamp.ts';

/** Services of leader election carry no traffic; their selectors, where they have any, are history. */
const leaderAnnotation = 'control-plane.alpha.kubernetes.io/leader';

/** diagnosis.md 2.2, check 19. */
export const serviceSelector: Check = {
	ids: ['SVC_SELECTOR_NO_POD'],
	title: 'every Service selector matches pods',
	family: 'Service',
	reads: ['services', 'pods'],
	graceMs: 60_000,
	*run(view) {
		const byNamespace = Map.groupBy(view.all<NetPod>('pods'), ({metadata}) => metadata.namespace ?? '');
		const routed = routedServices(view);
		for (const facts of serviceFacts(view)) {
			if (!facts.hasSelector || facts.pods.length > 0 || facts.service.metadata.annotations?.[leaderAnnotation] !== undefined) continue;
			yield selectsNone(view, facts, byNamespace.get(facts.namespace) ?? [], routed);
		}
	},
};

function selectsNone(view: ClusterView, facts: ServiceFacts, pods: readonly NetPod[], routed: ReadonlySet<string>): Finding {
	const {ref, title, namespace, selector, service} = facts;
	const text = selectorText(selector);
	const idle = idleReason(view, facts, pods);
	const miss =
		idle === undefined
			? selectorMiss(
					selector,
					pods.filter(pod => !hasEnded(pod)),
				)
			: undefined;
	const since = timestamp(service.metadata.creationTimestamp);
	return fault({
		id: 'SVC_SELECTOR_NO_POD',
		family: 'Service',
		severity: idle === undefined ? severityOf(facts, miss, routed) : 'info',
		confidence: 'proven',
		subject: ref,
		title: `Service ${title} selects no pod (${text}); ${idle ?? nearText(miss, namespace)}`,
		...(since === undefined ? {} : {since}),
		evidence: [fact(ref, 'spec.selector', text), fact(ref, `pods in ${namespace}`, `${pods.length}, none with these labels that runs`), ...missEvidence(miss)],
		remedy:
			idle === undefined
				? selectorRemedy(facts, miss)
				: [{text: 'See its workload', command: `kubectl -n ${namespace} get deployments,statefulsets,jobs,cronjobs`, changes: false}],
	});
}

/** Nobody is known to use it: then an empty Service is a warning. A near miss, or a way that leads to it from outside, makes it critical. */
function severityOf({service, title}: ServiceFacts, miss: SelectorMiss | undefined, routed: ReadonlySet<string>): Finding['severity'] {
	const isEntry = service.spec?.type === 'LoadBalancer' || service.spec?.type === 'NodePort';
	return miss !== undefined || isEntry || routed.has(title) ? 'critical' : 'warning';
}

/** Why it is right that there is no pod: scaled to 0, or the pods of a Job that has run. */
function idleReason(view: ClusterView, {namespace, selector}: ServiceFacts, pods: readonly NetPod[]): string | undefined {
	const owners = ownersOfLabels(view, namespace, selector);
	const scaled = owners.filter(({replicas}) => replicas === 0).map(({title}) => title);
	if (scaled.length > 0) return `${scaled.join(', ')} is scaled to 0`;
	const jobs = owners.filter(({title}) => title.startsWith('Job ') || title.startsWith('CronJob ')).map(({title}) => title);
	if (jobs.length > 0) return `only ${jobs.join(', ')} runs such pods`;
	const ended = pods.filter(pod => hasEnded(pod) && Object.entries(selector).every(([key, value]) => pod.metadata.labels?.[key] === value));
	const ofJobs = ended.filter(({metadata}) => metadata.ownerReferences?.some(({kind}) => kind === 'Job') === true);
	return ended.length > 0 && ofJobs.length === ended.length
		? `the ${counted(ended.length, 'pod')} of its Job ${ended.length === 1 ? 'has' : 'have'} ended`
		: undefined;
}

function nearText(miss: SelectorMiss | undefined, namespace: string): string {
	const [pod] = miss?.pods ?? [];
	if (!miss || !pod) return `no pod in ${namespace} is like it`;
	const otherKey = miss.has === undefined ? keyOfValue(pod, miss.wanted) : undefined;
	const has = miss.has !== undefined ? `${miss.label}=${miss.has}` : otherKey === undefined ? `no label ${miss.label}` : `${otherKey}=${miss.wanted}`;
	return `nearest: ${counted(miss.pods.length, 'pod')} with ${has}`;
}

function missEvidence(miss: SelectorMiss | undefined): readonly Evidence[] {
	return (miss?.pods ?? []).slice(0, 3).map(pod => {
		const labels = textPairsAt(pod, 'metadata', 'labels').map(([key, value]) => `${key}=${value}`);
		return fact(refOf(pod), 'metadata.labels', labels.join(','));
	});
}

function selectorRemedy({namespace, service, selector}: ServiceFacts, miss: SelectorMiss | undefined): readonly Remedy[] {
	const {name} = service.metadata;
	const [pod] = miss?.pods ?? [];
	if (!miss || !pod)
		return [{text: 'Compare its selector with the labels of the pods', command: `kubectl -n ${namespace} get pods --show-labels`, changes: false}];
	const key = miss.has === undefined ? (keyOfValue(pod, miss.wanted) ?? miss.label) : miss.label;
	const value = miss.has ?? (key === miss.label ? null : miss.wanted);
	const patch = {spec: {selector: {...(key === miss.label ? {} : {[miss.label]: null}), [key]: value}}};
	const text = value === null ? `Take ${miss.label} out of the selector` : `Select ${key}=${value}`;
	return [
		{text, command: `kubectl -n ${namespace} patch service ${name} -p '${JSON.stringify(patch)}'`, changes: true},
		{
			text: 'Or give the pods of the workload the labels of the selector',
			command: `kubectl -n ${namespace} get pods -l '${selectorText(withoutKey(selector, miss.label))}' --show-labels`,
			changes: false,
		},
	];
}

function withoutKey(labels: Readonly<Record<string, string>>, key: string): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(labels).filter(([one]) => one !== key));
}
