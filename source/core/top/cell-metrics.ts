import type {MetricsReading} from './metrics-reading.ts';
import type {PodNumbers} from './pod-numbers.ts';
import type {Amounts} from './amounts.ts';

/** What the cells of a table know of what is used. */
export type CellMetrics = Readonly<{
	reading: MetricsReading;
	/** Requests and limits of a pod, where a column needs them and they are read; `key`: `namespace/name`. */
	pod(key: string): PodNumbers | undefined;
	/** Those of all pods of a node together. */
	node(name: string): Readonly<{requests: Amounts; limits: Amounts}> | undefined;
}>;
