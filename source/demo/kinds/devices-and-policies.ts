import {at, listAt, textAt} from '../json.ts';
import {ageColumn, column, type DemoKind, nameColumn, status} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';

const policies = {group: 'admissionregistration.k8s.io', version: 'v1', namespaced: false, categories: ['api-extensions']} as const;

function paramKind(object: StoredObject): string {
	const kind = at(object, 'spec', 'paramKind');
	return kind === undefined ? '<unset>' : `${textAt(kind, 'apiVersion')}/${textAt(kind, 'kind')}`;
}

function paramReference(object: StoredObject): string {
	const name = textAt(object, 'spec', 'paramRef', 'name');
	return name === '' ? '<unset>' : `${textAt(object, 'spec', 'paramRef', 'namespace') || '*'}/${name}`;
}

export const validatingAdmissionPolicies: DemoKind = {
	...policies,
	plural: 'validatingadmissionpolicies',
	singular: 'validatingadmissionpolicy',
	kind: 'ValidatingAdmissionPolicy',
	subresources: [status],
	columns: [nameColumn, column('Validations', {type: 'integer'}), column('ParamKind'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, listAt(object, 'spec', 'validations').length, paramKind(object), since(object.metadata.creationTimestamp)],
};

export const validatingAdmissionPolicyBindings: DemoKind = {
	...policies,
	plural: 'validatingadmissionpolicybindings',
	singular: 'validatingadmissionpolicybinding',
	kind: 'ValidatingAdmissionPolicyBinding',
	columns: [nameColumn, column('PolicyName'), column('ParamRef'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, textAt(object, 'spec', 'policyName'), paramReference(object), since(object.metadata.creationTimestamp)],
};

const devices = {group: 'resource.k8s.io', version: 'v1'} as const;

export const deviceClasses: DemoKind = {
	...devices,
	plural: 'deviceclasses',
	singular: 'deviceclass',
	kind: 'DeviceClass',
	namespaced: false,
	columns: [nameColumn, ageColumn],
	cells: (object, {since}) => [object.metadata.name, since(object.metadata.creationTimestamp)],
};

function claimState(claim: StoredObject): string {
	const isDeleted = claim.metadata.deletionTimestamp !== undefined;
	const isAllocated = at(claim, 'status', 'allocation') !== undefined;
	const states = [
		...(isDeleted ? ['deleted'] : []),
		...(isAllocated ? ['allocated'] : isDeleted ? [] : ['pending']),
		...(isAllocated && listAt(claim, 'status', 'reservedFor').length > 0 ? ['reserved'] : []),
	];
	return states.join(',');
}

export const resourceClaims: DemoKind = {
	...devices,
	plural: 'resourceclaims',
	singular: 'resourceclaim',
	kind: 'ResourceClaim',
	namespaced: true,
	subresources: [status],
	columns: [nameColumn, column('State'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, claimState(object), since(object.metadata.creationTimestamp)],
};

export const resourceClaimTemplates: DemoKind = {
	...deviceClasses,
	plural: 'resourceclaimtemplates',
	singular: 'resourceclaimtemplate',
	kind: 'ResourceClaimTemplate',
	namespaced: true,
};

export const resourceSlices: DemoKind = {
	...devices,
	plural: 'resourceslices',
	singular: 'resourceslice',
	kind: 'ResourceSlice',
	namespaced: false,
	columns: [nameColumn, column('Node'), column('Driver'), column('Pool'), ageColumn],
	cells: (object, {since}) => [
		object.metadata.name,
		textAt(object, 'spec', 'nodeName'),
		textAt(object, 'spec', 'driver'),
		textAt(object, 'spec', 'pool', 'name'),
		since(object.metadata.creationTimestamp),
	],
};
