import {fieldAt, listAt, textAt} from '../field.ts';
import {named, type RefReader, type RelatedRef, related} from './related-ref.ts';

const rbacGroup = 'rbac.authorization.k8s.io';

/** Of a RoleBinding or ClusterRoleBinding: its role, and the service accounts it binds (users and groups are no objects). */
export const bindingRefs: RefReader = object => {
	const role = fieldAt(object, 'roleRef');
	const kind = textAt(role, 'kind') ?? '';
	const namespace = kind === 'Role' ? object.metadata.namespace : undefined;
	return [
		...named('role', {group: rbacGroup, kind, namespace}, textAt(role, 'name')),
		...listAt(object, 'subjects')
			.filter(subject => textAt(subject, 'kind') === 'ServiceAccount')
			.flatMap(subject =>
				named('subject', {group: '', kind: 'ServiceAccount', namespace: textAt(subject, 'namespace') ?? object.metadata.namespace}, textAt(subject, 'name')),
			),
	];
};

/** Of a Role or ClusterRole: the bindings that grant it. */
export const roleRefs: RefReader = object => {
	const bindings = related('granted by', {group: rbacGroup, kind: 'RoleBinding', namespace: object.metadata.namespace}, {by: 'naming'});
	return object.kind === 'Role' ? [bindings] : [bindings, related('granted by', {group: rbacGroup, kind: 'ClusterRoleBinding'}, {by: 'naming'})];
};

/** Of a ServiceAccount: its Secrets, its bindings, the pods that run as it. */
export const serviceAccountRefs: RefReader = object => {
	const {namespace} = object.metadata;
	const secret = {group: '', kind: 'Secret', namespace};
	return [
		...listAt(object, 'secrets').flatMap(entry => named('secret', secret, textAt(entry, 'name'))),
		...listAt(object, 'imagePullSecrets').flatMap(entry => named('pull secret', secret, textAt(entry, 'name'))),
		related('used by', {group: '', kind: 'Pod', namespace}, {by: 'naming'}),
		related('bound by', {group: rbacGroup, kind: 'RoleBinding', namespace}, {by: 'naming'}),
		related('bound by', {group: rbacGroup, kind: 'ClusterRoleBinding'}, {by: 'naming'}),
	];
};

/** Of a webhook configuration: the Services that answer. */
export const webhookRefs: RefReader = object =>
	listAt(object, 'webhooks').flatMap(webhook => serviceRef('webhook', fieldAt(webhook, 'clientConfig', 'service')));

/** Of an APIService: the Service behind it; none for the API server's own groups. */
export const apiServiceRefs: RefReader = object => serviceRef('served by', fieldAt(object, 'spec', 'service'));

/** Of a CustomResourceDefinition: the Service that converts between its versions. */
export const definitionRefs: RefReader = object => serviceRef('converted by', fieldAt(object, 'spec', 'conversion', 'webhook', 'clientConfig', 'service'));

function serviceRef(relation: string, service: unknown): readonly RelatedRef[] {
	return named(relation, {group: '', kind: 'Service', namespace: textAt(service, 'namespace')}, textAt(service, 'name'));
}
