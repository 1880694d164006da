import type {Finding} from '../../finding.ts';
import type {ProbeCell} from '../cell.ts';

/** Rows that show, when every one of them is answered, that what the log or the objects tell is over (diagnosis.md 0, One-shot runs). */
const rows: Readonly<Record<string, ReadonlyArray<ProbeCell['row']>>> = {
	DNS_UPSTREAM_FAILING: ['R6'],
	DNS_LOOP: ['R2', 'R4', 'R6'],
	DNS_NO_READY_ENDPOINTS: ['R2', 'R4'],
	DNS_SVC_MISSING: ['R2'],
	DNS_APISERVER_UNREACHABLE: ['R4'],
};

/** Cells that say nothing about what was asked. */
const silent: ReadonlySet<ProbeCell['transport']> = new Set(['not-run', 'not-allowed', 'tool-missing', 'tool-error', 'inconclusive']);

/** Why a probe of the same run shows that the fault is over; undefined where none does. */
export function refutedBy({id, subject}: Finding, cells: readonly ProbeCell[]): string | undefined {
	const wanted = rows[id];
	if (wanted === undefined) return undefined;
	const asked = cells.filter(
		({row, transport, to}) => wanted.includes(row) && !silent.has(transport) && (subject.kind !== 'Pod' || to.pod === undefined || to.pod === subject.name),
	);
	const [first] = asked;
	const isAnswered = asked.every(({transport, answer, failed}) => transport === 'ok' && failed === 0 && answer !== 'SERVFAIL' && answer !== 'REFUSED');
	return first && isAnswered ? `${first.name ?? 'what was asked'} is answered now (${first.answer ?? 'ok'}), so it is over` : undefined;
}
