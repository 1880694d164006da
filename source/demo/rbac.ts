import type {DemoCluster} from './cluster.ts';
import {at, type Json, type JsonObject, listAt, recordsAt, textAt} from './json.ts';
import type {StoredObject} from './stored-object.ts';

export type DemoUser = Readonly<{username: string; groups: readonly string[]; uid?: string}>;

/** What a request wants to do, as an authorizer sees it. */
export type Attributes = Readonly<
	{verb: string; group: string; resource: string; subresource: string; namespace: string; name: string} | {verb: string; path: string}
>;

const group = 'rbac.authorization.k8s.io';

function isSubject(subject: JsonObject, user: DemoUser, bindingNamespace: string): boolean {
	const name = textAt(subject, 'name');
	switch (textAt(subject, 'kind')) {
		case 'User':
			return name === user.username;
		case 'Group':
			return name === 'system:authenticated' || user.groups.includes(name);
		case 'ServiceAccount':
			return user.username === `system:serviceaccount:${textAt(subject, 'namespace') || bindingNamespace}:${name}`;
		default:
			return false;
	}
}

function rulesOfRole(cluster: DemoCluster, binding: StoredObject): readonly JsonObject[] {
	const name = textAt(binding, 'roleRef', 'name');
	const isCluster = textAt(binding, 'roleRef', 'kind') === 'ClusterRole';
	return recordsAt(
		isCluster ? cluster.get(`clusterroles.${group}`, undefined, name) : cluster.get(`roles.${group}`, binding.metadata.namespace, name),
		'rules',
	);
}

/** The rules that bindings give a user: those of the whole cluster, and of one namespace where one is named. */
export function rulesOf(cluster: DemoCluster, user: DemoUser, namespace: string): readonly JsonObject[] {
	if (user.groups.includes('system:masters'))
		return [
			{verbs: ['*'], apiGroups: ['*'], resources: ['*']},
			{verbs: ['*'], nonResourceURLs: ['*']},
		];
	const bindings = [...cluster.list(`clusterrolebindings.${group}`), ...(namespace === '' ? [] : cluster.list(`rolebindings.${group}`, namespace))];
	return bindings
		.filter(binding => recordsAt(binding, 'subjects').some(subject => isSubject(subject, user, binding.metadata.namespace ?? '')))
		.flatMap(binding => rulesOfRole(cluster, binding));
}

function has(list: readonly Json[], ...wanted: readonly string[]): boolean {
	return list.includes('*') || wanted.some(value => list.includes(value));
}

function allows(rule: JsonObject, wanted: Attributes): boolean {
	if (!has(listAt(rule, 'verbs'), wanted.verb)) return false;
	if ('path' in wanted) {
		return listAt(rule, 'nonResourceURLs').some(
			url => url === '*' || url === wanted.path || (String(url).endsWith('*') && wanted.path.startsWith(String(url).slice(0, -1))),
		);
	}
	const resource = wanted.subresource === '' ? wanted.resource : `${wanted.resource}/${wanted.subresource}`;
	const any = wanted.subresource === '' ? [] : [`*/${wanted.subresource}`];
	if (!has(listAt(rule, 'apiGroups'), wanted.group) || !has(listAt(rule, 'resources'), resource, ...any)) return false;
	return at(rule, 'resourceNames') === undefined || listAt(rule, 'resourceNames').includes(wanted.name);
}

/** Whether the RBAC objects in the store let a user do it. */
export function isAllowed(cluster: DemoCluster, user: DemoUser, wanted: Attributes): boolean {
	return rulesOf(cluster, user, 'path' in wanted ? '' : wanted.namespace).some(rule => allows(rule, wanted));
}

/** The refusal word for word (apiserver endpoints/handlers/responsewriters/errors.go, forbiddenMessage). */
export function forbiddenMessage(user: DemoUser, wanted: Attributes): string {
	const who = JSON.stringify(user.username);
	if ('path' in wanted) return `User ${who} cannot ${wanted.verb} path ${JSON.stringify(wanted.path)}`;
	const resource = wanted.subresource === '' ? wanted.resource : `${wanted.resource}/${wanted.subresource}`;
	const scope = wanted.namespace === '' ? 'at the cluster scope' : `in the namespace "${wanted.namespace}"`;
	return `User ${who} cannot ${wanted.verb} resource "${resource}" in API group "${wanted.group}" ${scope}`;
}
