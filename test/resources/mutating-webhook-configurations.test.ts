import {mutatingWebhookConfigurations} from '../../source/resources/mutating-webhook-configurations.ts';
import {testKind} from '../tools/kind-cases.ts';
import {webhookCases} from '../tools/webhook-cases.ts';

testKind(mutatingWebhookConfigurations, {
	fixture: 'service',
	shows: {name: 'cert-manager', webhooks: '1', target: 'cert-manager/cert-manager-webhook', status: '-', age: '60m'},
	cases: webhookCases,
});
