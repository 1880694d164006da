import {readdirSync, readFileSync} from 'node:fs';

/** Ticks a second of /proc: 100 on every Linux that node runs on. */
const ticksPerSecond = 100;
const pageBytes = 4096;

/** The process and all below it. */
function tree(pid: number): number[] {
	try {
		const children = readdirSync(`/proc/${pid}/task`).flatMap(task =>
			readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number),
		);
		return [pid, ...children.flatMap(tree)];
	} catch {
		return [];
	}
}

function sum(pid: number, figure: (pid: number) => number): number {
	return tree(pid).reduce((total, process) => {
		try {
			return total + figure(process);
		} catch {
			// It ended meanwhile.
			return total;
		}
	}, 0);
}

/** Memory in use by a process and its children, MiB. Linux only. */
export function memoryMib(pid: number): number {
	return sum(pid, process => (Number(readFileSync(`/proc/${process}/statm`, 'utf8').split(' ')[1]) * pageBytes) / 2 ** 20);
}

/** CPU time of a process and its children so far, seconds. Linux only. */
export function cpuSeconds(pid: number): number {
	return sum(pid, process => {
		const fields = readFileSync(`/proc/${process}/stat`, 'utf8')
			.replace(/^.*\) /, '')
			.split(' ');
		return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
	});
}

/** Middle value; NaN of nothing. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** The largest value; NaN of nothing. */
export function worst(values: readonly number[]): number {
	return values.length === 0 ? Number.NaN : Math.max(...values);
}
