import {textAt} from '../field.ts';
import {parseNano} from './nano.ts';

/** CPU in billionths of a core, memory in billionths of a byte; what is missing was not set or could not be read. */
export type Amounts = Readonly<{cpu?: bigint; memory?: bigint}>;

export const resourceNames = ['cpu', 'memory'] as const;
export type ResourceName = (typeof resourceNames)[number];

export const noAmounts: Amounts = {};

/** A ResourceList as served (`{"cpu": "250m", "memory": "64Mi"}`). */
export function amountsOf(list: unknown): Amounts {
	return amountsBy(name => {
		const text = textAt(list, name);
		return text === undefined ? undefined : parseNano(text);
	});
}

/** The sum by resource; set where any of them is. */
export function addAmounts(...all: readonly Amounts[]): Amounts {
	return amountsBy(name => all.reduce<bigint | undefined>((sum, one) => (one[name] === undefined ? sum : (sum ?? 0n) + one[name]), undefined));
}

/** The largest by resource. */
export function maxAmounts(...all: readonly Amounts[]): Amounts {
	return amountsBy(name =>
		all.reduce<bigint | undefined>((most, one) => (one[name] !== undefined && (most === undefined || one[name] > most) ? one[name] : most), undefined),
	);
}

/** Amounts from a function of the resource. */
export function amountsBy(of: (name: ResourceName) => bigint | undefined): Amounts {
	const [cpu, memory] = resourceNames.map(of);
	return {...(cpu === undefined ? {} : {cpu}), ...(memory === undefined ? {} : {memory})};
}
