import type {DemoCluster} from '../cluster.ts';
import type {JsonObject} from '../json.ts';
import {add} from './foundation.ts';

const apiVersion = 'rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';
const bootstrap = {'kubernetes.io/bootstrapping': 'rbac-defaults'};
const read = ['get', 'list', 'watch'];
const write = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const coreViewed = [
	'configmaps',
	'endpoints',
	'events',
	'limitranges',
	'namespaces',
	'namespaces/status',
	'persistentvolumeclaims',
	'pods',
	'pods/log',
	'pods/status',
];
const coreMore = ['replicationcontrollers', 'resourcequotas', 'resourcequotas/status', 'serviceaccounts', 'services'];

function rule(apiGroups: readonly string[], resources: readonly string[], verbs: readonly string[]): JsonObject {
	return {apiGroups, resources, verbs};
}

/** What the view role lets its holders see: no Secrets, no nodes, no RBAC. */
function viewRules(): readonly JsonObject[] {
	return [
		rule([''], [...coreViewed, ...coreMore], read),
		rule(['apps'], ['controllerrevisions', 'daemonsets', 'deployments', 'deployments/scale', 'replicasets', 'statefulsets'], read),
		rule(['autoscaling'], ['horizontalpodautoscalers'], read),
		rule(['batch'], ['cronjobs', 'jobs'], read),
		rule(['discovery.k8s.io'], ['endpointslices'], read),
		rule(['events.k8s.io'], ['events'], read),
		rule(['networking.k8s.io'], ['ingresses', 'networkpolicies'], read),
		rule(['policy'], ['poddisruptionbudgets'], read),
		rule(['gateway.networking.k8s.io'], ['gateways', 'httproutes'], read),
	];
}

function editRules(): readonly JsonObject[] {
	return [
		...viewRules(),
		rule([''], ['secrets'], read),
		rule([''], ['configmaps', 'events', 'persistentvolumeclaims', 'pods', 'pods/exec', 'secrets', 'services'], write),
		rule(['apps'], ['daemonsets', 'deployments', 'deployments/scale', 'replicasets', 'statefulsets'], write),
		rule(['batch'], ['cronjobs', 'jobs'], write),
		rule(['networking.k8s.io'], ['ingresses', 'networkpolicies'], write),
	];
}

function addClusterRole(cluster: DemoCluster, name: string, rules: readonly JsonObject[], createdAt: number): void {
	add(cluster, {apiVersion, kind: 'ClusterRole', metadata: {name, labels: bootstrap}, rules}, createdAt);
}

/** Binds a ClusterRole to a user or group: everywhere, or in one namespace. */
export function bind(
	cluster: DemoCluster,
	role: string,
	subject: Readonly<{kind: 'User' | 'Group'; name: string}>,
	at: Readonly<{createdAt: number; namespace?: string}>,
): void {
	const roleRef = {apiGroup, kind: 'ClusterRole', name: role};
	const subjects = [{...subject, apiGroup}];
	const name = `${subject.name.replaceAll(/[^a-z0-9:-]/gu, '-')}-${role}`;
	if (at.namespace === undefined) add(cluster, {apiVersion, kind: 'ClusterRoleBinding', metadata: {name}, roleRef, subjects}, at.createdAt);
	else add(cluster, {apiVersion, kind: 'RoleBinding', metadata: {name, namespace: at.namespace}, roleRef, subjects}, at.createdAt);
}

/**
 * The usual roles and some people: `alice` may view everything, `dev` may edit the namespace shop, `ops` is an administrator by group, and whoever has no
 * binding may do nothing but ask about himself.
 */
export function addRbac(cluster: DemoCluster, createdAt: number): void {
	const everything = [rule(['*'], ['*'], ['*']), {nonResourceURLs: ['*'], verbs: ['*']}];
	addClusterRole(cluster, 'cluster-admin', everything, createdAt);
	addClusterRole(cluster, 'view', viewRules(), createdAt);
	addClusterRole(cluster, 'edit', editRules(), createdAt);
	addClusterRole(cluster, 'admin', [...editRules(), rule([apiGroup], ['rolebindings', 'roles'], ['*'])], createdAt);
	const selfReviews = [
		rule(['authorization.k8s.io'], ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'], ['create']),
		rule(['authentication.k8s.io'], ['selfsubjectreviews'], ['create']),
	];
	addClusterRole(cluster, 'system:basic-user', selfReviews, createdAt);
	const urls = ['/api', '/api/*', '/apis', '/apis/*', '/healthz', '/livez', '/openapi', '/openapi/*', '/readyz', '/version', '/version/'];
	addClusterRole(cluster, 'system:discovery', [{nonResourceURLs: urls, verbs: ['get']}], createdAt);
	const authenticated = {kind: 'Group', name: 'system:authenticated'} as const;
	bind(cluster, 'system:basic-user', authenticated, {createdAt});
	bind(cluster, 'system:discovery', authenticated, {createdAt});
	bind(cluster, 'cluster-admin', {kind: 'Group', name: 'system:masters'}, {createdAt});
	bind(cluster, 'cluster-admin', {kind: 'Group', name: 'ops'}, {createdAt});
	bind(cluster, 'view', {kind: 'User', name: 'alice'}, {createdAt});
	bind(cluster, 'edit', {kind: 'User', name: 'dev'}, {createdAt, namespace: 'shop'});
	const rules = [rule([''], ['configmaps'], read)];
	add(cluster, {apiVersion, kind: 'Role', metadata: {name: 'read-flags', namespace: 'shop'}, rules}, createdAt);
	const subjects = [{kind: 'ServiceAccount', name: 'web', namespace: 'shop'}];
	const roleRef = {apiGroup, kind: 'Role', name: 'read-flags'};
	add(cluster, {apiVersion, kind: 'RoleBinding', metadata: {name: 'web-read-flags', namespace: 'shop'}, roleRef, subjects}, createdAt);
}
