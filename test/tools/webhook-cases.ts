import {fixtureItem, type KindCase} from './kind-cases.ts';
import {besideOf} from './table-item.ts';

const target = {namespace: 'cert-manager', name: 'cert-manager-webhook'};
const service = fixtureItem('services', 'ready', {meta: target});
const slice = (ready: boolean) =>
	fixtureItem('endpointslices', 'ready', {
		meta: {namespace: target.namespace, labels: {'kubernetes.io/service-name': target.name}},
		object: {endpoints: [{addresses: ['10.0.0.1'], conditions: {ready}}]},
	});
const lax = {webhooks: [{name: 'a', failurePolicy: 'Ignore', clientConfig: {service: target}}]};

/** Both kinds of webhook configuration are judged by the same rules. */
export const webhookCases: readonly KindCase[] = [
	{name: 'answered', beside: besideOf({services: [service], endpointslices: [slice(true)]}), tone: 'ok', shows: {status: 'Ready'}},
	{
		name: 'its Service is missing',
		beside: besideOf({services: [], endpointslices: []}),
		tone: 'error',
		why: 'there is no Service cert-manager-webhook: what it checks is refused',
		shows: {status: 'Service missing'},
	},
	{
		name: 'nobody answers',
		beside: besideOf({services: [service], endpointslices: [slice(false)]}),
		tone: 'error',
		why: 'Service cert-manager-webhook has no ready endpoint: what it checks is refused',
	},
	{
		name: 'nobody answers and it may be left out',
		object: lax,
		beside: besideOf({services: [service], endpointslices: [slice(false)]}),
		tone: 'warning',
		why: 'Service cert-manager-webhook has no ready endpoint: what it checks passes unchecked',
	},
	{
		name: 'called by URL',
		object: {webhooks: [{name: 'a', clientConfig: {url: 'https://hooks.example.test:8443/check'}}]},
		tone: 'text',
		shows: {target: 'hooks.example.test:8443'},
	},
	{name: 'nothing beside was read', tone: 'text'},
];
