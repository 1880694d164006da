import type {Check, ClusterView} from '../core/check.ts';
import {listAt, numberAt} from '../core/field.ts';
import type {Finding} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';
import {allUnreadySince} from '../core/net/unready-since.ts';
import type {NetPod} from '../core/net/net-objects.ts';
import {type ServiceFacts, serviceFacts} from '../core/net/service-facts.ts';
import {refOf} from '../core/net/trace/cluster-index.ts';
import {counted} from '../core/net/trace/draft.ts';
import {podTrouble} from '../core/net/trace/pod-trouble.ts';
import {resolveTarget, targetPortOf} from '../core/net/trace/service-port.ts';
import {timestamp} from '../core/timestamp.ts';

/** diagnosis.md 2.2, check 20. */
export const serviceReadyEndpoints: Check = {
	ids: ['SVC_NO_READY_ENDPOINTS'],
	title: 'Services have ready endpoints',
	family: 'Service',
	reads: ['services', 'endpointslices.discovery.k8s.io', 'pods'],
	graceMs: 30_000,
	*run(view) {
		for (const facts of serviceFacts(view)) {
			// publishNotReadyAddresses makes every endpoint ready: nothing can be said from it.
			if (facts.pods.length === 0 || facts.ready > 0 || facts.service.spec?.publishNotReadyAddresses === true) continue;
			// A port name that no pod has leaves the slices empty too: that is another finding.
			if (facts.endpoints.length === 0 && hasNoTarget(facts)) continue;
			const late = facts.pods.filter(pod => isPastStart(pod, view.now));
			if (late.length > 0) yield noneReady(view, facts);
		}
	},
};

function hasNoTarget({service, pods}: ServiceFacts): boolean {
	const ports = service.spec?.ports ?? [];
	return ports.length > 0 && ports.every(port => pods.every(pod => resolveTarget(pod, targetPortOf(port), port.protocol ?? 'TCP') === undefined));
}

/** Has it had the time that its own readiness and startup probes give it? */
function isPastStart(pod: NetPod, now: number): boolean {
	const started = timestamp(pod.metadata.creationTimestamp) ?? 0;
	const budgets = listAt(pod, 'spec', 'containers').flatMap(container => [probeMs(container, 'readinessProbe'), probeMs(container, 'startupProbe')]);
	return now - started > Math.max(0, ...budgets);
}

function probeMs(container: unknown, probe: string): number {
	const of = (field: string, usual: number): number => numberAt(container, probe, field) ?? usual;
	const has = numberAt(container, probe, 'periodSeconds') !== undefined || numberAt(container, probe, 'failureThreshold') !== undefined;
	return has ? 1000 * (of('initialDelaySeconds', 0) + of('failureThreshold', 3) * of('periodSeconds', 10)) : 0;
}

function noneReady(view: ClusterView, {ref, title, namespace, service, pods, endpoints, draining}: ServiceFacts): Finding {
	const [worst] = pods;
	const since = allUnreadySince(pods, view.now);
	const [port] = service.spec?.ports ?? [];
	return fault({
		id: 'SVC_NO_READY_ENDPOINTS',
		family: 'Service',
		severity: draining > 0 ? 'warning' : 'critical',
		confidence: 'proven',
		subject: ref,
		// As the tracer names it, so that the fault is told once.
		part: port?.name ?? '',
		title: `Service ${title} has 0 ready of ${counted(Math.max(endpoints.length, pods.length), 'endpoint')}: ${worst ? podTrouble(worst) : ''}`,
		...(since === undefined ? {} : {since}),
		evidence: [
			fact(ref, 'endpointslices', `0 ready of ${endpoints.length}${draining === 0 ? '' : `, ${draining} draining`}`),
			...pods.slice(0, 6).map(pod => fact(refOf(pod), 'status', `${pod.metadata.name}: ${podTrouble(pod)}`)),
		],
		remedy: [{text: 'See why the pod is not ready', command: `kubectl -n ${namespace} describe pod ${worst?.metadata.name ?? ''}`, changes: false}],
	});
}
