import type {Section} from './report.ts';

/** How a part is run. `quick`: small sizes, to see that it runs. */
export type PartOptions = Readonly<{quick: boolean; repetitions: number; rows: readonly number[]}>;

/** What a part found: its section of the page, and the figures that budgets.json knows. */
export type PartResult = Readonly<{section: Section; ratios: Readonly<Record<string, number>>}>;

/** One part of the bench. It runs in a process of its own, which has everything to itself: collector, compiled code, memory. */
export type Part = (options: PartOptions) => Promise<PartResult>;

/** Tells the reader of the terminal what is measured now. */
export function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

/** Now, ms since the epoch with fractions: the same in all processes of the machine. */
export function epochMs(at = performance.now()): number {
	return performance.timeOrigin + at;
}
