import {parseHumanDuration} from '../../source/core/age.ts';

/** A table as printed by `kubectl get`: a record a row, by column title. */
export type PrintedTable = Readonly<{titles: readonly string[]; rows: ReadonlyArray<readonly string[]>}>;

/** Reads one block of `kubectl get` output by the offsets of its header; columns stand at least three blanks apart. */
export function readTable(text: string): PrintedTable {
	const [header = '', ...lines] = text.split('\n').filter(line => line !== '');
	const starts = [...header.matchAll(/\S+(?: \S+)*/g)].map(match => match.index);
	const cells = (line: string) => {
		// Offsets count code points, as kubectl's widths do.
		const points = Array.from(line);
		return starts.map((start, index) =>
			points
				.slice(start, starts[index + 1])
				.join('')
				.trimEnd(),
		);
	};
	return {titles: cells(header), rows: lines.map(cells)};
}

const ages = /(?<![\w.-])(?:\d+(?:ms|[smhdy]))+(?![\w.-])/g;

/** The text with every age in it replaced, so that two texts printed a second apart compare equal. */
export function withoutAges(text: string): string {
	return text.replace(ages, '<age>');
}

/** Is every age in `ours` between those of two texts printed before and after it, give or take one printed unit? */
export function agesAgree(ours: string, before: string, after: string): boolean {
	const [own, low, high] = [agesOf(ours), agesOf(before), agesOf(after)];
	return own.every((age, index) => {
		const from = low[index];
		const to = high[index];
		return from !== undefined && to !== undefined && age.ms >= Math.min(from.ms, to.ms) - from.unitMs && age.ms <= Math.max(from.ms, to.ms) + to.unitMs;
	});
}

type Age = Readonly<{ms: number; unitMs: number}>;

function agesOf(text: string): readonly Age[] {
	return [...text.matchAll(ages)].map(([age]) => {
		const unit = /(ms|[smhdy])$/.exec(age)?.[1] ?? 's';
		return {ms: parseHumanDuration(age) ?? Number.NaN, unitMs: parseHumanDuration(`1${unit}`) ?? Number.NaN};
	});
}
