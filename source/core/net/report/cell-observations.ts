import type {Observation} from '../../observation.ts';
import type {ProbeCell} from '../cell.ts';

const connects: ReadonlySet<ProbeCell['row']> = new Set(['R10', 'R11', 'R12', 'R16']);
const queries: ReadonlySet<ProbeCell['row']> = new Set(['R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9']);

/** Cells as what checks look at: `tcp-connect` and `dns-query`. What was not measured is not among them. */
export function cellObservations(cells: readonly ProbeCell[]): ReadonlyArray<Observation<ProbeCell>> {
	return cells.flatMap(cell => {
		const probe = connects.has(cell.row) ? 'tcp-connect' : queries.has(cell.row) ? 'dns-query' : undefined;
		if (probe === undefined || cell.transport === 'not-run' || cell.transport === 'not-allowed') return [];
		return [
			{
				probe,
				target: `${cell.from.namespace}/${cell.from.pod} ${cell.to.address}:${cell.to.port}`,
				at: cell.at,
				tookMs: cell.ms ?? 0,
				outcome: 'ok' as const,
				facts: cell,
			},
		];
	});
}
