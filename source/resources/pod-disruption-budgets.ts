import {judgeBudget, type PodDisruptionBudget} from '../core/autoscale-state.ts';
import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, count, labels, name, ratioCell, server} from '../core/standard-columns.ts';
import type {Column} from '../core/table.ts';

const healthy: Column<PodDisruptionBudget> = {
	id: 'healthy',
	title: 'HEALTHY',
	align: 'end',
	priority: 2,
	cell({object}) {
		const status = object?.status;
		return status ? ratioCell(status.currentHealthy ?? 0, status.expectedPods ?? 0, true) : {type: 'text', text: ''};
	},
};

/** Whole objects, because the server's columns do not say how many pods are healthy. */
export const podDisruptionBudgets: ResourceKind<PodDisruptionBudget> = {
	apiVersion: 'policy/v1',
	kind: 'PodDisruptionBudget',
	plural: 'poddisruptionbudgets',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	family: 'autoscale',
	columns: [
		name,
		server('Min Available', {align: 'end'}),
		server('Max Unavailable', {align: 'end'}),
		count('Allowed Disruptions', {priority: 2}),
		healthy,
		statusColumn(judgeBudget),
		age,
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeBudget),
};
