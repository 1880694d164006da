import type {Check, ClusterView} from '../core/check.ts';
import {listAt, numberAt, textAt} from '../core/field.ts';
import type {Finding} from '../core/finding.ts';
import {inZone} from '../core/net/dns/corefile.ts';
import {lintCorefile} from '../core/net/dns/corefile-lint.ts';
import {corednsVersion, dnsCluster, type DnsPod} from '../core/net/dns/dns-cluster.ts';
import type {CorednsMetricsFacts} from '../core/net/dns/dns-observations.ts';
import {forwardsOf} from '../core/net/dns/forwards.ts';
import {systemConfig} from '../core/net/dns/system-config.ts';
import {fact, fault} from '../core/net/fault.ts';

/** diagnosis.md 2.1, checks 6 and 7. */
export const dnsCorefile: Check = {
	ids: ['DNS_COREFILE_NO_KUBERNETES', 'DNS_COREFILE_LINT'],
	title: 'the Corefile serves the cluster domain and follows good practice',
	family: 'DNS',
	reads: ['configmaps', 'services', 'pods'],
	graceMs: 0,
	*run(view) {
		yield* noKubernetes(view);
		yield* lints(view);
	},
};

type Config = ReturnType<typeof systemConfig>;

function configOf(view: ClusterView): Readonly<{config: Config; namespace: string; dns: ReturnType<typeof dnsCluster>}> {
	const dns = dnsCluster(view);
	const namespace = dns.service?.metadata.namespace ?? 'kube-system';
	return {config: systemConfig(view, namespace), namespace, dns};
}

function* noKubernetes(view: ClusterView): Iterable<Finding> {
	const {config, namespace} = configOf(view);
	const {corefile} = config;
	if (!corefile || corefile.parsed.blocks.length === 0) return;
	const {blocks, unread} = corefile.parsed;
	const domain = view.clusterDomain;
	const serves = blocks.some(({plugins, keys}) => {
		const zonesOf = (args: readonly string[]): readonly string[] => (args.length > 0 ? args : keys.map(({zone}) => zone));
		// Other plugins read the API as well: kubernetai is the same one more than once.
		return plugins.some(({name, args}) => (name === 'kubernetes' || name === 'kubernetai') && zonesOf(args).some(zone => inZone(domain, zone)));
	});
	if (serves) return;
	const forwarded = forwardsOf(corefile.parsed).find(({zone, stub}) => stub && inZone(domain, zone));
	const isKnown = unread.length === 0;
	yield fault({
		id: 'DNS_COREFILE_NO_KUBERNETES',
		family: 'DNS',
		severity: forwarded || !isKnown ? 'info' : 'critical',
		class: isKnown ? 'fault' : 'coverage',
		confidence: isKnown ? 'proven' : 'possible',
		subject: corefile.ref,
		title: forwarded
			? `The Corefile forwards ${domain} to another DNS server`
			: isKnown
				? `The Corefile has no kubernetes plugin for ${domain}: no name of the cluster resolves`
				: `Not checked whether the Corefile serves ${domain}: it imports ${unread.map(({pattern}) => pattern).join(', ')}, which was not read`,
		evidence: [
			...blocks.map(({keys, line, plugins}) =>
				fact(
					corefile.ref,
					`data.Corefile line ${line}`,
					`${keys.map(({zone, port}) => `${zone}:${port}`).join(' ')} { ${plugins.map(({name}) => name).join(' ')} }`,
				),
			),
			...unread.map(({pattern, line}) => fact(corefile.ref, `data.Corefile line ${line}`, `import ${pattern}`)),
		],
		remedy: [
			{
				text: `Add to the server block: kubernetes ${domain} in-addr.arpa ip6.arpa { pods insecure; fallthrough in-addr.arpa ip6.arpa }`,
				command: `kubectl -n ${namespace} edit configmap ${corefile.ref.name}`,
				changes: true,
			},
		],
	});
}

function* lints(view: ClusterView): Iterable<Finding> {
	const {config, namespace, dns} = configOf(view);
	const {corefile} = config;
	if (!corefile) return;
	const version = corednsVersion(dns.pods);
	const running = view.observed<CorednsMetricsFacts>('coredns-metrics').find(({outcome}) => outcome === 'ok');
	const plugins = running?.outcome === 'ok' ? running.facts.plugins : [];
	const found = lintCorefile(corefile.parsed, {
		serviceIps: dns.ips,
		...(version === undefined ? {} : {version}),
		probedPorts: dns.pods.flatMap(probedPorts),
		...(plugins.length === 0 ? {} : {running: new Set(plugins)}),
	});
	for (const {rule, severity, line, text, advice} of found) {
		yield fault({
			id: 'DNS_COREFILE_LINT',
			family: 'DNS',
			severity,
			class: severity === 'info' ? 'practice' : 'fault',
			confidence: 'likely',
			subject: corefile.ref,
			part: `${rule}${line}`,
			title: `Corefile line ${line}: ${text}`,
			evidence: [fact(corefile.ref, `data.Corefile line ${line}`, corefile.text.split('\n')[line - 1]?.trim() ?? '')],
			remedy: [{text: advice, command: `kubectl -n ${namespace} edit configmap ${corefile.ref.name}`, changes: true}],
		});
	}
}

/** Ports that the kubelet asks, by number or by the name of a container's port. */
function probedPorts(pod: DnsPod): readonly number[] {
	return (pod.spec?.containers ?? []).flatMap(container =>
		['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap(probe => {
			const port = numberAt(container, probe, 'httpGet', 'port');
			if (port !== undefined) return [port];
			const name = textAt(container, probe, 'httpGet', 'port');
			const named = listAt(container, 'ports').find(one => name !== undefined && textAt(one, 'name') === name);
			const number = numberAt(named, 'containerPort');
			return number === undefined ? [] : [number];
		}),
	);
}
