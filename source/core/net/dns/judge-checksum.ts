import type {ClusterView} from '../../check.ts';
import type {Finding} from '../../finding.ts';
import type {Ref} from '../../kubernetes.ts';
import type {ProbeCell, ProbeSource} from '../cell.ts';
import {fact, fault} from '../fault.ts';
import type {NetNode} from '../net-objects.ts';
import {cellEvidence} from './cell-evidence.ts';
import {arrived, fromSource, type Plane} from './matrix.ts';
import type {Outcome} from './outcome.ts';
import {systemConfig} from './system-config.ts';

/** How the Service address does from one client pod: every try, some, none. */
export type ServiceWay = Readonly<{source: ProbeSource; cells: readonly ProbeCell[]; way: 'ok' | 'some' | 'bad'}>;

/** Kernels before it may send VXLAN packets with wrong checksums once addresses in them were translated (flannel-io/flannel#1279). */
const mendedIn = [5, 7] as const;

/**
 * Row 6: pods of other nodes answer by their own address, by the Service's they do not, with an overlay and kernels that are known for it.
 * The pattern must be whole: all is lost where every endpoint is on another node, a part where some are, nothing where none is.
 */
export function judgeChecksum(view: ClusterView, plane: Plane, seen: readonly ServiceWay[]): Outcome | undefined {
	const endpoints = new Map(plane.direct.flatMap(({to}) => (to.node === undefined ? [] : [[to.address, to.node] as const])));
	const foretold = seen.map(({source, way}) => ({source, way, expected: expectedWay(source, [...endpoints.values()])}));
	const isPattern =
		foretold.every(({way, expected}) => way === expected) &&
		foretold.some(({expected}) => expected === 'bad') &&
		// Without a client beside an endpoint nothing tells it from a Service that is broken everywhere.
		foretold.some(({expected}) => expected !== 'bad');
	const failing = seen.filter(({way}) => way !== 'ok');
	if (!isPattern || !failing.every(({source}) => fromSource(plane.direct, source).every(arrived))) return undefined;
	const kernels = failing.map(({source}) => kernelOf(view, source.node));
	if (!usesVxlan(view) || !kernels.every(kernel => kernel !== undefined && isOld(kernel))) return undefined;
	return {settled: true, findings: [checksumFinding(view, plane, seen)]};
}

function expectedWay({node}: ProbeSource, nodes: readonly string[]): ServiceWay['way'] {
	const near = nodes.filter(one => one === node).length;
	return near === 0 ? 'bad' : near === nodes.length ? 'ok' : 'some';
}

function usesVxlan(view: ClusterView): boolean {
	const announced = view.all<NetNode>('nodes').some(({metadata}) => metadata.annotations?.['flannel.alpha.coreos.com/backend-type'] === 'vxlan');
	return announced || systemConfig(view).flannel?.backend === 'vxlan';
}

function kernelOf(view: ClusterView, name: string): string | undefined {
	return view.all<NetNode>('nodes').find(({metadata}) => metadata.name === name)?.status?.nodeInfo?.kernelVersion;
}

function isOld(kernel: string): boolean {
	const [, major = Number.NaN, minor = Number.NaN] = (/^(\d+)\.(\d+)/.exec(kernel) ?? []).map(Number);
	return major < mendedIn[0] || (major === mendedIn[0] && minor < mendedIn[1]);
}

function checksumFinding(view: ClusterView, plane: Plane, seen: readonly ServiceWay[]): Finding {
	const [lost, rest] = [seen.filter(({way}) => way === 'bad'), seen.filter(({way}) => way !== 'bad')];
	const nodes = [...new Set(lost.map(({source}) => source.node))];
	const subject: Ref = {apiVersion: 'v1', kind: 'Node', name: nodes[0] ?? ''};
	const cellsOf = (some: readonly ServiceWay[]): readonly ProbeCell[] => some.flatMap(({cells}) => cells);
	return fault({
		id: 'NET_VXLAN_CHECKSUM',
		family: 'network',
		severity: 'critical',
		// Distributions mend old kernels too.
		confidence: 'likely',
		subject,
		title: `${nodes.length === 1 ? 'Node' : 'Nodes'} ${nodes.join(', ')}: Service ${plane.title} is lost on the way to other nodes, their pods answer directly: wrong VXLAN checksums`,
		evidence: [
			...cellEvidence(subject, cellsOf(lost)).slice(0, 3),
			...cellEvidence(
				subject,
				lost.flatMap(({source}) => fromSource(plane.direct, source)),
			).slice(0, 3),
			...cellEvidence(subject, cellsOf(rest)).slice(0, 2),
			...nodes.map(node => fact({...subject, name: node}, 'status.nodeInfo.kernelVersion', kernelOf(view, node) ?? '')),
		],
		remedy: [
			{text: 'On the nodes of the endpoints: do wrong checksums grow while a client asks?', command: 'nstat -az UdpInCsumErrors', changes: false},
			{text: 'On every node: let the kernel reckon them itself', command: 'ethtool -K flannel.1 tx-checksum-ip-generic off', changes: true},
			{text: 'For good: a kernel from 5.7 on, or a flannel that switches it off by itself', command: 'kubectl get nodes -o wide', changes: false},
		],
	});
}
