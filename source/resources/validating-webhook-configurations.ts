import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, count, labels, name, textOf} from '../core/standard-columns.ts';
import {judgeWebhooks, webhookTargets, type WebhookConfiguration} from '../core/webhook-state.ts';

/** Whole objects, because where the calls go is in no column. */
export const validatingWebhookConfigurations: ResourceKind<WebhookConfiguration> = {
	apiVersion: 'admissionregistration.k8s.io/v1',
	kind: 'ValidatingWebhookConfiguration',
	plural: 'validatingwebhookconfigurations',
	aliases: [],
	scope: 'cluster',
	mode: 'object',
	beside: ['services', 'endpointslices'],
	columns: [name, count('Webhooks'), textOf('Target', webhookTargets, {priority: 2}), statusColumn(judgeWebhooks), age, labels],
	sort: {by: 'name'},
	...judged(judgeWebhooks),
};
