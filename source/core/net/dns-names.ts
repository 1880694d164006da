import type {Tone} from '../tone.ts';
import type {MatrixRow, ProbeCell, ProbeSource} from './cell.ts';
import type {DnsName} from './dns-tab.ts';
import {milliseconds} from './dns-matrix-rows.ts';
import type {LookupPlan, PlannedQuery} from './dns/lookup-plan.ts';
import {wayOf} from './dns/matrix.ts';

const whats: Readonly<Partial<Record<MatrixRow, string>>> = {
	R2: 'full name',
	R5: 'headless',
	R6: 'outside',
	R8: 'invented, must not exist',
	R9: 'short, by the C library',
};

/** Names that the client asked for, beside the one that the matrix is made of; for a typed name, what its resolver sends and what the objects foretell. The cluster's domain is left off. */
export function dnsNames(cells: readonly ProbeCell[], lookup: LookupPlan | undefined, client: ProbeSource | undefined, domain: string): readonly DnsName[] {
	const own = cells.filter(
		({row, from, name}) =>
			whats[row] !== undefined &&
			name !== undefined &&
			!(row === 'R2' && name.startsWith('kubernetes.default.svc.')) &&
			(client === undefined || (from.pod === client.pod && from.namespace === client.namespace)),
	);
	const asked = [...new Map(own.map(cell => [`${cell.row} ${cell.name}`, cell])).values()];
	const short = (name: DnsName): DnsName => ({...name, name: name.name.endsWith(`.${domain}.`) ? name.name.slice(0, -domain.length - 2) : name.name});
	return [...(lookup ? lookup.queries.map(planned) : []), ...asked.map(seen)].map(short);
}

function seen(cell: ProbeCell): DnsName {
	const {row, name = '', answer, values = [], ms, transport} = cell;
	return {
		tone: toneOf(cell),
		name,
		what: whats[row] ?? '',
		rcode: transport === 'ok' ? (answer ?? 'ok') : transport,
		answer: values.length > 2 ? `${values.length} A` : values.join(' '),
		time: ms === undefined || transport !== 'ok' ? '-' : milliseconds(ms),
	};
}

function toneOf(cell: ProbeCell): Tone {
	const {row, answer} = cell;
	const way = wayOf(cell);
	if (way === undefined) return 'unknown';
	if (way !== 'ok') return 'error';
	// An invented name that is answered is the fault; for names outside NXDOMAIN is an answer like any other.
	if (row === 'R8') return answer === 'NOERROR' ? 'error' : 'ok';
	if (answer === 'NOERROR' || answer === 'NODATA' || (row === 'R6' && answer === 'NXDOMAIN')) return 'ok';
	return 'error';
}

function planned({name, search, answer, reached}: PlannedQuery): DnsName {
	const found = answer.rcode === 'NOERROR';
	return {
		tone: !reached ? 'muted' : found ? 'ok' : answer.rcode === 'outside' || answer.rcode === 'unknown' ? 'unknown' : 'muted',
		name,
		what: `${search ? `search ${search.index}` : 'as typed'}: ${answer.why}`,
		rcode: reached ? (answer.rcode === 'outside' ? 'upstream' : answer.rcode) : 'not sent',
		answer: found && reached ? answer.values.join(' ') : '-',
		time: 'foretold',
	};
}
