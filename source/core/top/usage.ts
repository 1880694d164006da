import {listAt, textAt, timeAt} from '../field.ts';
import type {KubeObject} from '../kubernetes.ts';
import {addAmounts, type Amounts, amountsOf, resourceNames} from './amounts.ts';

/** Where a value comes from. */
export type UsageSource = 'metrics.k8s.io' | 'kubelet';

/** What a node or a container uses. A resource that the source does not tell, or tells in a way nobody can read, is missing: never zero. */
export type Usage = Amounts &
	Readonly<{
		/** Server time of the sample, ms since the epoch. */
		at: number;
		/** The span that the CPU figure is the mean of. */
		windowMs?: number;
		source: UsageSource;
	}>;

/** A pod's containers by name; its own amounts are their sum. */
export type PodUsage = Usage & Readonly<{containers: ReadonlyMap<string, Amounts>}>;

/** Of the Nodes screen and its cells a sample older than this is stale (kube-api.md 6). */
export const staleAfterMs = 90_000;
/** A pod this young may not have been measured yet. */
export const warmingMs = 60_000;

/** The key of a pod in maps: `shop/web-0`. */
export function podKey(namespace: string | undefined, name: string): string {
	return `${namespace ?? ''}/${name}`;
}

/** A NodeMetrics of metrics.k8s.io; undefined without a time. */
export function nodeUsage(object: KubeObject): Usage | undefined {
	const sample = sampleOf(object);
	return sample && {...amountsOf(fieldUsage(object)), ...sample};
}

/** A PodMetrics of metrics.k8s.io; undefined without a time. A resource that one container lacks is missing for the pod. */
export function podUsage(object: KubeObject): PodUsage | undefined {
	const sample = sampleOf(object);
	if (sample === undefined) return undefined;
	const containers = new Map(listAt(object, 'containers').map(container => [textAt(container, 'name') ?? '', amountsOf(fieldUsage(container))] as const));
	return {...wholeSum([...containers.values()]), ...sample, containers};
}

/** The sum, without a resource that is unknown for any part. */
export function wholeSum(parts: readonly Amounts[]): Amounts {
	const sum = addAmounts(...parts);
	const known = resourceNames.filter(name => parts.every(part => part[name] !== undefined));
	return {
		...(known.includes('cpu') && sum.cpu !== undefined ? {cpu: sum.cpu} : {}),
		...(known.includes('memory') && sum.memory !== undefined ? {memory: sum.memory} : {}),
	};
}

function fieldUsage(object: unknown): unknown {
	return (object as Readonly<{usage?: unknown}> | null)?.usage;
}

function sampleOf(object: KubeObject): Pick<Usage, 'at' | 'windowMs' | 'source'> | undefined {
	const at = timeAt(object, 'timestamp');
	if (at === undefined) return undefined;
	const windowMs = goDurationMs(textAt(object, 'window'));
	return {at, source: 'metrics.k8s.io', ...(windowMs === undefined ? {} : {windowMs})};
}

/** `12.147s`, `1m30s`: a Go duration as metav1.Duration writes it. */
function goDurationMs(text: string | undefined): number | undefined {
	if (text === undefined || !/^(?:\d+(?:\.\d+)?(?:ms|µs|us|ns|[hms]))+$/.test(text)) return undefined;
	const units: Readonly<Record<string, number>> = {h: 3_600_000, m: 60_000, s: 1000, ms: 1};
	return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|µs|us|ns|[hms])/g)].reduce((sum, [, value = '0', unit = '']) => sum + Number(value) * (units[unit] ?? 0), 0);
}
