import type {ClusterView} from '../check.ts';
import type {Finding} from '../finding.ts';
import type {ProbeCell, ProbeSource} from './cell.ts';
import {blackboxDnsCells} from './blackbox-dns.ts';
import {dnsConfigFacts} from './dns-config-facts.ts';
import {dnsMatrix} from './dns-matrix-rows.ts';
import {dnsNames} from './dns-names.ts';
import type {DnsRow, DnsServerRow, DnsTab, Said} from './dns-tab.ts';
import {runState} from './dns-tab-run.ts';
import {countMatches} from './dns/coredns-log.ts';
import {type DnsCluster, dnsCluster, type DnsPod, isReady, nameOf} from './dns/dns-cluster.ts';
import {planLookup, predictedResolvConf} from './dns/lookup-plan.ts';
import {podLogs} from './dns/log-state.ts';
import {matrixOf, wayOf} from './dns/matrix.ts';
import {ratesOf} from './dns/scrapes.ts';
import type {NetworkModel} from './network-model.ts';
import {isNodeSource} from './probe/probe-plan.ts';

/** What the DNS tab shows, out of what the Network screen knows. */
export function buildDnsTab(model: NetworkModel): DnsTab {
	const {view, cells, run, plan, report, client, asked, reads} = model;
	const dns = dnsCluster(view);
	const sources = cells.length > 0 ? matrixOf(cells).sources : (plan?.sources ?? (client ? [client] : []));
	const pod = podOf(view, client ?? sources[0]);
	const {columns, rows} = dnsMatrix(view, dns, sources, cells);
	const exporter = exporterRow(view, dns);
	const api = apiFact(cells);
	const lookup = pod && asked.name !== undefined ? planLookup(view, pod, asked.name) : undefined;
	// A pod that was made to ask stands in the place of the client.
	const asker = cells.find(({from}) => from.role === 'A')?.from ?? client;
	const names = dnsNames(cells, lookup, asker, view.clusterDomain);
	const metricsAt = view.observed('coredns-metrics').find(({outcome}) => outcome === 'ok')?.at;
	return {
		loading: view.readable('services').state === 'loading' || view.readable('pods').state === 'loading',
		report,
		run: runState(run, cells),
		reads,
		columns,
		rows: [...rows.flatMap(hostRow), ...exporter],
		...(api ? {api} : {}),
		names,
		...(asker ? {namesFrom: `${asker.namespace}/${asker.pod}`} : {}),
		...(lookup ? {lookup} : {}),
		config: dnsConfigFacts(view, dns, cells),
		servers: dns.pods.map(one => serverRow(view, one)),
		logs: logsOf(view, dns),
		...(pod ? {resolver: {pod: nameOf(pod), predicted: predictedResolvConf(view, pod)}} : {}),
		others: report.findings.filter(finding => isOther(finding, report.verdict.id)),
		...(metricsAt === undefined ? {} : {metricsAt}),
	};
}

/** A pod in the network of its node says so; one that was only asked about the node itself has no place among those that ask DNS. */
function hostRow(row: DnsRow): readonly DnsRow[] {
	if (!isNodeSource(row.source)) return [row];
	const asked = row.behind.some(({to}) => to.kind === 'dns-service' || to.kind === 'dns-pod' || to.kind === 'upstream');
	return asked ? [{...row, source: {...row.source, node: `${row.source.node} host`}}] : [];
}

/** What the cluster's blackbox exporter found, beside what was asked from pods: its row says that it is the exporter's. */
function exporterRow(view: ClusterView, dns: DnsCluster): readonly DnsRow[] {
	const cells = blackboxDnsCells(view);
	const [first] = cells;
	if (!first) return [];
	const {rows} = dnsMatrix(view, dns, [first.from], cells);
	return rows.map(row => ({...row, id: `exporter:${row.title}`, source: {...row.source, node: `${row.source.node} exporter`.trimStart()}}));
}

function podOf(view: ClusterView, source: ProbeSource | undefined): DnsPod | undefined {
	return source && view.all<DnsPod>('pods').find(({metadata}) => metadata.namespace === source.namespace && metadata.name === source.pod);
}

function isOther({id, class: kind, causes}: Finding, verdict: string): boolean {
	return id !== verdict && kind !== 'coverage' && causes.length === 0;
}

/** R10: the client's own connections to the API server; CoreDNS's image has nothing to ask with. */
function apiFact(cells: readonly ProbeCell[]): Said | undefined {
	const asked = cells.filter(({row}) => row === 'R10');
	if (asked.length === 0) return undefined;
	const parts = asked.map(cell => {
		const {to, ms, transport} = cell;
		const way = wayOf(cell);
		return `${to.address}:${to.port} ${way === 'ok' ? `${ms === undefined ? 'open' : `${Math.round(ms)} ms`}` : transport}`;
	});
	const ways = asked.map(wayOf);
	const tone = ways.every(way => way === 'ok') ? 'ok' : ways.some(way => way === 'bad' || way === 'refused' || way === 'some') ? 'error' : 'unknown';
	return {tone, text: parts.join('  ')};
}

function serverRow(view: ClusterView, pod: DnsPod): DnsServerRow {
	const {metadata, spec, status} = pod;
	const ready = isReady(pod);
	const statuses = status?.containerStatuses ?? [];
	const waiting = statuses.map(({state}) => state?.waiting?.reason).find(reason => reason !== undefined);
	const [rates] = ratesOf(view, nameOf(pod));
	const matches = podLogs(view, [pod]).flatMap(log => countMatches(log.matches, view.now));
	return {
		name: metadata.name,
		node: spec?.nodeName ?? 'no node',
		tone: ready ? 'ok' : metadata.deletionTimestamp === undefined ? 'error' : 'terminating',
		state: metadata.deletionTimestamp === undefined ? (ready ? 'ready' : (waiting ?? status?.phase ?? 'Unknown')) : 'Terminating',
		restarts: statuses.reduce((sum, {restartCount = 0}) => sum + restartCount, 0),
		...(rates ? {rates} : {}),
		errors: matches.reduce((sum, {last5}) => sum + last5, 0),
	};
}

function logsOf(view: ClusterView, {pods}: DnsCluster): DnsTab['logs'] {
	return podLogs(view, pods)
		.flatMap(({pod, matches}) => countMatches(matches, view.now).map(count => ({...count, pod: pod.metadata.name})))
		.toSorted((a, b) => b.last15 - a.last15);
}
