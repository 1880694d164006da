import type {ClusterView} from '../check.ts';
import {gravity, type Tone} from '../tone.ts';
import type {ProbeCell, ProbeSource} from './cell.ts';
import {cellText, shortPod} from './dns-matrix-rows.ts';
import {runState} from './dns-tab-run.ts';
import {dnsCluster, nameOf} from './dns/dns-cluster.ts';
import {arrived, fromSource, matrixOf, nodeFact, sourceName, wayOf} from './dns/matrix.ts';
import {systemConfig} from './dns/system-config.ts';
import type {NetService, NetSlice} from './net-objects.ts';
import type {NetworkModel} from './network-model.ts';
import type {NodeCell, NodeFacts, NodeRow, PodRow, ProbesTab, Tried} from './probes-tab.ts';
import {serviceChains} from './service-chains.ts';
import {readDestination} from './trace/destination.ts';

/** More nodes are no matrix that anybody reads. */
const mostNodes = 8;

/** What the Probes tab shows, out of what the Network screen knows. */
export function buildProbesTab(model: NetworkModel): ProbesTab {
	const {view, cells, run, plan, report, asked} = model;
	const matrix = matrixOf(cells);
	const sources = cells.length > 0 ? matrix.sources : (plan?.sources ?? []);
	const all = view.all('nodes').map(({metadata}) => metadata.name);
	// Those that were asked first, where not all have room; then by name.
	const named = [...new Set([...sources.map(({node}) => node), ...cells.flatMap(({to}) => to.node ?? []), ...all])]
		.slice(0, mostNodes)
		.toSorted((a, b) => a.localeCompare(b, 'en', {numeric: true}));
	const pods = podColumnsOf(cells);
	return {
		loading: view.readable('pods').state === 'loading' || view.readable('nodes').state === 'loading',
		report,
		run: runState(run, cells),
		nodes: named.map(node => nodeRow(node, named, cells)),
		otherNodes: Math.max(0, all.length - named.length),
		pods: sources.filter(source => !isHost(source)).map(source => podRow(source, pods, fromSource(cells, source), cells.length > 0)),
		podColumns: pods,
		facts: named.filter(node => matrix.facts.has(node)).map(node => factsOf(matrix, node)),
		podMtus: podMtus(cells),
		chains: chainsOf(view, asked.target),
		questions: plan?.questions.length ?? 0,
		notes: plan?.notes ?? [],
	};
}

function isHost({role}: ProbeSource): boolean {
	return role === 'C' || role === 'E';
}

function worst(tones: readonly Tone[], none: Tone): Tone {
	return tones.reduce((a, b) => (gravity(b) > gravity(a) ? b : a), tones[0] ?? none);
}

const between: ReadonlySet<ProbeCell['row']> = new Set(['R4', 'R11', 'R13']);

function nodeRow(node: string, nodes: readonly string[], cells: readonly ProbeCell[]): NodeRow {
	const drawn = nodes.map((to): NodeCell => {
		const behind = cells.filter(
			cell => between.has(cell.row) && cell.from.node === node && cell.to.node === to && cell.to.kind !== 'dns-service' && cell.to.kind !== 'service',
		);
		return {to, behind, tried: triedOf(behind)};
	});
	const tones = drawn.flatMap(({tried}) => tried.map(({tone}) => tone));
	return {id: `node:${node}`, node, cells: drawn, tone: worst(tones, 'unknown')};
}

function triedOf(cells: readonly ProbeCell[]): readonly Tried[] {
	const toneOf = (some: readonly ProbeCell[]): Tone => {
		const told = some.filter(cell => wayOf(cell) !== undefined);
		if (told.length === 0) return 'unknown';
		return told.every(arrived) ? 'ok' : told.some(arrived) ? 'warning' : 'error';
	};
	const parts: ReadonlyArray<readonly [Tried['label'], readonly ProbeCell[]]> = [
		['tcp', cells.filter(({row, protocol, to}) => row !== 'R13' && protocol === 'tcp' && to.kind !== 'node')],
		['udp', cells.filter(({row, protocol}) => row !== 'R13' && protocol === 'udp')],
		['mtu', cells.filter(({row, values}) => row === 'R13' && values?.[0] === 'large')],
		['node', cells.filter(({to}) => to.kind === 'node')],
	];
	return parts.flatMap(([label, some]) => (some.length === 0 ? [] : [{label, tone: toneOf(some)}]));
}

function podColumnsOf(cells: readonly ProbeCell[]): ProbesTab['podColumns'] {
	const pods = cells.filter(({row, to}) => (row === 'R4' || row === 'R11') && (to.kind === 'dns-pod' || to.kind === 'endpoint'));
	return [
		...new Map(
			pods.map(({to}) => [to.address, {id: to.address, title: shortPod(to.pod ?? to.title), place: `${to.node ?? ''} ${to.address}`.trim()}]),
		).values(),
	];
}

function podRow(source: ProbeSource, columns: ProbesTab['podColumns'], own: readonly ProbeCell[], probed: boolean): PodRow {
	const cells = columns.map(({id}) =>
		cellText(
			own.filter(({row, to}) => (row === 'R4' || row === 'R11') && to.address === id),
			probed,
		),
	);
	return {
		id: `pod:${sourceName(source)}`,
		title: sourceName(source),
		node: source.node,
		tone: probed
			? worst(
					cells.map(({tone}) => tone),
					'muted',
				)
			: 'unknown',
		cells,
		behind: own,
	};
}

function factsOf(matrix: ReturnType<typeof matrixOf>, node: string): NodeFacts {
	const get = (name: string): string | undefined => nodeFact(matrix, node, name);
	const [ipForward, bridge, rpFilter, count, max, insertFailed] = [
		'ip_forward',
		'bridge-nf-call-iptables',
		'rp_filter',
		'conntrack_count',
		'conntrack_max',
		'insert_failed',
	].map(get);
	const mtus = [...(matrix.facts.get(node) ?? [])].flatMap(([key, value]) => (key.startsWith('mtu.') ? [`${key.slice(4)} ${value}`] : []));
	const isFull = count !== undefined && max !== undefined && Number(count) / Number(max) > 0.9;
	return {
		node,
		tone: ipForward === '0' || isFull ? 'error' : bridge === '0' ? 'warning' : ipForward === undefined ? 'unknown' : 'ok',
		...(ipForward === undefined ? {} : {ipForward}),
		...(bridge === undefined ? {} : {bridge}),
		...(rpFilter === undefined ? {} : {rpFilter}),
		...(count === undefined || max === undefined ? {} : {conntrack: `${count}/${max}`}),
		...(insertFailed === undefined ? {} : {insertFailed}),
		mtus: mtus.join(', '),
	};
}

function podMtus(cells: readonly ProbeCell[]): readonly string[] {
	const read = cells.filter(({row, to, values}) => row === 'R14' && to.kind !== 'node' && values !== undefined);
	return read.map(({from, values = []}) => `${from.node} ${values.map(value => value.replace(/^mtu\./, '').replace('=', ' ')).join(', ')}`);
}

/** The chains of the Service that was asked for; else of the DNS Service. */
function chainsOf(view: ClusterView, target: string | undefined): ProbesTab['chains'] {
	const {kubeProxy} = systemConfig(view);
	const service = serviceOf(view, target);
	const name = service ? nameOf(service) : (target ?? 'the DNS Service');
	if (!service) return {service: name, why: 'there is no such Service'};
	if (service.spec?.clusterIP === 'None') return {service: name, why: 'it is headless: clients go to the pods directly, kube-proxy has no chain for it'};
	const mode = kubeProxy?.mode ?? 'iptables';
	if (mode !== 'iptables') return {service: name, why: `kube-proxy is in ${mode} mode, which has no chains of these names`};
	const known = kubeProxy ? mode : 'iptables mode, as far as is known';
	return {service: name, mode: known, ports: serviceChains(service, view.all<NetSlice>('endpointslices.discovery.k8s.io'))};
}

function serviceOf(view: ClusterView, target: string | undefined): NetService | undefined {
	const read = target === undefined ? undefined : readDestination(target);
	if (read === undefined) return dnsCluster(view).service;
	if (!read.ok) return undefined;
	const [name, namespace] = read.destination.host.split('.');
	const found = view.all<NetService>('services').filter(({metadata}) => metadata.name === name);
	return found.find(({metadata}) => metadata.namespace === namespace) ?? (namespace === undefined ? found[0] : undefined);
}
