import type {Check, ClusterView} from '../core/check.ts';
import type {Finding} from '../core/finding.ts';
import {dnsCluster, type DnsPod, nameOf, refTo} from '../core/net/dns/dns-cluster.ts';
import {clusterNameMention} from '../core/net/dns/mentions.ts';
import {fact, fault} from '../core/net/fault.ts';

const mirror = 'kubernetes.io/config.mirror';

/** diagnosis.md 2.1, checks 13 and 14: pods that name Services but do not ask the cluster's DNS. */
export const dnsPodPolicy: Check = {
	ids: ['DNS_HOSTNET_POLICY', 'DNS_POLICY_NONE_INCOMPLETE'],
	title: 'pods that name Services ask the DNS of the cluster',
	family: 'DNS',
	reads: ['services', 'pods'],
	graceMs: 0,
	*run(view) {
		const {pods: own, ips, nodeLocal} = dnsCluster(view);
		const dnsPods = new Set(own.map(nameOf));
		const servers = new Set([...ips, ...(nodeLocal?.addresses ?? [])]);
		// The pods of one owner are of one template: told once.
		const seen = new Set<string>();
		for (const pod of view.all<DnsPod>('pods')) {
			const {metadata, status, spec} = pod;
			const skipped = metadata.deletionTimestamp !== undefined || status?.phase === 'Succeeded' || metadata.annotations?.[mirror] !== undefined;
			if (skipped || dnsPods.has(nameOf(pod))) continue;
			const owner = `${metadata.namespace} ${metadata.ownerReferences?.find(({controller}) => controller === true)?.uid ?? metadata.name}`;
			const isHost = spec?.hostNetwork === true && ['ClusterFirst', 'Default', undefined].includes(spec.dnsPolicy);
			if (seen.has(owner) || (!isHost && spec?.dnsPolicy !== 'None')) continue;
			seen.add(owner);
			yield* isHost ? hostNetwork(view, pod) : policyNone(view, pod, servers);
		}
	},
};

function* hostNetwork(view: ClusterView, pod: DnsPod): Iterable<Finding> {
	const mention = clusterNameMention(view, pod);
	if (!mention) return;
	const subject = refTo(pod);
	const policy = pod.spec?.dnsPolicy ?? 'ClusterFirst';
	yield fault({
		id: 'DNS_HOSTNET_POLICY',
		family: 'DNS',
		severity: 'warning',
		confidence: 'likely',
		subject,
		title: `Pod ${nameOf(pod)} is on the host network with dnsPolicy ${policy}: names of the cluster do not resolve in it`,
		evidence: [fact(subject, 'spec.hostNetwork', 'true'), fact(subject, 'spec.dnsPolicy', policy), fact(subject, mention.path, 'names a Service')],
		remedy: [ownerPatch(pod, '{"spec":{"template":{"spec":{"dnsPolicy":"ClusterFirstWithHostNet"}}}}', 'Use dnsPolicy ClusterFirstWithHostNet')],
	});
}

function* policyNone(view: ClusterView, pod: DnsPod, servers: ReadonlySet<string>): Iterable<Finding> {
	const {nameservers = [], searches = []} = pod.spec?.dnsConfig ?? {};
	const domain = view.clusterDomain;
	const asksCluster = nameservers.some(address => servers.has(address));
	const hasSearch = searches.some(search => search.replace(/\.$/, '').endsWith(`svc.${domain}`));
	const mention = clusterNameMention(view, pod);
	if (asksCluster && (hasSearch || !mention || mention.form === 'svc')) return;
	const subject = refTo(pod);
	const what = asksCluster ? `without a search list for ${domain}` : 'and does not ask the DNS of the cluster';
	yield fault({
		id: 'DNS_POLICY_NONE_INCOMPLETE',
		family: 'DNS',
		severity: mention ? 'warning' : 'info',
		class: mention ? 'fault' : 'practice',
		confidence: mention ? 'likely' : 'possible',
		subject,
		title: `Pod ${nameOf(pod)} has dnsPolicy None ${what}`,
		evidence: [
			fact(subject, 'spec.dnsConfig.nameservers', nameservers.join(' ') || 'none'),
			fact(subject, 'spec.dnsConfig.searches', searches.join(' ') || 'none'),
			...(mention ? [fact(subject, mention.path, 'names a Service')] : []),
		],
		remedy: [
			ownerPatch(
				pod,
				`{"spec":{"template":{"spec":{"dnsConfig":{"nameservers":${JSON.stringify(asksCluster ? nameservers : [...servers].slice(0, 1))},"searches":["${pod.metadata.namespace}.svc.${domain}","svc.${domain}","${domain}"]}}}}}`,
				"Name the cluster's DNS and its search list in dnsConfig",
			),
		],
	});
}

/** The patch of what makes the pod: a pod's own spec cannot be changed. */
function ownerPatch({metadata: {namespace = 'default', ownerReferences = [], labels = {}}}: DnsPod, patch: string, text: string): Finding['remedy'][number] {
	const owner = ownerReferences.find(({controller}) => controller === true);
	const hash = labels['pod-template-hash'];
	const isDeployment = owner?.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`);
	const name = owner === undefined ? 'NAME' : isDeployment ? owner.name.slice(0, -hash.length - 1) : owner.name;
	const kind = owner === undefined ? 'deployment' : isDeployment ? 'deployment' : owner.kind.toLowerCase();
	return {text, command: `kubectl -n ${namespace} patch ${kind} ${name} --type merge -p '${patch}'`, changes: true};
}
