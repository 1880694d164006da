import {hostPort} from '../../host-port.ts';
import type {Evidence} from '../../finding.ts';
import type {Ref} from '../../kubernetes.ts';
import type {ProbeCell} from '../cell.ts';
import {fact} from '../fault.ts';
import {sourceName} from './matrix.ts';

const most = 8;

/** Cells as evidence, at most eight: `probe demo/shell-1 (n1) -> kube-dns 10.96.0.10:53/udp`, `3 of 6 timeout`. */
export function cellEvidence(ref: Ref, cells: readonly ProbeCell[]): readonly Evidence[] {
	return cells.slice(0, most).map(cell => fact(ref, cellPath(cell), cellResult(cell)));
}

/** Who asked whom: `probe demo/shell-1 (n1) -> kube-dns 10.96.0.10:53/udp`. */
export function cellPath({from, to, protocol, name}: ProbeCell): string {
	const place = to.address === '' ? '' : ` ${hostPort(to.address, to.port)}/${protocol}`;
	return `probe ${sourceName(from)} (${from.node}) -> ${to.title}${place}${name === undefined ? '' : ` ${name}`}`;
}

/** `ok NOERROR 2 ms`, `3 of 6 timeout`, `wrong-source, answered by 10.244.1.23`. */
export function cellResult({transport, answer, ms, tried, failed, answeredBy}: ProbeCell): string {
	const share = failed > 0 && failed < tried ? `${failed} of ${tried} failed` : transport === 'ok' && failed > 0 ? 'failed' : transport;
	const parts = [share, ...(answer === undefined ? [] : [answer]), ...(transport === 'ok' && ms !== undefined ? [`${Math.round(ms)} ms`] : [])];
	return `${parts.join(' ')}${transport === 'wrong-source' && answeredBy !== undefined ? `, answered by ${answeredBy}` : ''}`;
}
