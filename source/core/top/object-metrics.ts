import type {EvictionThreshold} from './eviction.ts';
import type {MetricsReading} from './metrics-reading.ts';
import type {PodNumbers} from './pod-numbers.ts';

/** What the object page and the preview know of what a pod or a node uses. */
export type ObjectMetrics = Readonly<{
	reading: MetricsReading;
	/** Of a node: the numbers of its pods; undefined until they are known. */
	numbers?: ReadonlyMap<string, PodNumbers>;
	eviction?: EvictionThreshold;
	/** Under a history key, the last quarter of an hour, oldest first, NaN where nothing was measured. */
	history(key: string, of: 'cpu' | 'memory'): readonly number[];
}>;
