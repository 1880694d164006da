import type {Check} from '../core/check.ts';
import {isLoopback} from '../core/net/dns/addresses.ts';
import {dnsCluster, type DnsPod, nameOf, refTo} from '../core/net/dns/dns-cluster.ts';
import {type Forward, forwardsOf} from '../core/net/dns/forwards.ts';
import {pluginsNamed} from '../core/net/dns/corefile.ts';
import {holding, podLogs} from '../core/net/dns/log-state.ts';
import {systemConfig} from '../core/net/dns/system-config.ts';
import type {Remedy} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';

/** diagnosis.md 2.1, check 4: proven by the log, likely by a crash loop and a Corefile that forwards to itself. */
export const dnsLoop: Check = {
	ids: ['DNS_LOOP'],
	title: 'CoreDNS does not forward to itself',
	family: 'DNS',
	reads: ['services', 'pods'],
	graceMs: 0,
	*run(view) {
		const {pods, ips, service} = dnsCluster(view);
		const namespace = service?.metadata.namespace ?? 'kube-system';
		const {corefile} = systemConfig(view, namespace);
		const said = podLogs(view, pods).flatMap(log => {
			const line = holding(view, log, 'loop').at(-1);
			return line ? [{pod: log.pod, line}] : [];
		});
		const itself = corefile ? forwardsOf(corefile.parsed).flatMap(forward => selfTargets(forward, ips).map(text => ({text, line: forward.line}))) : [];
		const crashing = pods.filter(isCrashing);
		const derived = said.length === 0 && itself.length > 0 && crashing.length > 0 && corefile !== undefined && pluginsNamed(corefile.parsed, 'loop').length > 0;
		if (said.length === 0 && !derived) return;
		const [first] = said;
		const subject = corefile?.ref ?? (first ? refTo(first.pod) : {apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'coredns'});
		const [target] = itself;
		yield fault({
			id: 'DNS_LOOP',
			family: 'DNS',
			severity: 'critical',
			confidence: said.length > 0 ? 'proven' : 'likely',
			subject,
			title: `CoreDNS stops because of a forwarding loop: ${target ? `it forwards to ${target.text}, which is itself` : 'what it forwards to sends the questions back'}`,
			...(first ? {since: Math.min(...said.map(({line}) => line.at))} : {}),
			evidence: [
				...said.slice(0, 4).map(({pod, line}) => fact(refTo(pod), 'log', line.line)),
				...(corefile ? itself.map(({text, line}) => fact(corefile.ref, `data.Corefile line ${line}`, `forward to ${text}`)) : []),
				...(derived ? crashing.slice(0, 4).map(pod => fact(refTo(pod), 'status.containerStatuses', `${nameOf(pod)} CrashLoopBackOff`)) : []),
			],
			remedy: remedyFor(namespace, itself.length > 0),
		});
	},
};

function selfTargets({targets}: Forward, ips: readonly string[]): readonly string[] {
	return targets.flatMap(({address, text}) => (address !== undefined && (isLoopback(address) || ips.includes(address)) ? [text] : []));
}

function isCrashing({status}: DnsPod): boolean {
	return (
		status?.containerStatuses?.some(
			({state, restartCount = 0}) => state?.waiting?.reason === 'CrashLoopBackOff' || (state?.terminated !== undefined && restartCount > 0),
		) === true
	);
}

function remedyFor(namespace: string, named: boolean): readonly Remedy[] {
	const edit = {
		text: 'Replace the forward target by the addresses of the real upstream servers',
		command: `kubectl -n ${namespace} edit configmap coredns`,
		changes: true,
	};
	const kubelet = {
		text: 'On the nodes: set resolvConf of the kubelet to /run/systemd/resolve/resolv.conf, then restart it and CoreDNS',
		command: `kubectl -n ${namespace} rollout restart deployment/coredns`,
		changes: true,
	};
	return named ? [edit] : [kubelet, edit];
}
