import {humanDuration} from '../core/age.ts';
import type {Check, ClusterView} from '../core/check.ts';
import {fieldAt, textAt, timeAt} from '../core/field.ts';
import type {Evidence, Finding} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetPod, NetService} from '../core/net/net-objects.ts';
import {refOf, titleOf} from '../core/net/trace/cluster-index.ts';
import {podTrouble} from '../core/net/trace/pod-trouble.ts';
import {timestamp} from '../core/timestamp.ts';

/** A failure told longer ago than this is history. */
const recentMs = 60 * 60_000;

/** diagnosis.md 2.2, check 29. */
export const loadBalancer: Check = {
	ids: ['LB_PENDING'],
	title: 'LoadBalancer Services have an address',
	family: 'Service',
	reads: ['services'],
	graceMs: 3 * 60_000,
	*run(view) {
		const balancers = view.all<NetService>('services').filter(({spec, metadata}) => spec?.type === 'LoadBalancer' && metadata.deletionTimestamp === undefined);
		const anyAddress = balancers.some(hasAddress);
		for (const service of balancers) if (!hasAddress(service)) yield pending(view, service, anyAddress);
	},
};

function hasAddress({status}: NetService): boolean {
	return (status?.loadBalancer?.ingress ?? []).some(({ip, hostname}) => (ip ?? hostname ?? '') !== '');
}

function pending(view: ClusterView, service: NetService, anyAddress: boolean): Finding {
	const ref = refOf(service);
	const since = timestamp(service.metadata.creationTimestamp);
	const failure = failureOf(view, service);
	const helpers = stuckHelpers(view, service);
	const {loadBalancerClass} = service.spec ?? {};
	const [helper] = helpers;
	const why =
		failure ??
		(helper
			? `${titleOf(helper)} is ${podTrouble(helper)}: another Service may hold its port on the node`
			: loadBalancerClass !== undefined
				? `no controller of loadBalancerClass ${loadBalancerClass} has taken it`
				: anyAddress
					? 'its controller has not answered'
					: 'no Service has one: there may be no load balancer controller in this cluster');
	const evidence: readonly Evidence[] = [
		fact(ref, 'status.loadBalancer.ingress', 'empty'),
		...(loadBalancerClass === undefined ? [] : [fact(ref, 'spec.loadBalancerClass', loadBalancerClass)]),
		...(failure === undefined ? [] : [fact(ref, 'event SyncLoadBalancerFailed', failure)]),
		...helpers.slice(0, 3).map(pod => fact(refOf(pod), 'status', podTrouble(pod))),
	];
	return fault({
		id: 'LB_PENDING',
		family: 'Service',
		severity: failure === undefined ? 'warning' : 'critical',
		confidence: 'proven',
		subject: ref,
		title: `Service ${titleOf(service)} has no load balancer address${since === undefined ? '' : ` after ${humanDuration(Math.max(0, view.now - since))}`}: ${why}`,
		...(since === undefined ? {} : {since}),
		evidence,
		remedy: [{text: 'See what its controller says', command: `kubectl -n ${ref.namespace ?? ''} describe service ${ref.name}`, changes: false}],
	});
}

/** The newest message of its controller, in the controller's words. */
function failureOf(view: ClusterView, {metadata}: NetService): string | undefined {
	const events = view.all('events').filter(event => {
		const about = fieldAt(event, 'involvedObject');
		const isAbout = textAt(about, 'kind') === 'Service' && textAt(about, 'name') === metadata.name && textAt(about, 'namespace') === metadata.namespace;
		return isAbout && textAt(event, 'reason') === 'SyncLoadBalancerFailed';
	});
	const dated = events.map(event => ({
		at: timeAt(event, 'lastTimestamp') ?? timeAt(event, 'eventTime') ?? timeAt(event, 'series', 'lastObservedTime') ?? 0,
		text: textAt(event, 'message'),
	}));
	const [newest] = dated.toSorted((a, b) => b.at - a.at);
	return newest !== undefined && view.now - newest.at < recentMs ? newest.text : undefined;
}

/** k3s' svclb pods take the ports on the nodes: one that cannot be scheduled leaves the Service without an address. */
function stuckHelpers(view: ClusterView, {metadata}: NetService): readonly NetPod[] {
	return view.all<NetPod>('pods').filter(pod => pod.metadata.name.startsWith(`svclb-${metadata.name}-`) && pod.status?.phase === 'Pending');
}
