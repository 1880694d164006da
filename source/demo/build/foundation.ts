import type {DemoCluster} from '../cluster.ts';
import type {JsonObject} from '../json.ts';
import {type NewObject, timestamp} from '../stored-object.ts';
import {managedEntry} from './managed-fields.ts';

/** Stores an object that has no status of its own to speak of, created then, with managedFields as of kubectl. */
export function add(cluster: DemoCluster, object: NewObject, createdAt: number): void {
	const {apiVersion, kind: _kind, metadata, ...content} = object;
	const labels = metadata.labels === undefined ? {} : {labels: metadata.labels};
	const managedFields = [managedEntry('kubectl-client-side-apply', apiVersion, {metadata: labels, ...content}, {at: createdAt})];
	cluster.create({...object, metadata: {creationTimestamp: timestamp(createdAt), managedFields, ...metadata}});
}

/** A namespace with what every namespace gets: the default service account and the CA's ConfigMap. */
export function addNamespace(cluster: DemoCluster, name: string, createdAt: number, labels: Readonly<Record<string, string>> = {}): void {
	const metadata = {name, labels: {'kubernetes.io/metadata.name': name, ...labels}};
	add(cluster, {apiVersion: 'v1', kind: 'Namespace', metadata, spec: {finalizers: ['kubernetes']}, status: {phase: 'Active'}}, createdAt);
	add(cluster, {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'default', namespace: name}}, createdAt);
	const data = {'ca.crt': '-----BEGIN CERTIFICATE-----\nZGVtbyBkYXRhLCBubyBjZXJ0aWZpY2F0ZQ==\n-----END CERTIFICATE-----\n'};
	add(cluster, {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'kube-root-ca.crt', namespace: name}, data}, createdAt);
}

/** An APIService for each group version that is served. */
export function addApiServices(cluster: DemoCluster, createdAt: number): void {
	const local = cluster.kinds.all().filter(kind => kind.isComputed !== true);
	const served = new Map(local.map(kind => [`${kind.version}.${kind.group}`, kind] as const));
	for (const [name, kind] of served) {
		const condition = {
			type: 'Available',
			status: 'True',
			lastTransitionTime: timestamp(createdAt),
			reason: 'Local',
			message: 'Local APIServices are always available',
		};
		const spec = {...(kind.group === '' ? {} : {group: kind.group}), version: kind.version, groupPriorityMinimum: 17_000, versionPriority: 15};
		const labels = {'kube-aggregator.kubernetes.io/automanaged': 'onstart'};
		add(cluster, {apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: {name, labels}, spec, status: {conditions: [condition]}}, createdAt);
	}
}

function addComponents(cluster: DemoCluster, createdAt: number): void {
	for (const name of ['controller-manager', 'scheduler', 'etcd-0']) {
		const conditions = [{type: 'Healthy', status: 'True', message: 'ok'}];
		cluster.create({apiVersion: 'v1', kind: 'ComponentStatus', metadata: {name, creationTimestamp: timestamp(createdAt)}, conditions});
	}
	for (const name of ['kube-controller-manager', 'kube-scheduler']) {
		const spec = {holderIdentity: `control-1_${cluster.random.uuid()}`, leaseDurationSeconds: 15, leaseTransitions: 2};
		add(cluster, {apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: {name, namespace: 'kube-system'}, spec}, createdAt);
	}
}

function addClasses(cluster: DemoCluster, createdAt: number): void {
	const classes: ReadonlyArray<readonly [string, number]> = [
		['system-cluster-critical', 2_000_000_000],
		['system-node-critical', 2_000_001_000],
	];
	for (const [name, value] of classes) {
		const object = {
			apiVersion: 'scheduling.k8s.io/v1',
			kind: 'PriorityClass',
			metadata: {name, generation: 1},
			value,
			preemptionPolicy: 'PreemptLowerPriority',
		};
		add(cluster, object, createdAt);
	}
	const business = {value: 100_000, preemptionPolicy: 'PreemptLowerPriority', description: 'Serves customers.'};
	add(cluster, {apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: {name: 'business'}, ...business}, createdAt);
	add(cluster, {apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: {name: 'gvisor'}, handler: 'runsc'}, createdAt);
}

function flowSchema(name: string, level: string, precedence: number): NewObject {
	const conditions = [{type: 'Dangling', status: 'False', reason: 'Found', message: 'This FlowSchema references a PriorityLevelConfiguration that exists'}];
	const spec = {priorityLevelConfiguration: {name: level}, matchingPrecedence: precedence, distinguisherMethod: {type: 'ByUser'}};
	return {apiVersion: 'flowcontrol.apiserver.k8s.io/v1', kind: 'FlowSchema', metadata: {name}, spec, status: {conditions}};
}

function addFlowControl(cluster: DemoCluster, createdAt: number): void {
	const queuing = {queues: 128, handSize: 6, queueLengthLimit: 50};
	const levels: ReadonlyArray<readonly [string, JsonObject]> = [
		['exempt', {type: 'Exempt', exempt: {nominalConcurrencyShares: 0, lendablePercent: 0}}],
		['workload-low', {type: 'Limited', limited: {nominalConcurrencyShares: 100, lendablePercent: 90, limitResponse: {type: 'Queue', queuing}}}],
		['catch-all', {type: 'Limited', limited: {nominalConcurrencyShares: 5, lendablePercent: 0, limitResponse: {type: 'Reject'}}}],
	];
	for (const [name, spec] of levels) {
		add(cluster, {apiVersion: 'flowcontrol.apiserver.k8s.io/v1', kind: 'PriorityLevelConfiguration', metadata: {name}, spec, status: {}}, createdAt);
	}
	add(cluster, flowSchema('exempt', 'exempt', 1), createdAt);
	add(cluster, flowSchema('service-accounts', 'workload-low', 9000), createdAt);
	add(cluster, flowSchema('catch-all', 'catch-all', 10_000), createdAt);
}

/** What any cluster has before anybody installs something; the nodes are the story's. */
export function addFoundation(cluster: DemoCluster, createdAt: number): void {
	for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system']) addNamespace(cluster, name, createdAt);
	addComponents(cluster, createdAt);
	addClasses(cluster, createdAt);
	addFlowControl(cluster, createdAt);
	const cidr = {apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR', metadata: {name: 'kubernetes'}, spec: {cidrs: ['10.96.0.0/16']}};
	add(cluster, cidr, createdAt);
}
