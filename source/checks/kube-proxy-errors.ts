import type {Check} from '../core/check.ts';
import type {Finding, Remedy} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {KubeProxyLogFacts, KubeProxyMatch, KubeProxyTrouble} from '../core/net/kube-proxy-log.ts';
import type {NetPod} from '../core/net/net-objects.ts';
import {hasEnded, refOf, titleOf} from '../core/net/trace/cluster-index.ts';
import {timestamp} from '../core/timestamp.ts';

const windowMs = 10 * 60_000;
/** A container that has just started says some of these and means nothing by it. */
const startMs = 60_000;
const enough = 3;

const words: Readonly<Record<KubeProxyTrouble, Readonly<{what: string; fix: string; command: string}>>> = {
	restore: {
		what: 'cannot write its rules',
		fix: 'On the node: who holds the lock of iptables, and does the restore run by hand',
		command: 'iptables-save | iptables-restore --test',
	},
	watch: {
		what: 'cannot watch the API server',
		fix: 'May it read Services and EndpointSlices?',
		command: 'kubectl auth can-i watch endpointslices --as=system:serviceaccount:kube-system:kube-proxy -A',
	},
	sysctl: {
		what: 'cannot set kernel parameters',
		fix: 'Its container must be privileged, or the values set on the host',
		command: 'kubectl -n kube-system get daemonset kube-proxy -o yaml',
	},
	conntrack: {
		what: 'runs out of connection tracking',
		fix: 'Raise conntrack.maxPerCore in its ConfigMap',
		command: 'kubectl -n kube-system edit configmap kube-proxy',
	},
	ipvs: {what: 'cannot use IPVS', fix: 'Load its modules on the node', command: 'modprobe ip_vs ip_vs_rr ip_vs_wrr ip_vs_sh'},
};

/** diagnosis.md 2.2, check 33: judges the observation `kube-proxy-log`. Where no log was read there is nothing to say. */
export const kubeProxyErrors: Check = {
	ids: ['KPROXY_ERRORS'],
	title: 'the logs of kube-proxy tell of no trouble',
	family: 'Node',
	reads: ['pods'],
	graceMs: 0,
	*run(view) {
		const observed = view.observed<KubeProxyLogFacts>('kube-proxy-log');
		for (const pod of view.all<NetPod>('pods')) {
			const newest = observed.find(({target}) => target === titleOf(pod));
			if (newest?.outcome !== 'ok' || hasEnded(pod)) continue;
			const started = timestamp(pod.status?.containerStatuses?.find(({name}) => name === 'kube-proxy')?.state?.running?.startedAt) ?? 0;
			const counted = newest.facts.matches.filter(({at}) => view.now - at <= windowMs && at - started > startMs);
			for (const [kind, matches] of Map.groupBy(counted, ({kind: one}) => one)) if (matches.length >= enough) yield repeated(pod, kind, matches);
		}
	},
};

function repeated(pod: NetPod, kind: KubeProxyTrouble, matches: readonly KubeProxyMatch[]): Finding {
	const ref = refOf(pod);
	const {what, fix, command} = words[kind];
	const remedy: readonly Remedy[] = [
		{text: fix, command, changes: kind === 'conntrack' || kind === 'ipvs'},
		{text: 'See its log', command: `kubectl -n ${ref.namespace ?? ''} logs ${ref.name} --tail=50`, changes: false},
	];
	return fault({
		id: 'KPROXY_ERRORS',
		family: 'Node',
		severity: 'warning',
		confidence: 'proven',
		subject: ref,
		part: kind,
		title: `kube-proxy on ${pod.spec?.nodeName ?? 'its node'} ${what}: ${matches.length} times in 10 minutes`,
		since: Math.min(...matches.map(({at}) => at)),
		evidence: [fact(ref, 'log', matches.at(-1)?.line ?? '')],
		remedy,
	});
}
