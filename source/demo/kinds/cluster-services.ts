import {at, listAt, numberAt, recordsAt, textAt} from '../json.ts';
import {ageColumn, type Cell, column, type DemoKind, nameColumn, status} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';
import {orElse} from './cell-text.ts';

const cluster = {version: 'v1', namespaced: false} as const;
const registration = {...cluster, group: 'admissionregistration.k8s.io', categories: ['api-extensions']} as const;

const webhooks: Pick<DemoKind, 'columns' | 'cells'> = {
	columns: [nameColumn, column('Webhooks', {type: 'integer'}), ageColumn],
	cells: (object, {since}) => [object.metadata.name, listAt(object, 'webhooks').length, since(object.metadata.creationTimestamp)],
};

export const mutatingWebhookConfigurations: DemoKind = {
	...registration,
	...webhooks,
	plural: 'mutatingwebhookconfigurations',
	singular: 'mutatingwebhookconfiguration',
	kind: 'MutatingWebhookConfiguration',
};

export const validatingWebhookConfigurations: DemoKind = {
	...registration,
	...webhooks,
	plural: 'validatingwebhookconfigurations',
	singular: 'validatingwebhookconfiguration',
	kind: 'ValidatingWebhookConfiguration',
};

export const customResourceDefinitions: DemoKind = {
	...cluster,
	group: 'apiextensions.k8s.io',
	plural: 'customresourcedefinitions',
	singular: 'customresourcedefinition',
	kind: 'CustomResourceDefinition',
	shortNames: ['crd', 'crds'],
	categories: ['api-extensions'],
	subresources: [status],
};

export const apiServices: DemoKind = {
	...cluster,
	group: 'apiregistration.k8s.io',
	plural: 'apiservices',
	singular: 'apiservice',
	kind: 'APIService',
	categories: ['api-extensions'],
	subresources: [status],
	columns: [nameColumn, column('Service'), column('Available'), ageColumn],
	cells: (object, {since}) => {
		const service = at(object, 'spec', 'service');
		const available = recordsAt(object, 'status', 'conditions').find(condition => condition['type'] === 'Available');
		const state = textAt(available, 'status');
		return [
			object.metadata.name,
			service === undefined ? 'Local' : `${textAt(service, 'namespace')}/${textAt(service, 'name')}`,
			available === undefined ? 'Unknown' : state === 'True' ? 'True' : `${state} (${textAt(available, 'reason')})`,
			since(object.metadata.creationTimestamp),
		];
	},
};

export const leases: DemoKind = {
	group: 'coordination.k8s.io',
	version: 'v1',
	plural: 'leases',
	singular: 'lease',
	kind: 'Lease',
	namespaced: true,
	columns: [nameColumn, column('Holder'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, textAt(object, 'spec', 'holderIdentity'), since(object.metadata.creationTimestamp)],
};

export const runtimeClasses: DemoKind = {
	...cluster,
	group: 'node.k8s.io',
	plural: 'runtimeclasses',
	singular: 'runtimeclass',
	kind: 'RuntimeClass',
	columns: [nameColumn, column('Handler'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, textAt(object, 'handler'), since(object.metadata.creationTimestamp)],
};

const flowcontrol = {...cluster, group: 'flowcontrol.apiserver.k8s.io', subresources: [status]} as const;

export const flowSchemas: DemoKind = {
	...flowcontrol,
	plural: 'flowschemas',
	singular: 'flowschema',
	kind: 'FlowSchema',
	columns: [nameColumn, column('PriorityLevel'), column('MatchingPrecedence'), column('DistinguisherMethod'), ageColumn, column('MissingPL')],
	cells: (object, {since}) => {
		const dangling = recordsAt(object, 'status', 'conditions').find(condition => condition['type'] === 'Dangling');
		return [
			object.metadata.name,
			textAt(object, 'spec', 'priorityLevelConfiguration', 'name'),
			numberAt(object, 'spec', 'matchingPrecedence'),
			orElse(textAt(object, 'spec', 'distinguisherMethod', 'type'), '<none>'),
			since(object.metadata.creationTimestamp),
			orElse(textAt(dangling, 'status'), '?'),
		];
	},
};

function limitCells(object: StoredObject): readonly Cell[] {
	const limited = at(object, 'spec', 'limited');
	if (limited === undefined) return ['<none>', '<none>', '<none>', '<none>'];
	const queuing = at(limited, 'limitResponse', 'queuing');
	const queues = ['queues', 'handSize', 'queueLengthLimit'].map(field => (queuing === undefined ? '<none>' : numberAt(queuing, field)));
	return [numberAt(limited, 'nominalConcurrencyShares'), ...queues];
}

export const priorityLevelConfigurations: DemoKind = {
	...flowcontrol,
	plural: 'prioritylevelconfigurations',
	singular: 'prioritylevelconfiguration',
	kind: 'PriorityLevelConfiguration',
	columns: [nameColumn, ...['Type', 'NominalConcurrencyShares', 'Queues', 'HandSize', 'QueueLengthLimit'].map(name => column(name)), ageColumn],
	cells: (object, {since}) => [object.metadata.name, textAt(object, 'spec', 'type'), ...limitCells(object), since(object.metadata.creationTimestamp)],
};
