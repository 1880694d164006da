import type {ClusterView} from '../check.ts';
import {gravity, type Tone} from '../tone.ts';
import type {CellTransport, ProbeCell, ProbeSource} from './cell.ts';
import type {DnsColumn, DnsRow, DnsTab, Said} from './dns-tab.ts';
import type {DnsCluster} from './dns/dns-cluster.ts';
import {fromSource, sourceName, wayOf} from './dns/matrix.ts';
import {upstreamsOf} from './probe/upstreams.ts';

type Column = DnsColumn & Readonly<{holds(cell: ProbeCell): boolean}>;

/** Client pods by destinations: the DNS Service, every CoreDNS pod, the upstreams. */
export function dnsMatrix(view: ClusterView, dns: DnsCluster, sources: readonly ProbeSource[], cells: readonly ProbeCell[]): Pick<DnsTab, 'columns' | 'rows'> {
	const columns = columnsOf(view, dns, cells);
	return {
		columns: columns.map(({holds: _holds, ...column}) => column),
		rows: sources.map(source => rowOf(source, columns, fromSource(cells, source), cells.length > 0)),
	};
}

function columnsOf(view: ClusterView, dns: DnsCluster, cells: readonly ProbeCell[]): readonly Column[] {
	const service = dns.service?.metadata.name ?? 'DNS Service';
	const servers = new Map(dns.endpoints.map(({address, podName, node}) => [address, {title: podName ?? address, node}]));
	for (const {row, to} of cells) if (row === 'R4' && !servers.has(to.address)) servers.set(to.address, {title: to.title, node: to.node});
	const upstreams = new Set([...upstreamsOf(view), ...cells.filter(({row}) => row === 'R7').map(({to}) => to.title)]);
	return [
		{
			id: 'service',
			title: `${service} svc`,
			place: dns.ips.join(', ') || 'not found',
			holds: ({row, to}) => (row === 'R2' || row === 'R3') && to.kind === 'dns-service',
		},
		...[...servers].map(
			([address, {title, node}]): Column => ({
				id: address,
				title: shortPod(title),
				place: address,
				...(node === undefined ? {} : {node}),
				holds: ({row, to}) => row === 'R4' && to.address === address,
			}),
		),
		...[...upstreams].map(
			(title): Column => ({id: title, title: 'upstream', place: title.replace(/:53$/, ''), holds: ({row, to}) => row === 'R7' && to.title === title}),
		),
	];
}

/** `coredns-5v2j7`: the hash of its ReplicaSet says nothing here. */
export function shortPod(name: string): string {
	const parts = name.split('-');
	return parts.length > 2 && /^[a-z0-9]{8,10}$/.test(parts.at(-2) ?? '') ? `${parts.slice(0, -2).join('-')}-${parts.at(-1)}` : name;
}

function rowOf(source: ProbeSource, columns: readonly Column[], own: readonly ProbeCell[], probed: boolean): DnsRow {
	const drawn = columns.map(({holds}) => cellText(own.filter(holds), probed));
	const worst = drawn.reduce<Tone>((tone, cell) => (gravity(cell.tone) > gravity(tone) ? cell.tone : tone), 'muted');
	return {id: `from:${sourceName(source)}`, source, title: sourceName(source), tone: probed ? worst : 'unknown', cells: drawn, behind: own};
}

const untold: Readonly<Partial<Record<CellTransport, string>>> = {
	'not-allowed': 'not allowed',
	'tool-missing': 'tool missing',
	'tool-error': 'tool error',
	'not-run': 'not run',
	inconclusive: 'inconclusive',
	'not-proof': 'no proof',
};

/** One place of the matrix, of all that was asked there: `0.7 ms`, `3/6 timeout`, `not probed`. */
export function cellText(cells: readonly ProbeCell[], probed: boolean): Said {
	if (cells.length === 0) return probed ? {tone: 'muted', text: 'not asked'} : {tone: 'unknown', text: 'not probed'};
	const told = cells.filter(cell => wayOf(cell) !== undefined);
	const [first] = cells;
	if (told.length === 0) return {tone: 'unknown', text: untold[first?.transport ?? 'not-run'] ?? 'not run'};
	const failing = told.filter(cell => wayOf(cell) !== 'ok');
	if (failing.length > 0) return failingText(told, failing);
	const bad = told.find(({answer}) => answer === 'SERVFAIL' || answer === 'REFUSED' || answer === 'FORMERR');
	if (bad) return {tone: 'error', text: bad.answer ?? 'failed'};
	const times = told.filter(({protocol}) => protocol === 'udp').flatMap(({ms}) => ms ?? []);
	const ms = (times.length > 0 ? times : told.flatMap(cell => cell.ms ?? [])).toSorted((a, b) => a - b)[0];
	return {tone: 'ok', text: ms === undefined ? 'ok' : milliseconds(ms)};
}

function failingText(told: readonly ProbeCell[], failing: readonly ProbeCell[]): Said {
	const sum = (cells: readonly ProbeCell[], of: 'tried' | 'failed'): number => cells.reduce((total, cell) => total + cell[of], 0);
	const [first] = failing;
	const protocols = new Set(told.map(({protocol}) => protocol));
	const only = protocols.size > 1 && new Set(failing.map(({protocol}) => protocol)).size === 1 ? `${first?.protocol} ` : '';
	const among = only === '' ? told : failing;
	const word = first?.transport === 'ok' ? 'lost' : (first?.transport ?? 'failed');
	const share = `${Math.max(1, sum(failing, 'failed'))}/${Math.max(1, sum(among, 'tried'))}`;
	return {tone: 'error', text: `${only}${share} ${word}`, short: only === '' ? `${share} fail` : `${only}${share}`};
}

/** `0.7 ms`, `12 ms`. */
export function milliseconds(ms: number): string {
	return `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;
}
