import type {MatrixRow, ProbeCell, ProbeSource} from '../cell.ts';

/** What a cell says of the way. `some`: of several tries a part failed. `undefined` in its place: it says nothing of the network. */
export type Way = 'ok' | 'some' | 'bad' | 'refused';

/** Nothing about the network in a cell of any other transport (cell.ts). */
export function wayOf({transport, tried, failed}: ProbeCell): Way | undefined {
	if (failed > 0 && failed < tried && ['ok', 'timeout', 'refused', 'no-route', 'wrong-source'].includes(transport)) return 'some';
	if (transport === 'ok') return failed > 0 ? 'bad' : 'ok';
	if (transport === 'timeout' || transport === 'no-route' || transport === 'wrong-source') return 'bad';
	return transport === 'refused' ? 'refused' : undefined;
}

/** Did it arrive, or was it at least answered by what should? A refusal comes from the other end of the way. */
export function arrived(cell: ProbeCell): boolean {
	const way = wayOf(cell);
	return way === 'ok' || way === 'refused';
}

/** `demo/shell-1`. */
export function sourceName({namespace, pod}: ProbeSource): string {
	return `${namespace}/${pod}`;
}

/** One destination that is reached by a Service address and by its endpoints directly: the two rows that the tree compares. */
export type Plane = Readonly<{
	/** `kube-dns`, `web`. */
	title: string;
	/** R2 and R3, or R11 to the Service. */
	service: readonly ProbeCell[];
	/** R4, or R11 to its endpoints. */
	direct: readonly ProbeCell[];
}>;

/** The cells of a run, by what they ask; cells that say nothing of the network are left out. */
export type Matrix = Readonly<{
	sources: readonly ProbeSource[];
	/** DNS first. */
	planes: readonly Plane[];
	rows(...rows: readonly MatrixRow[]): readonly ProbeCell[];
	/** By node: `net.ipv4.ip_forward` -> `1`. */
	facts: ReadonlyMap<string, ReadonlyMap<string, string>>;
}>;

/** Puts the cells in order. */
export function matrixOf(cells: readonly ProbeCell[]): Matrix {
	const told = cells.filter(cell => wayOf(cell) !== undefined);
	const rows = (...wanted: readonly MatrixRow[]): readonly ProbeCell[] => told.filter(({row}) => wanted.includes(row));
	const dns: Plane = {
		title: rows('R2', 'R3')[0]?.to.title ?? 'kube-dns',
		service: rows('R2', 'R3').filter(({to}) => to.kind === 'dns-service'),
		direct: rows('R4').filter(({to}) => to.kind === 'dns-pod'),
	};
	const tested = rows('R11');
	const services = [...new Set(tested.filter(({to}) => to.kind === 'service').map(({to}) => to.title))];
	const others = services.map(
		(title): Plane => ({
			title,
			service: tested.filter(({to}) => to.kind === 'service' && to.title === title),
			direct: tested.filter(({to}) => to.kind === 'endpoint'),
		}),
	);
	return {
		sources: [...new Map(cells.map(({from}) => [sourceName(from), from])).values()],
		planes: [...(dns.service.length + dns.direct.length > 0 ? [dns] : []), ...others],
		rows,
		facts: factsOf(cells),
	};
}

/** The cells that come from this pod. */
export function fromSource(cells: readonly ProbeCell[], source: ProbeSource): readonly ProbeCell[] {
	return cells.filter(({from}) => sourceName(from) === sourceName(source));
}

function factsOf(cells: readonly ProbeCell[]): Matrix['facts'] {
	const facts = new Map<string, Map<string, string>>();
	for (const {row, from, to, values = []} of cells) {
		// A pod tells the interfaces of its own namespace, nothing of its node.
		if (row !== 'R14' || to.kind !== 'node') continue;
		const node = to.node ?? from.node;
		const known = facts.get(node) ?? new Map<string, string>();
		for (const value of values) {
			const [key = '', ...rest] = value.split('=');
			if (rest.length > 0) known.set(key, rest.join('='));
		}
		facts.set(node, known);
	}
	return facts;
}

/** A fact by the end of its name: `bridge-nf-call-iptables`. */
export function nodeFact({facts}: Matrix, node: string, name: string): string | undefined {
	return [...(facts.get(node) ?? [])].find(([key]) => key.endsWith(name))?.[1];
}
