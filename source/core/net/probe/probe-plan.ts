import type {MatrixRow, ProbeDestination, ProbeSource} from '../cell.ts';

/** How a source is reached: a container that runs, one added to its pod, a pod made for it on its node. */
export const probeWays = ['exec', 'ephemeral', 'pod'] as const;
export type ProbeWay = (typeof probeWays)[number];

/** One a file in source/probes. */
export const probeIds = ['dns-query', 'http-get', 'libc-lookup', 'mtu', 'node-facts', 'proxy-env', 'resolv-conf', 'tcp-connect'] as const;
export type ProbeId = (typeof probeIds)[number];

/** One cell to be: what is asked, from where, of whom. Never holds a word that did not pass `isSafeWord`. */
export type ProbeQuestion = Readonly<{
	/** Unlike every other of its plan; small, because it goes into a command line. */
	id: number;
	probe: ProbeId;
	row: MatrixRow;
	from: ProbeSource;
	to: ProbeDestination;
	protocol: 'udp' | 'tcp';
	/** DNS: the whole name with its final dot (libc-lookup: the short one). HTTP: the path. */
	name?: string;
	/** HTTP: the `Host` header, where it is not the address. */
	host?: string;
	/** Values that only the right answer has, where they are known. */
	expects?: readonly string[];
	/** How often it is asked: Service IPs by diagnosis.md 4.2, else once. */
	samples: number;
	/** It must fail: what succeeds all the same proves nothing (R8, R16). */
	control?: boolean;
	/** R13: which of the two answers is asked for. */
	size?: 'small' | 'large';
}>;

export type ProbePlan = Readonly<{
	/** `DNS from demo/shell-1`. */
	title: string;
	/** The client first. Empty: `notes` say why nothing can be asked. */
	sources: readonly ProbeSource[];
	questions: readonly ProbeQuestion[];
	/** What is missing and why: `No running pod on n3: the column is empty.` */
	notes: readonly string[];
}>;

/** Node rows (R14, tcp to a node) are only about the node where their source is in its network: roles C and E. */
export function isNodeSource(source: ProbeSource): boolean {
	return source.role === 'C' || source.role === 'E';
}
