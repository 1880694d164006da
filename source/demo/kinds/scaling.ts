import {at, type Json, numberAt, recordsAt, textAt} from '../json.ts';
import {ageColumn, column, type DemoKind, nameColumn, status} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';
import {orElse, referenceText} from './cell-text.ts';

/** Where a metric's numbers stand, by its type; the last two also carry the name of a resource. */
const metricFields: Readonly<Record<string, string>> = {
	External: 'external',
	Object: 'object',
	Pods: 'pods',
	Resource: 'resource',
	ContainerResource: 'containerResource',
};

function percent(value: Json | undefined, otherwise: string): string {
	return typeof value === 'number' ? `${value}%` : otherwise;
}

function metricText(spec: Json, current: Json | undefined): string {
	const field = metricFields[textAt(spec, 'type')];
	if (field === undefined) return '<unknown type>';
	const target = at(spec, field, 'target');
	const now = at(current, field, 'current');
	const average = textAt(target, 'averageValue');
	if (field === 'resource' || field === 'containerResource') {
		const name = textAt(spec, field, 'name');
		if (average !== '') return `${name}: ${orElse(textAt(now, 'averageValue'), '<unknown>')}/${average}`;
		return `${name}: ${percent(at(now, 'averageUtilization'), '<unknown>')}/${percent(at(target, 'averageUtilization'), '<auto>')}`;
	}
	if (field === 'pods') return `${orElse(textAt(now, 'averageValue'), '<unknown>')}/${average}`;
	if (average !== '') return `${orElse(textAt(now, 'averageValue'), '<unknown>')}/${average} (avg)`;
	return `${orElse(textAt(now, 'value'), '<unknown>')}/${textAt(target, 'value')}`;
}

function metricsText(object: StoredObject): string {
	const statuses = recordsAt(object, 'status', 'currentMetrics');
	const texts = recordsAt(object, 'spec', 'metrics').map((spec, index) => metricText(spec, statuses[index]));
	if (texts.length === 0) return '<none>';
	return texts.length > 2 ? `${texts.slice(0, 2).join(', ')} + ${texts.length - 2} more...` : texts.join(', ');
}

export const horizontalPodAutoscalers: DemoKind = {
	group: 'autoscaling',
	version: 'v2',
	plural: 'horizontalpodautoscalers',
	singular: 'horizontalpodautoscaler',
	kind: 'HorizontalPodAutoscaler',
	namespaced: true,
	shortNames: ['hpa'],
	categories: ['all'],
	subresources: [status],
	columns: [nameColumn, ...['Reference', 'Targets', 'MinPods', 'MaxPods', 'Replicas'].map(name => column(name)), ageColumn],
	cells: (object, {since}) => [
		object.metadata.name,
		referenceText(at(object, 'spec', 'scaleTargetRef')),
		metricsText(object),
		String(at(object, 'spec', 'minReplicas') ?? '<unset>'),
		numberAt(object, 'spec', 'maxReplicas'),
		numberAt(object, 'status', 'currentReplicas'),
		since(object.metadata.creationTimestamp),
	],
};

export const podDisruptionBudgets: DemoKind = {
	group: 'policy',
	version: 'v1',
	plural: 'poddisruptionbudgets',
	singular: 'poddisruptionbudget',
	kind: 'PodDisruptionBudget',
	namespaced: true,
	shortNames: ['pdb'],
	subresources: [status],
	columns: [nameColumn, column('Min Available'), column('Max Unavailable'), column('Allowed Disruptions', {type: 'integer'}), ageColumn],
	cells: (object, {since}) => [
		object.metadata.name,
		String(at(object, 'spec', 'minAvailable') ?? 'N/A'),
		String(at(object, 'spec', 'maxUnavailable') ?? 'N/A'),
		numberAt(object, 'status', 'disruptionsAllowed'),
		since(object.metadata.creationTimestamp),
	],
};

export const priorityClasses: DemoKind = {
	group: 'scheduling.k8s.io',
	version: 'v1',
	plural: 'priorityclasses',
	singular: 'priorityclass',
	kind: 'PriorityClass',
	namespaced: false,
	shortNames: ['pc'],
	columns: [nameColumn, column('Value', {type: 'integer'}), column('Global-Default', {type: 'boolean'}), ageColumn, column('PreemptionPolicy')],
	cells: (object, {since}) => [
		object.metadata.name,
		numberAt(object, 'value'),
		at(object, 'globalDefault') === true,
		since(object.metadata.creationTimestamp),
		textAt(object, 'preemptionPolicy'),
	],
};
