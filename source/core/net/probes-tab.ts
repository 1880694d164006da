import type {Tone} from '../tone.ts';
import type {ProbeCell} from './cell.ts';
import type {DnsTab, Said} from './dns-tab.ts';
import type {NetReport} from './net-report.ts';
import type {PortChains} from './service-chains.ts';

/** What was tried from the pods of a node to those of another, and (`node`) to its kubelet, each with its state. */
export type Tried = Readonly<{label: 'tcp' | 'udp' | 'mtu' | 'node'; tone: Tone}>;

/** From one node to another, over their pods, and the cells behind it. */
export type NodeCell = Readonly<{to: string; tried: readonly Tried[]; behind: readonly ProbeCell[]}>;
export type NodeRow = Readonly<{id: string; node: string; tone: Tone; cells: readonly NodeCell[]}>;

export type PodRow = Readonly<{id: string; title: string; node: string; tone: Tone; cells: readonly Said[]; behind: readonly ProbeCell[]}>;

/** Kernel settings of a node, as read; undefined: not read. */
export type NodeFacts = Readonly<{
	node: string;
	tone: Tone;
	ipForward?: string;
	bridge?: string;
	rpFilter?: string;
	conntrack?: string;
	insertFailed?: string;
	/** `eth0 1500, flannel.1 1450` */
	mtus: string;
}>;

/** What the Probes tab shows: nodes and pods among each other, what kernels say, the chains of one Service. */
export type ProbesTab = Readonly<{
	loading: boolean;
	report: NetReport;
	run: DnsTab['run'];
	nodes: readonly NodeRow[];
	/** Nodes that are not in the matrix. */
	otherNodes: number;
	pods: readonly PodRow[];
	podColumns: ReadonlyArray<Readonly<{id: string; title: string; place: string}>>;
	facts: readonly NodeFacts[];
	/** MTU of the pods' own interfaces, `n1 1450`. */
	podMtus: readonly string[];
	chains: Readonly<{service: string; mode: string; ports: readonly PortChains[]}> | Readonly<{service: string; why: string}>;
	/** What a run would ask, and what it cannot. */
	questions: number;
	notes: readonly string[];
}>;
