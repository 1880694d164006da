/** The rows of the matrix: diagnosis.md 4.3. */
export const matrixRows = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9', 'R10', 'R11', 'R12', 'R13', 'R14', 'R15', 'R16'] as const;
export type MatrixRow = (typeof matrixRows)[number];

/** Roles of diagnosis.md 4.3: A the client, B another pod of its node, C its node, D a pod elsewhere, E that node, F a pod beside CoreDNS. */
export type SourceRole = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
/** From where is asked. */
export type ProbeSource = Readonly<{role: SourceRole; namespace: string; pod: string; container: string; node: string; podIp: string; hasDns: boolean}>;

export type ProbeDestination = Readonly<{
	kind: 'dns-service' | 'dns-pod' | 'upstream' | 'service' | 'endpoint' | 'api-service' | 'api-endpoint' | 'node' | 'control' | 'name';
	/** As the reader knows it: `kube-dns`, `coredns-5v2j7`. */
	title: string;
	address: string;
	port: number;
	/** Of the endpoint, where it is a pod. */
	node?: string;
	namespace?: string;
	pod?: string;
}>;

/**
 * How the way there was. `wrong-source`: an answer came from another address. `not-proof`: a control that must fail succeeded too.
 * The last five are about the probe, not about the network, and count as neither.
 */
export type CellTransport =
	| 'ok'
	| 'timeout'
	| 'refused'
	| 'no-route'
	| 'wrong-source'
	| 'not-proof'
	| 'not-allowed'
	| 'tool-missing'
	| 'tool-error'
	| 'not-run'
	| 'inconclusive';

export type DnsAnswer = 'NOERROR' | 'NODATA' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | 'FORMERR' | 'OTHER';

/** One question asked once (or `tried` times), as measured. */
export type ProbeCell = Readonly<{
	row: MatrixRow;
	from: ProbeSource;
	to: ProbeDestination;
	protocol: 'udp' | 'tcp';
	/** The name asked for, in DNS rows. */
	name?: string;
	transport: CellTransport;
	answer?: DnsAnswer;
	/** Addresses or values of the answer. */
	values?: readonly string[];
	/** Address that really answered, where the tool shows it. */
	answeredBy?: string;
	ms?: number;
	/** Of repeated questions: how long each answer took; `ms` is their median. */
	times?: readonly number[];
	/** Of repeated questions: how many were asked, and failed. */
	tried: number;
	failed: number;
	tool: string;
	/** Sanitised output or the reason, for `why`. */
	detail: string;
	at: number;
}>;
