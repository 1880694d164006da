import {labelsMatch} from '../../label-selector.ts';
import type {NetPod, NetService} from '../net-objects.ts';
import {type ClusterIndex, hasEnded} from './cluster-index.ts';
import {selectorMiss} from './near-miss.ts';

/** The pods that the selector means; none for a Service without one. */
export function selectedPods({metadata, spec}: NetService, index: ClusterIndex): readonly NetPod[] {
	const selector = spec?.selector ?? {};
	if (Object.keys(selector).length === 0) return [];
	return index.pods(metadata.namespace ?? '').filter(pod => !hasEnded(pod) && labelsMatch(selector, pod.metadata.labels ?? {}));
}

/** Where the selector means nobody: the pods that it would mean but for one label. */
export function nearestPods({metadata, spec}: NetService, index: ClusterIndex): readonly NetPod[] {
	const pods = index.pods(metadata.namespace ?? '').filter(pod => !hasEnded(pod));
	return selectorMiss(spec?.selector ?? {}, pods)?.pods ?? [];
}
