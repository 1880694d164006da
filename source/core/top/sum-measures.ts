import type {Measure} from './top-model.ts';

const parts = ['used', 'requested', 'limit', 'allocatable', 'capacity'] as const;

/** The sums of what is known; a part that no row knows stays unknown. */
export function sumMeasures(rows: readonly Measure[]): Measure {
	const sum: Partial<Record<(typeof parts)[number], number>> = {};
	for (const row of rows) for (const part of parts) if (row[part] !== undefined) sum[part] = (sum[part] ?? 0) + row[part];
	return sum;
}
