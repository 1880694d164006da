import {addMetricsApi} from '../aggregated-apis.ts';
import type {DemoCluster} from '../cluster.ts';
import {type JsonObject, recordAt} from '../json.ts';
import {type NewObject, ownedBy, type StoredObject, timestamp} from '../stored-object.ts';
import {container, envoy, podSpec} from './containers.ts';
import {addApiServices, addFoundation, addNamespace} from './foundation.ts';
import {addNode, nodeAddress} from './nodes.ts';
import {type ContainerProgress, podStatus} from './pod-status.ts';
import {addRbac} from './rbac.ts';
import {addDeployment, podOf, templateHash} from './workloads.ts';

const nodeCount = 200;
const namespaceCount = 50;
/** Workloads grow rather than multiply: 100,000 pods are a matter of the pods. */
const workloadCount = 500;
const leastReplicas = 20;
const dayMs = 24 * 3_600_000;

function padded(number: number): string {
	return String(number).padStart(4, '0');
}

/** A Deployment and its ReplicaSet; returns the pod without a name that all its pods are made of and share their parts with. */
function addOwner(cluster: DemoCluster, number: number, createdAt: number, replicas: number): NewObject {
	const name = `app-${padded(number)}`;
	const namespace = `team-${padded(number % namespaceCount).slice(2)}`;
	const containers = [
		container('app', {image: `registry.example.test/load/${name}:1.0.${number % 10}`, port: 8080, requests: {cpu: '10m', memory: '32Mi'}}),
		envoy(),
	];
	const labels = {app: name, 'app.kubernetes.io/part-of': 'load', tier: number % 3 === 0 ? 'front' : 'back'};
	const deployment = addDeployment(cluster, {namespace, name, labels, createdAt, replicas, spec: podSpec({containers})});
	const hash = templateHash(deployment['spec']);
	const template: JsonObject = {metadata: {labels: {...labels, 'pod-template-hash': hash}}, spec: podSpec({containers})};
	const counts = {replicas, readyReplicas: replicas, availableReplicas: replicas};
	const owner = cluster.create({
		apiVersion: 'apps/v1',
		kind: 'ReplicaSet',
		metadata: {name: `${name}-${hash}`, namespace, labels, creationTimestamp: timestamp(createdAt), ownerReferences: [ownedBy(deployment)]},
		spec: {replicas, selector: {matchLabels: labels}, template},
		status: counts,
	});
	cluster.patch('deployments.apps', namespace, name, {status: {...counts, updatedReplicas: replicas}});
	return podOf(owner, template, {name: '', createdAt});
}

/** How the pods of a workload are: mostly running, some restarted, a few failing. Made once a workload, so that 100,000 pods share them. */
type Templates = Readonly<{running: JsonObject; restarted: JsonObject; failing: JsonObject}>;

function templatesOf(cluster: DemoCluster, number: number, sample: NewObject, createdAt: number): Templates {
	const pod: StoredObject = {...sample, metadata: {...sample.metadata, name: '', uid: cluster.random.uuid(), resourceVersion: '', creationTimestamp: ''}};
	const startedAt = createdAt + 1000;
	const running: ContainerProgress = {state: {is: 'running', startedAt}, restarts: 0, ready: true};
	const finishedAt = cluster.now() - (number % 5000) * 60_000 - 48_000;
	const last = {is: 'terminated', reason: 'Error', exitCode: 1, startedAt, finishedAt} as const;
	const restarted: ContainerProgress = {...running, last, restarts: 1 + (number % 7)};
	const failing: ContainerProgress = {state: {is: 'waiting', reason: 'CrashLoopBackOff'}, last, restarts: 30 + (number % 9), ready: false};
	const status = (first: ContainerProgress): JsonObject =>
		podStatus(pod, {phase: 'Running', startedAt, changedAt: startedAt + 4000, hostIP: '', podIP: '', containers: [first, running]});
	return {running: status(running), restarted: status(restarted), failing: status(failing)};
}

/** The pod with a number, on a node by that number. */
function podAt(cluster: DemoCluster, number: number, sample: NewObject, templates: Templates): NewObject {
	const node = number % nodeCount;
	const template = number % 101 === 0 ? templates.failing : number % 37 === 0 ? templates.restarted : templates.running;
	const podIP = `10.${244 + (node >> 8)}.${node & 255}.${2 + (Math.floor(number / nodeCount) % 250)}`;
	const hostIP = nodeAddress(node);
	return {
		...sample,
		metadata: {...sample.metadata, name: `${sample.metadata.generateName ?? ''}${cluster.random.suffix(5)}`},
		spec: {...recordAt(sample, 'spec'), nodeName: `node-${padded(node)}`},
		status: {...template, hostIP, hostIPs: [{ip: hostIP}], podIP, podIPs: [{ip: podIP}]},
	};
}

/** A large cluster that stands still: `rows` running pods with two containers each, in at most 500 Deployments. */
export function fillWithPods(cluster: DemoCluster, rows: number): void {
	const createdAt = cluster.now() - 90 * dayMs;
	addFoundation(cluster, createdAt);
	addRbac(cluster, createdAt);
	addApiServices(cluster, createdAt);
	for (let number = 0; number < namespaceCount; number += 1) addNamespace(cluster, `team-${padded(number).slice(2)}`, createdAt);
	for (let number = 0; number < nodeCount; number += 1) addNode(cluster, {name: `node-${padded(number)}`, number, createdAt});
	const replicas = Math.max(leastReplicas, Math.ceil(rows / workloadCount));
	const pods: NewObject[] = [];
	for (let workload = 0; pods.length < rows; workload += 1) {
		const bornAt = cluster.now() - (1 + (workload % 40)) * dayMs - workload * 1000;
		const sample = addOwner(cluster, workload, bornAt, replicas);
		const templates = templatesOf(cluster, workload, sample, bornAt);
		for (let index = 0; index < replicas && pods.length < rows; index += 1) pods.push(podAt(cluster, pods.length, sample, templates));
	}
	cluster.load(pods);
	addMetricsApi(cluster, createdAt);
}
