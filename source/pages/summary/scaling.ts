import {fieldAt, fieldsOf, listAt, textAt} from '../../core/field.ts';
import {labelSelectorText} from '../../core/label-selector.ts';
import {span} from '../../core/line.ts';
import {fact, relatedAs, type Summarize} from './summary.ts';
import {tableBlock} from './table-block.ts';

/** Of a HorizontalPodAutoscaler: what it scales, between which bounds, by which metrics. */
export const summarizeAutoscaler: Summarize = ({object, model, setting}) => {
	const target = fieldAt(object, 'spec', 'scaleTargetRef');
	const current = listAt(object, 'status', 'currentMetrics');
	const rows = listAt(object, 'spec', 'metrics').map((metric, index) => {
		const type = textAt(metric, 'type') ?? '';
		const field = type.charAt(0).toLowerCase() + type.slice(1);
		const name = textAt(metric, field, 'name') ?? textAt(metric, field, 'metric', 'name') ?? type;
		return {cells: [span(name), span(amount(fieldAt(current[index], field, 'current'))), span(amount(fieldAt(metric, field, 'target')))]};
	});
	return {
		facts: [
			...fact('Scales', `${textAt(target, 'kind') ?? ''}/${textAt(target, 'name') ?? ''}`, {target: relatedAs(model, 'scales')}),
			...fact('Replicas', `${textAt(object, 'status', 'currentReplicas') ?? '-'} now, ${textAt(object, 'status', 'desiredReplicas') ?? '-'} wanted`),
			...fact('Bounds', `${textAt(object, 'spec', 'minReplicas') ?? '1'} to ${textAt(object, 'spec', 'maxReplicas') ?? '-'}`),
		],
		blocks: tableBlock(
			[
				{title: 'METRIC', min: 8},
				{title: 'NOW', align: 'end'},
				{title: 'TARGET', align: 'end'},
			],
			rows,
			setting,
		),
	};
};

function amount(value: unknown): string {
	const percent = textAt(value, 'averageUtilization');
	return percent === undefined ? (textAt(value, 'averageValue') ?? textAt(value, 'value') ?? '-') : `${percent}%`;
}

/** Of a PodDisruptionBudget: how many may go, how many must stay. */
export const summarizeBudget: Summarize = ({object}) => ({
	facts: [
		...fact('Allows', `${textAt(object, 'status', 'disruptionsAllowed') ?? '0'} to go`),
		...fact(
			'Healthy',
			`${textAt(object, 'status', 'currentHealthy') ?? '-'} of ${textAt(object, 'status', 'expectedPods') ?? '-'}, ${textAt(object, 'status', 'desiredHealthy') ?? '-'} needed`,
		),
		...fact('Min', textAt(object, 'spec', 'minAvailable')),
		...fact('Max away', textAt(object, 'spec', 'maxUnavailable')),
		...fact('Selector', labelSelectorText(fieldAt(object, 'spec', 'selector')) || 'every pod'),
	],
});

/** Of a ResourceQuota: used of hard, resource by resource. */
export const summarizeQuota: Summarize = ({object, setting}) => {
	const rows = Object.entries(fieldsOf(fieldAt(object, 'status', 'hard'))).map(([resource, hard]) => ({
		cells: [span(resource), span(textAt({used: fieldsOf(fieldAt(object, 'status', 'used'))[resource]}, 'used') ?? '0'), span(String(hard))],
	}));
	return {
		blocks: tableBlock(
			[
				{title: 'RESOURCE', min: 8},
				{title: 'USED', align: 'end'},
				{title: 'HARD', align: 'end'},
			],
			rows,
			setting,
		),
	};
};
