import {at, recordsAt, textAt} from '../json.ts';
import {ageColumn, column, type DemoKind, nameColumn, status} from '../kind.ts';
import {humanDuration} from '../human-duration.ts';
import type {StoredObject} from '../stored-object.ts';
import {orElse, referenceText} from './cell-text.ts';

const rbac = {group: 'rbac.authorization.k8s.io', version: 'v1'} as const;

export const roles: DemoKind = {...rbac, plural: 'roles', singular: 'role', kind: 'Role', namespaced: true};
export const clusterRoles: DemoKind = {...rbac, plural: 'clusterroles', singular: 'clusterrole', kind: 'ClusterRole', namespaced: false};

function subjectsText(binding: StoredObject, kind: string): string {
	return recordsAt(binding, 'subjects')
		.filter(subject => subject['kind'] === kind)
		.map(subject => (kind === 'ServiceAccount' ? `${textAt(subject, 'namespace')}/${textAt(subject, 'name')}` : textAt(subject, 'name')))
		.join(', ');
}

const binding: Pick<DemoKind, 'columns' | 'cells'> = {
	columns: [nameColumn, column('Role'), ageColumn, ...['Users', 'Groups', 'ServiceAccounts'].map(name => column(name, {wide: true}))],
	cells: (object, {since}) => [
		object.metadata.name,
		referenceText(at(object, 'roleRef')),
		since(object.metadata.creationTimestamp),
		subjectsText(object, 'User'),
		subjectsText(object, 'Group'),
		subjectsText(object, 'ServiceAccount'),
	],
};

export const roleBindings: DemoKind = {...rbac, ...binding, plural: 'rolebindings', singular: 'rolebinding', kind: 'RoleBinding', namespaced: true};
export const clusterRoleBindings: DemoKind = {
	...rbac,
	...binding,
	plural: 'clusterrolebindings',
	singular: 'clusterrolebinding',
	kind: 'ClusterRoleBinding',
	namespaced: false,
};

function requestState(request: StoredObject): string {
	const types = new Set(recordsAt(request, 'status', 'conditions').map(condition => condition['type']));
	const decision = types.has('Denied') ? 'Denied' : types.has('Approved') ? 'Approved' : 'Pending';
	return `${decision}${types.has('Failed') ? ',Failed' : ''}${textAt(request, 'status', 'certificate') === '' ? '' : ',Issued'}`;
}

function requestedDuration(request: StoredObject): string {
	const seconds = at(request, 'spec', 'expirationSeconds');
	return typeof seconds === 'number' ? humanDuration(seconds * 1000) : '<none>';
}

export const certificateSigningRequests: DemoKind = {
	group: 'certificates.k8s.io',
	version: 'v1',
	plural: 'certificatesigningrequests',
	singular: 'certificatesigningrequest',
	kind: 'CertificateSigningRequest',
	namespaced: false,
	shortNames: ['csr'],
	subresources: [{name: 'approval', verbs: ['get', 'patch', 'update']}, status],
	columns: [nameColumn, ageColumn, ...['SignerName', 'Requestor', 'RequestedDuration', 'Condition'].map(name => column(name))],
	cells: (request, {since}) => [
		request.metadata.name,
		since(request.metadata.creationTimestamp),
		orElse(textAt(request, 'spec', 'signerName'), '<none>'),
		textAt(request, 'spec', 'username'),
		requestedDuration(request),
		requestState(request),
	],
	fields: request => ({'spec.signerName': textAt(request, 'spec', 'signerName')}),
};

const review = {namespaced: false, verbs: ['create']} as const;

/** What can only be asked, never listed. */
export const reviews: readonly DemoKind[] = [
	{...review, group: 'authentication.k8s.io', version: 'v1', plural: 'selfsubjectreviews', singular: 'selfsubjectreview', kind: 'SelfSubjectReview'},
	{
		...review,
		group: 'authorization.k8s.io',
		version: 'v1',
		plural: 'selfsubjectaccessreviews',
		singular: 'selfsubjectaccessreview',
		kind: 'SelfSubjectAccessReview',
	},
	{
		...review,
		group: 'authorization.k8s.io',
		version: 'v1',
		plural: 'selfsubjectrulesreviews',
		singular: 'selfsubjectrulesreview',
		kind: 'SelfSubjectRulesReview',
	},
];
