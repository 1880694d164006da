import type {Check} from '../core/check.ts';
import type {LogMatch} from '../core/net/dns/coredns-log.ts';
import {dnsCluster, nameOf, refTo} from '../core/net/dns/dns-cluster.ts';
import {holding, isRunning, podLogs} from '../core/net/dns/log-state.ts';
import {systemConfig} from '../core/net/dns/system-config.ts';
import {fact, fault} from '../core/net/fault.ts';

/** diagnosis.md 2.1, check 5: CoreDNS does not start with its Corefile, or goes on with the one before (plugin/reload). */
export const dnsCorefileInvalid: Check = {
	ids: ['DNS_COREFILE_INVALID'],
	title: 'CoreDNS accepts its Corefile',
	family: 'DNS',
	reads: ['services', 'pods'],
	graceMs: 0,
	*run(view) {
		const {pods, service} = dnsCluster(view);
		const namespace = service?.metadata.namespace ?? 'kube-system';
		const {corefile} = systemConfig(view, namespace);
		const logs = podLogs(view, pods);
		const stopped = logs.flatMap(log => {
			const line = log.running ? undefined : holding(view, log, 'corefile').at(-1);
			return line ? [{pod: log.pod, line}] : [];
		});
		// It tries a changed file once and stays with the old one until the file changes again: age says nothing here.
		const kept = logs.flatMap(log => {
			const line = log.running ? reloadState(log.matches) : undefined;
			return line ? [{pod: log.pod, line}] : [];
		});
		const parse = corefile?.parsed.errors ?? [];
		const unreadable = parse.length > 0 && pods.length > 0 && !pods.some(isRunning);
		if (stopped.length === 0 && kept.length === 0 && !unreadable) return;
		const said = stopped.length > 0 ? stopped : kept;
		const [first] = said;
		const isDown = stopped.length > 0 || unreadable;
		const subject = corefile?.ref ?? (first ? refTo(first.pod) : {apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'coredns'});
		const error = first ? errorOf(first.line.line) : `line ${parse[0]?.line}: ${parse[0]?.text}`;
		yield fault({
			id: 'DNS_COREFILE_INVALID',
			family: 'DNS',
			severity: isDown ? 'critical' : 'warning',
			confidence: first ? 'proven' : 'likely',
			subject,
			title: isDown ? `CoreDNS refuses its Corefile: ${error}` : `CoreDNS keeps its old configuration, for it refuses the new Corefile: ${error}`,
			...(first ? {since: Math.min(...said.map(({line}) => line.at))} : {}),
			evidence: [
				...said.slice(0, 4).map(({pod, line}) => fact(refTo(pod), `log of ${nameOf(pod)}`, line.line)),
				...(corefile ? parse.map(({line, text}) => fact(corefile.ref, `data.Corefile line ${line}`, text)) : []),
				...(corefile?.resourceVersion === undefined ? [] : [fact(corefile.ref, 'metadata.resourceVersion', corefile.resourceVersion)]),
			],
			remedy: [{text: 'Correct that line; CoreDNS reads it again by itself where it runs, else at its next start', command: `kubectl -n ${namespace} edit configmap ${subject.kind === 'ConfigMap' ? subject.name : 'coredns'}`, changes: true}],
		});
	},
};

/** The line by which the newest reload failed; undefined where a later one went well. */
function reloadState(matches: readonly LogMatch[]): LogMatch | undefined {
	const last = matches.findLast(({kind}) => kind === 'reload-failed' || kind === 'reloaded');
	return last?.kind === 'reload-failed' ? last : undefined;
}

function errorOf(line: string): string {
	return line.replace(/^(?:\[\w+\] )?plugin\/reload: Corefile (?:changed but reload failed|parse failed): /, '').replace(/^\S+: (?=Corefile:)/, '');
}
