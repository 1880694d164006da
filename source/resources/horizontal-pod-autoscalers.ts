import {type HorizontalPodAutoscaler, judgeAutoscaler} from '../core/autoscale-state.ts';
import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, ageOf, count, labels, name, server} from '../core/standard-columns.ts';

export const horizontalPodAutoscalers: ResourceKind<HorizontalPodAutoscaler> = {
	apiVersion: 'autoscaling/v2',
	kind: 'HorizontalPodAutoscaler',
	plural: 'horizontalpodautoscalers',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	family: 'autoscale',
	columns: [
		name,
		server('Reference', {priority: 3, cut: 'middle'}),
		server('Targets', {priority: 2}),
		count('MinPods'),
		count('MaxPods'),
		count('Replicas', {priority: 1}),
		statusColumn(judgeAutoscaler),
		ageOf<HorizontalPodAutoscaler>('Last Scale', ({status}) => status?.lastScaleTime, {priority: 5}),
		age,
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeAutoscaler),
};
