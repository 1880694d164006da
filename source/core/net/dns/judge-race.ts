import type {Finding} from '../../finding.ts';
import type {Ref} from '../../kubernetes.ts';
import type {ProbeCell, ProbeSource} from '../cell.ts';
import {fact, fault} from '../fault.ts';
import {cellEvidence, cellPath} from './cell-evidence.ts';
import {fromSource, type Matrix, nodeFact, sourceName} from './matrix.ts';
import type {Outcome} from './outcome.ts';

/** A resolver asks again after 5 s (resolv.conf(5), timeout). */
const waitMs = 5000;
const toleranceMs = 300;
const quickMs = 1000;

/**
 * Row 20: some answers by UDP come after a resolver's whole wait, others at once, and TCP never waits: of two questions that leave by one
 * socket at the same moment the node's connection table loses one (kubernetes/kubernetes#56903). Only names of the cluster count: outside,
 * an upstream may be slow.
 */
export function judgeRace(matrix: Matrix): Outcome {
	return {findings: matrix.sources.flatMap(source => raceFrom(matrix, source))};
}

function raceFrom(matrix: Matrix, source: ProbeSource): readonly Finding[] {
	const own = fromSource(matrix.rows('R2', 'R3', 'R4', 'R5', 'R9'), source);
	const [udp, tcp] = (['udp', 'tcp'] as const).map(wanted => own.filter(({protocol}) => protocol === wanted));
	const waited = (udp ?? []).filter(cell => timesOf(cell).some(isWait));
	const isQuick = (udp ?? []).some(cell => timesOf(cell).some(ms => ms < quickMs));
	const isTcpWell = (tcp ?? []).length > 0 && (tcp ?? []).every(cell => cell.failed === 0 && timesOf(cell).every(ms => ms < waitMs - toleranceMs));
	if (waited.length === 0 || !isQuick || !isTcpWell || asksOthers(matrix, source)) return [];
	return [raceFinding(matrix, source, {waited, tcp: tcp ?? []})];
}

function timesOf({times, ms, transport}: ProbeCell): readonly number[] {
	return times ?? (transport === 'ok' && ms !== undefined ? [ms] : []);
}

/** 5 s, 10 s, 15 s, and 0.3 s to either side. */
function isWait(ms: number): boolean {
	return ms >= waitMs - toleranceMs && Math.abs(ms - Math.round(ms / waitMs) * waitMs) <= toleranceMs;
}

/** With a second name server the wait may be for the first one, which is dead. */
function asksOthers(matrix: Matrix, source: ProbeSource): boolean {
	return fromSource(matrix.rows('R1'), source).some(({values = []}) => values.filter(value => value.startsWith('nameserver ')).length > 1);
}

type Seen = Readonly<{waited: readonly ProbeCell[]; tcp: readonly ProbeCell[]}>;

function raceFinding(matrix: Matrix, source: ProbeSource, {waited, tcp}: Seen): Finding {
	const subject: Ref = {apiVersion: 'v1', kind: 'Node', name: source.node};
	const insertFailed = nodeFact(matrix, source.node, 'insert_failed');
	const times = waited.flatMap(timesOf);
	const slow = times.filter(isWait).length;
	return fault({
		id: 'DNS_CONNTRACK_RACE',
		family: 'network',
		severity: 'warning',
		// The counter is one since the node started: that it has counted is a hint, no proof.
		confidence: Number(insertFailed ?? 0) > 0 ? 'likely' : 'possible',
		subject,
		title: `Node ${source.node}: ${slow} of ${times.length} lookups from ${sourceName(source)} by UDP took 5 s or a multiple, by TCP none: a question was lost on the node`,
		evidence: [
			...waited.map(cell =>
				fact(
					subject,
					cellPath(cell),
					timesOf(cell)
						.map(ms => `${(ms / 1000).toFixed(1)} s`)
						.join(', '),
				),
			),
			...cellEvidence(subject, tcp).slice(0, 2),
			...(insertFailed === undefined ? [] : [fact(subject, '/proc/net/stat/nf_conntrack insert_failed', insertFailed)]),
		],
		remedy: [
			{text: `On ${source.node}: does insert_failed grow while names are looked up?`, command: 'conntrack -S', changes: false},
			{
				text: 'In workloads with glibc: ask for A and AAAA by two sockets',
				command: `kubectl -n NAMESPACE patch deployment NAME --type merge -p '{"spec":{"template":{"spec":{"dnsConfig":{"options":[{"name":"single-request-reopen"}]}}}}}'`,
				changes: true,
			},
			{
				text: 'For all: NodeLocal DNSCache, which is asked without translating addresses; or nodes with a newer kernel (5.0 mended most of it)',
				command: 'kubectl get nodes -o wide',
				changes: false,
			},
		],
	});
}
