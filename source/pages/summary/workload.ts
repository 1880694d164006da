import {fieldAt, textAt, timeAt} from '../../core/field.ts';
import type {KubeObject} from '../../core/kubernetes.ts';
import type {ObjectModel} from '../../core/object-model.ts';
import {labelSelectorText} from '../../core/label-selector.ts';
import {plural} from '../../core/text.ts';
import {gravity} from '../../core/tone.ts';
import {timeText} from '../fit.ts';
import {templateBlock} from './pod.ts';
import {type Fact, fact, relatedAs, type Summarize} from './summary.ts';

/** Of a Deployment, StatefulSet, ReplicaSet or DaemonSet: replicas wanted and there, how they are replaced, their containers. */
export const summarizeWorkload: Summarize = ({object, model, setting}) => ({
	why: podsWhy(model),
	facts: [
		...replicas(object),
		...fact('Selector', labelSelectorText(fieldAt(object, 'spec', 'selector'))),
		...fact('Strategy', textAt(object, 'spec', 'strategy', 'type') ?? textAt(object, 'spec', 'updateStrategy', 'type')),
		...fact('Revision', object.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? textAt(object, 'status', 'updateRevision')),
		...fact('Paused', textAt(object, 'spec', 'paused') === 'true' ? 'yes' : undefined, {tone: 'warning'}),
		...fact('SA', textAt(object, 'spec', 'template', 'spec', 'serviceAccountName'), {target: relatedAs(model, 'service account')}),
		...fact('Service', textAt(object, 'spec', 'serviceName'), {target: relatedAs(model, 'service')}),
	],
	blocks: templateBlock(fieldAt(object, 'spec', 'template', 'spec'), setting),
});

/** What is wrong with its pods, where a pod says it: the gravest, and how many more are not well. */
function podsWhy({related}: ObjectModel): readonly string[] {
	const faulty = related.filter(
		({relation, kind, tone, detail}) => relation === 'selects' && kind === 'pods' && detail !== undefined && gravity(tone) >= gravity('warning'),
	);
	const [gravest, ...others] = [...faulty].sort((a, b) => gravity(b.tone) - gravity(a.tone));
	if (gravest === undefined) return [];
	return [`pod ${gravest.ref.name} ${gravest.detail}${others.length === 0 ? '' : `; ${plural(others.length, 'more pod is', 'more pods are')} not well`}`];
}

function replicas(object: KubeObject): readonly Fact[] {
	const status = (key: string): string => textAt(object, 'status', key) ?? '0';
	if (object.kind === 'DaemonSet') {
		return [
			...fact('Nodes', `${status('numberReady')}/${status('desiredNumberScheduled')} ready`),
			...fact('Updated', textAt(object, 'status', 'updatedNumberScheduled')),
			...fact('Misplaced', status('numberMisscheduled') === '0' ? undefined : status('numberMisscheduled'), {tone: 'warning'}),
		];
	}
	return [
		...fact('Replicas', `${status('readyReplicas')}/${textAt(object, 'spec', 'replicas') ?? '1'} ready`),
		...fact('Updated', textAt(object, 'status', 'updatedReplicas')),
		...fact('Available', textAt(object, 'status', 'availableReplicas')),
	];
}

/** Of a Job: how far it is, how often it may fail, when it ran. */
export const summarizeJob: Summarize = ({object, setting}) => ({
	facts: [
		...fact('Done', `${textAt(object, 'status', 'succeeded') ?? '0'}/${textAt(object, 'spec', 'completions') ?? '1'}`),
		...fact('Active', textAt(object, 'status', 'active')),
		...fact('Failed', textAt(object, 'status', 'failed'), {tone: 'warning'}),
		...fact('Backoff', textAt(object, 'spec', 'backoffLimit')),
		...fact('Start', timeText(timeAt(object, 'status', 'startTime'), setting)),
		...fact('Finished', timeText(timeAt(object, 'status', 'completionTime'), setting)),
		...fact('Suspended', textAt(object, 'spec', 'suspend') === 'true' ? 'yes' : undefined, {tone: 'warning'}),
	],
	blocks: templateBlock(fieldAt(object, 'spec', 'template', 'spec'), setting),
});

/** Of a CronJob: when it runs, when it last did, what it starts. */
export const summarizeCronJob: Summarize = ({object, setting}) => ({
	facts: [
		...fact('Schedule', [textAt(object, 'spec', 'schedule'), textAt(object, 'spec', 'timeZone')].filter(part => part !== undefined).join(' ')),
		...fact('Last run', timeText(timeAt(object, 'status', 'lastScheduleTime'), setting)),
		...fact('Success', timeText(timeAt(object, 'status', 'lastSuccessfulTime'), setting)),
		...fact('Overlap', textAt(object, 'spec', 'concurrencyPolicy')),
		...fact('Suspended', textAt(object, 'spec', 'suspend') === 'true' ? 'yes' : undefined, {tone: 'warning'}),
	],
	blocks: templateBlock(fieldAt(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec'), setting),
});
