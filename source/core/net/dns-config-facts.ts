import type {ClusterView} from '../check.ts';
import {blackboxText, findBlackbox} from './blackbox.ts';
import {distributionOf} from './distribution.ts';
import type {BlackboxFacts} from './dns/dns-observations.ts';
import type {ProbeCell} from './cell.ts';
import type {Said} from './dns-tab.ts';
import {milliseconds} from './dns-matrix-rows.ts';
import {pluginsNamed} from './dns/corefile.ts';
import type {DnsCluster} from './dns/dns-cluster.ts';
import {nameOf} from './dns/dns-cluster.ts';
import {forwardsOf} from './dns/forwards.ts';
import {lintCorefile} from './dns/corefile-lint.ts';
import {parseResolvConf} from './dns/resolv-conf.ts';
import {ratesOf} from './dns/scrapes.ts';
import {systemConfig} from './dns/system-config.ts';

/** CONFIG: short facts about what serves DNS, each with its state; what could not be read is never `ok`. */
export function dnsConfigFacts(view: ClusterView, dns: DnsCluster, cells: readonly ProbeCell[]): readonly Said[] {
	const config = systemConfig(view, dns.service?.metadata.namespace);
	return [
		...corefileFacts(view, dns, config),
		...serverFacts(view, dns),
		...resolverFacts(dns, cells),
		...metricsFacts(view, dns),
		...networkFacts(view, config),
	];
}

type Config = ReturnType<typeof systemConfig>;

function corefileFacts(view: ClusterView, dns: DnsCluster, {corefile}: Config): readonly Said[] {
	if (!corefile) {
		const state = view.readable('configmaps').state;
		return [
			{tone: 'unknown', text: state === 'loading' ? 'Corefile ..' : state === 'ready' || state === 'absent' ? 'no Corefile found' : 'Corefile not allowed'},
		];
	}
	const {errors} = corefile.parsed;
	const lints = lintCorefile(corefile.parsed, {serviceIps: dns.ips, probedPorts: []});
	const grave = lints.filter(({severity}) => severity !== 'info').length;
	const own: Said = errors[0]
		? {tone: 'error', text: `Corefile line ${errors[0].line}: ${errors[0].text}`}
		: {tone: grave > 0 ? 'warning' : 'ok', text: lints.length === 0 ? 'Corefile' : `Corefile ${lints.length} hints`};
	const cache = pluginsNamed(corefile.parsed, 'cache')[0];
	const forwards = forwardsOf(corefile.parsed);
	return [
		own,
		cache ? {tone: 'ok', text: `cache ${cache.args.find(arg => /^\d+$/.test(arg)) ?? '3600'}s`} : {tone: 'muted', text: 'cache none'},
		...forwards.map(({zone, stub, targets}): Said => ({tone: 'ok', text: `forward ${stub ? `${zone} ` : ''}${targets.map(({text}) => text).join(' ')}`})),
		pluginsNamed(corefile.parsed, 'loop').length > 0 ? {tone: 'ok', text: 'loop guard'} : {tone: 'muted', text: 'no loop guard'},
	];
}

function serverFacts(view: ClusterView, {owner, endpoints, nodeLocal, service}: DnsCluster): readonly Said[] {
	const ready = endpoints.filter(one => one.ready).length;
	const slices = view.readable('endpointslices.discovery.k8s.io').state === 'ready';
	return [
		service
			? {tone: 'ok', text: `Service ${nameOf(service)}`}
			: {tone: view.readable('services').state === 'ready' ? 'error' : 'unknown', text: 'no DNS Service'},
		...(owner
			? [{tone: owner.ready === 0 ? 'error' : owner.ready < owner.wanted ? 'warning' : 'ok', text: `${owner.ready}/${owner.wanted} ready`} as const]
			: []),
		slices ? {tone: ready === 0 ? 'error' : 'ok', text: `EndpointSlice ${ready}`} : {tone: 'unknown', text: 'EndpointSlices not read'},
		...(nodeLocal
			? [
					{
						tone: [...nodeLocal.nodes.values()].every(Boolean) ? 'ok' : 'error',
						text: `node-local-dns ${[...nodeLocal.nodes.values()].filter(Boolean).length}/${nodeLocal.nodes.size}`,
					} as const,
				]
			: []),
	];
}

/** What pods were seen to have, else what the kubelets say that they give. */
function resolverFacts({ips, nodeLocal, kubelets}: DnsCluster, cells: readonly ProbeCell[]): readonly Said[] {
	const right = new Set([...ips, ...(nodeLocal?.addresses ?? [])]);
	const read = cells.filter(({row, values}) => row === 'R1' && values !== undefined).map(({values = []}) => parseResolvConf(values.join('\n')));
	const good = (servers: readonly string[]): boolean => servers.some(address => right.has(address));
	if (read.length > 0) return [{tone: read.every(({nameservers}) => good(nameservers)) ? 'ok' : 'error', text: 'resolv.conf'}];
	if (kubelets.size === 0) return [{tone: 'unknown', text: 'kubelet clusterDNS not read'}];
	const wrong = [...kubelets.values()].filter(({clusterDns}) => !good(clusterDns)).length;
	return [{tone: wrong > 0 ? 'error' : 'ok', text: `kubelet clusterDNS ${kubelets.size - wrong}/${kubelets.size}`}];
}

function metricsFacts(view: ClusterView, {pods}: DnsCluster): readonly Said[] {
	const rates = pods.flatMap(pod => ratesOf(view, nameOf(pod)).slice(0, 1));
	if (rates.length === 0) {
		const failed = view.observed('coredns-metrics').find(({outcome}) => outcome === 'failed');
		return [{tone: 'unknown', text: failed ? 'metrics not read' : '/metrics ..'}];
	}
	const perSecond = rates.reduce((sum, one) => sum + one.queriesPerSecond, 0);
	const servfail = rates.reduce((sum, {responses, seconds}) => sum + (responses['SERVFAIL'] ?? 0) / seconds, 0);
	const told = rates.filter(({latency}) => !latency.few).flatMap(({latency}) => latency.p99 ?? []);
	const slowest = told.length === 0 ? undefined : Math.max(...told);
	return [
		{tone: 'ok', text: `${perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond)} questions/s`},
		{tone: servfail > 0 ? 'warning' : 'ok', text: `SERVFAIL ${Math.round(servfail * 10) / 10}/s`},
		slowest === undefined ? {tone: 'muted', text: 'p99 few samples'} : {tone: slowest > 1 ? 'warning' : 'ok', text: `p99 ${milliseconds(slowest * 1000)}`},
	];
}

function networkFacts(view: ClusterView, {kubeProxy, flannel}: Config): readonly Said[] {
	const distribution = distributionOf(view);
	const exporter = findBlackbox(view);
	return [
		...(kubeProxy ? [{tone: 'muted', text: `kube-proxy ${kubeProxy.mode}, masqueradeAll ${kubeProxy.masqueradeAll}`} as const] : []),
		...(flannel ? [{tone: 'muted', text: `flannel ${flannel.backend}${flannel.port === undefined ? '' : ` UDP ${flannel.port}`}`} as const] : []),
		...(exporter ? [{tone: 'muted', text: `blackbox exporter ${exporter.namespace}/${exporter.service}`} as const] : []),
		...view
			.observed<BlackboxFacts>('blackbox')
			.map(
				(one): Said =>
					one.outcome === 'ok'
						? {tone: one.facts.success ? 'ok' : 'error', text: `blackbox ${one.target}: ${blackboxText(one.facts)}`}
						: {tone: 'unknown', text: `blackbox ${one.target}: ${one.outcome === 'failed' ? one.problem.cause : 'no answer in time'}`},
			),
		...distribution.facts.map((text): Said => ({tone: 'muted', text})),
	];
}
