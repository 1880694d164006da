import type {FamilyHealth} from '../../core/overview-model.ts';
import {type MetricsReading, newestSample} from '../../core/top/metrics-reading.ts';

/** The family of metrics on the Overview: there while the metrics API answers. That it does not is told where its values would be, and by its APIService. */
export function metricsHealth(reading: MetricsReading | undefined): readonly FamilyHealth[] {
	if (reading?.source.nodes !== 'metrics.k8s.io' || reading.missing.nodes !== undefined || reading.missing.pods !== undefined) return [];
	const windowMs = newestSample(reading, 'nodes')?.windowMs;
	const window = windowMs === undefined ? '' : `${Math.round(windowMs / 1000)}s window; `;
	const fact = `metrics.k8s.io, ${window}${reading.nodes.size} nodes, ${reading.pods.size} pods measured`;
	return [{family: 'metrics', ok: 2, warning: 0, error: 0, other: 0, troubles: [], notRead: [], loading: false, fact}];
}
