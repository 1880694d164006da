import {fullestOf, judgeQuota, type ResourceQuota} from '../core/autoscale-state.ts';
import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, server} from '../core/standard-columns.ts';
import type {Cell, Column} from '../core/table.ts';

/** How far the resource that is used up the most is used up; which one it is stands beside it. */
const used: Column<ResourceQuota> = {
	id: 'used',
	title: 'USED',
	align: 'end',
	priority: 1,
	cell({object}): Cell {
		const fullest = fullestOf(object);
		return fullest ? {type: 'number', value: fullest.share * 100, unit: 'percent'} : {type: 'number', unit: 'percent'};
	},
};

export const resourceQuotas: ResourceKind<ResourceQuota> = {
	apiVersion: 'v1',
	kind: 'ResourceQuota',
	plural: 'resourcequotas',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	family: 'autoscale',
	columns: [
		name,
		used,
		{...statusColumn(judgeQuota), title: 'FULLEST', width: {min: 12, ideal: 28}},
		server('Request', {priority: 3}),
		server('Limit', {priority: 3}),
		age,
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeQuota),
};
