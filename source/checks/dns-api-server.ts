import type {Check, ClusterView} from '../core/check.ts';
import type {Finding, Remedy} from '../core/finding.ts';
import type {LogMatch} from '../core/net/dns/coredns-log.ts';
import {dnsCluster, isReady, nameOf, refTo} from '../core/net/dns/dns-cluster.ts';
import {holding, type PodLog, podLogs} from '../core/net/dns/log-state.ts';
import {fact, fault} from '../core/net/fault.ts';

const leastLines = 3;
const leastSpanMs = 60_000;

/** diagnosis.md 2.1, check 9. A restart of the API server is shorter than what it asks for. */
export const dnsApiServer: Check = {
	ids: ['DNS_APISERVER_UNREACHABLE'],
	title: 'CoreDNS can watch the API server',
	family: 'DNS',
	reads: ['services', 'pods'],
	graceMs: 0,
	*run(view) {
		for (const log of podLogs(view, dnsCluster(view).pods)) yield* judgeLog(view, log);
	},
};

function* judgeLog(view: ClusterView, log: PodLog): Iterable<Finding> {
	const fresh = holding(view, log, 'api-watch', 'api-forbidden', 'api-unsynced', 'not-ready').at(-1);
	if (!fresh || (fresh.kind === 'not-ready' && !/"?kubernetes"?/.test(fresh.line))) return;
	const all = log.matches.filter(({kind}) => kind === fresh.kind);
	const spanMs = fresh.at - (all[0]?.at ?? fresh.at);
	const isStart = fresh.kind === 'api-unsynced' || fresh.kind === 'not-ready';
	// A pod that says so and is ready has been able to read meanwhile.
	if (isStart && isReady(log.pod)) return;
	if (!isStart && (all.length < leastLines || spanMs < leastSpanMs)) return;
	const forbidden = fresh.kind === 'api-forbidden' || /forbidden|Unauthorized/.test(fresh.line);
	const subject = refTo(log.pod);
	yield fault({
		id: 'DNS_APISERVER_UNREACHABLE',
		family: 'DNS',
		severity: 'critical',
		confidence: isStart ? 'likely' : 'proven',
		subject,
		title: `CoreDNS ${nameOf(log.pod)} cannot watch the API: ${causeOf(fresh, forbidden)}`,
		since: all[0]?.at ?? fresh.at,
		evidence: [fact(subject, 'log', fresh.line), fact(subject, 'log lines', `${all.length} in ${Math.round(spanMs / 1000)}s`)],
		remedy: remedyFor(forbidden),
	});
}

function causeOf({line}: LogMatch, forbidden: boolean): string {
	if (forbidden) return 'it may not';
	return /i\/o timeout|connection refused|no route to host/.exec(line)?.[0] ?? 'its view of the cluster is not in sync';
}

function remedyFor(forbidden: boolean): readonly Remedy[] {
	return forbidden
		? [
				{
					text: 'May its ServiceAccount list EndpointSlices? Upgrades from before 1.19 forget that',
					command: 'kubectl auth can-i list endpointslices.discovery.k8s.io -A --as=system:serviceaccount:kube-system:coredns',
					changes: false,
				},
				{text: 'Add what is missing to its role', command: 'kubectl edit clusterrole system:coredns', changes: true},
			]
		: [{text: 'Follow the way to the API server', command: 'k8tui net path kubernetes.default:443', changes: false}];
}
