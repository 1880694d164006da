import {parseHumanDuration} from './age.ts';
import type {Item, PrintedCell} from './kubernetes.ts';

/** Words the server's printers use for "no value" (pkg/printers/internalversion). `<unknown>` and `<pending>` say something and stay. */
const nothing = new Set<PrintedCell>([undefined, '', '<none>', '<unset>', '<nil>']);

/** The server's cell as text; '' where it printed nothing. */
export function printedText(item: Item, column: string): string {
	const cell = item.printed(column);
	return nothing.has(cell) ? '' : String(cell);
}

/** The server's cell as a number, also where it is typed as text (a Deployment's Up-to-date); undefined when it is none. */
export function printedNumber(item: Item, column: string): number | undefined {
	const text = printedText(item, column);
	return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** `2/3` -> have and want; undefined for anything else (`1/1 of 3`). */
export function printedRatio(item: Item, column: string): Readonly<{have: number; want: number}> | undefined {
	const parts = /^(\d+)\/(\d+)$/.exec(printedText(item, column));
	return parts ? {have: Number(parts[1]), want: Number(parts[2])} : undefined;
}

/** Pod restarts: `31 (48s ago)` -> the count, and when the last one was (ms since the epoch, as exact as the printed unit). */
export function printedRestarts(item: Item, now: number): Readonly<{count: number; since?: number}> | undefined {
	const parts = /^(\d+)(?: \((.+) ago\))?$/.exec(printedText(item, 'Restarts'));
	if (!parts) return undefined;
	const since = printedSince(item, parts[2], now);
	return since === undefined ? {count: Number(parts[1])} : {count: Number(parts[1]), since};
}

/** A printed age (`5m`) as the time it speaks of: counted from when the cell was printed, else from now. */
export function printedSince(item: Item, age: string | undefined, now: number): number | undefined {
	const ms = age === undefined ? undefined : parseHumanDuration(age);
	return ms === undefined ? undefined : (item.printedAt ?? now) - ms;
}
