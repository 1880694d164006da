import {seedOf} from '../random.ts';

/** How often metrics-server asks the kubelets (its default resolution). */
export const resolutionMs = 15_000;
/** Two samples make a rate: before that a container has no values. */
const warmingUpMs = 2 * resolutionMs;

/** One look at a node, as metrics-server keeps it: when, and over how long. */
export type Sample = Readonly<{at: number; windowMs: number}>;

/** The last look at a node before a moment; each node has a turn of its own within the round. */
export function lastSample(node: string, now: number): Sample {
	const turn = seedOf(node) % 6000;
	const round = Math.floor((now - turn) / resolutionMs);
	return {at: round * resolutionMs + turn, windowMs: resolutionMs + (seedOf(`${node} ${round}`) % 90)};
}

/** Whether a container that runs since then has two samples behind it. */
export function isWarm(startedAt: number, sample: Sample): boolean {
	return sample.at - startedAt >= warmingUpMs;
}

/** `15.043s`, as a Go duration. */
export function windowText({windowMs}: Sample): string {
	return `${windowMs / 1000}s`;
}
