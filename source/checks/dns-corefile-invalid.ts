import type {Check, ClusterView} from '../core/check.ts';
import type {Finding} from '../core/finding.ts';
import type {LogMatch} from '../core/net/dns/coredns-log.ts';
import {dnsCluster, type DnsPod, nameOf, refTo} from '../core/net/dns/dns-cluster.ts';
import {holding, isRunning, type PodLog, podLogs} from '../core/net/dns/log-state.ts';
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
		const found = refusal(view);
		if (found) yield found;
	},
};

function refusal(view: ClusterView): Finding | undefined {
	const {pods, service} = dnsCluster(view);
	const namespace = service?.metadata.namespace ?? 'kube-system';
	const {corefile} = systemConfig(view, namespace);
	const {stopped, kept} = saidBy(view, pods);
	const parse = corefile?.parsed.errors ?? [];
	const unreadable = parse.length > 0 && pods.length > 0 && !pods.some(isRunning);
	if (stopped.length === 0 && kept.length === 0 && !unreadable) return undefined;
	const said = stopped.length > 0 ? stopped : kept;
	const [first] = said;
	const isDown = stopped.length > 0 || unreadable;
	const subject = corefile?.ref ?? (first ? refTo(first.pod) : {apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'coredns'});
	const error = first ? errorOf(first.line.line) : `line ${parse[0]?.line}: ${parse[0]?.text}`;
	return fault({
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
		remedy: [
			{
				text: 'Correct that line; CoreDNS reads it again by itself where it runs, else at its next start',
				command: `kubectl -n ${namespace} edit configmap ${subject.kind === 'ConfigMap' ? subject.name : 'coredns'}`,
				changes: true,
			},
		],
	});
}

type Saying = Readonly<{pod: DnsPod; line: LogMatch}>;

/** What CoreDNS says of its file: `stopped` does not run because of it, `kept` runs on with the one before. */
function saidBy(view: ClusterView, pods: readonly DnsPod[]): Readonly<{stopped: readonly Saying[]; kept: readonly Saying[]}> {
	const logs = podLogs(view, pods);
	const sayings = (some: typeof logs, lineOf: (log: PodLog) => LogMatch | undefined): readonly Saying[] =>
		some.flatMap(log => {
			const line = lineOf(log);
			return line ? [{pod: log.pod, line}] : [];
		});
	return {
		stopped: sayings(
			logs.filter(({running}) => !running),
			log => holding(view, log, 'corefile').at(-1),
		),
		// It tries a changed file once and stays with the old one until the file changes again: age says nothing here.
		kept: sayings(
			logs.filter(({running}) => running),
			({matches}) => reloadState(matches),
		),
	};
}

/** The line by which the newest reload failed; undefined where a later one went well. */
function reloadState(matches: readonly LogMatch[]): LogMatch | undefined {
	const last = matches.findLast(({kind}) => kind === 'reload-failed' || kind === 'reloaded');
	return last?.kind === 'reload-failed' ? last : undefined;
}

function errorOf(line: string): string {
	return line.replace(/^(?:\[\w+\] )?plugin\/reload: Corefile (?:changed but reload failed|parse failed): /, '').replace(/^\S+: (?=Corefile:)/, '');
}
