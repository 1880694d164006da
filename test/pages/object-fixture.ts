import type {Item, KubeObject} from '../../source/core/kubernetes.ts';
import {maskSecret} from '../../source/core/mask-secret.ts';
import type {ObjectModel, Related} from '../../source/core/object-model.ts';
import type {ResourceType} from '../../source/core/resource-type.ts';
import type {ObjectScreen, ObjectTab} from '../../source/core/screen.ts';
import {objectScreen} from '../../source/core/targets.ts';
import type {Tone} from '../../source/core/tone.ts';
import {yamlLines} from '../../source/core/yaml-text.ts';
import {minuteMs, now} from './page-fixture.ts';

/** A time so many minutes before the fixtures' now, as the API writes it. */
export function ago(minutes: number): string {
	return new Date(now - minutes * minuteMs).toISOString().replace('.000Z', 'Z');
}

/** Any JSON object as the server would send it. */
export function served(apiVersion: string, kind: string, fields: Readonly<Record<string, unknown>>): KubeObject {
	return {apiVersion, kind, metadata: {name: 'x'}, ...fields};
}

export function typeOf(object: KubeObject, plural = `${object.kind.toLowerCase()}s`): ResourceType {
	const [group = '', version = ''] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : ['', object.apiVersion];
	return {
		group,
		version,
		plural,
		kind: object.kind,
		singular: object.kind.toLowerCase(),
		namespaced: object.metadata.namespace !== undefined,
		verbs: ['get', 'list', 'watch'],
		shortNames: [],
		categories: [],
		subresources: [],
		preferred: true,
		state: 'current',
	};
}

export function related(relation: string, kind: string, objectKind: string, name: string, more: Partial<Related> = {}): Related {
	return {relation, kind, ref: {apiVersion: 'v1', kind: objectKind, namespace: 'shop', name}, state: 'present', tone: 'ok', ...more};
}

/** A model as the store makes it. */
export function modelOf(object: KubeObject, more: Partial<ObjectModel> = {}): ObjectModel {
	const {namespace, name} = object.metadata;
	return {
		type: typeOf(object),
		ref: {apiVersion: object.apiVersion, kind: object.kind, name, ...(namespace === undefined ? {} : {namespace})},
		object,
		data: 'ready',
		stream: {state: 'live', lastEventAt: now},
		tone: 'ok',
		events: [],
		eventsStream: {state: 'live', lastEventAt: now},
		related: [],
		yaml: ({revealed}) => yamlLines(maskSecret(object, revealed)),
		...more,
	};
}

export function screenOf(model: ObjectModel, tab: ObjectTab, more: Partial<ObjectScreen> = {}): ObjectScreen {
	return {...objectScreen(`${model.type.plural}`, model.ref, tab), ...more};
}

export function eventItem(reason: string, message: string, type: string, minutes: number, count = 1): Item {
	const object = served('v1', 'Event', {
		metadata: {name: `${reason}.${minutes}`, namespace: 'shop', uid: `${reason}-${minutes}`},
		type,
		reason,
		message,
		count,
		firstTimestamp: ago(minutes + 8),
		lastTimestamp: ago(minutes),
		source: {component: 'kubelet'},
		involvedObject: {kind: 'Pod', namespace: 'shop', name: 'checkout-5b8c9f7d66-xw8pl', uid: 'pod-uid', apiVersion: 'v1'},
	});
	return {ref: {apiVersion: 'v1', kind: 'Event', namespace: 'shop', name: object.metadata.name}, meta: object.metadata, object, printed: () => undefined};
}

export const crashing = served('v1', 'Pod', {
	metadata: {
		name: 'checkout-5b8c9f7d66-xw8pl',
		namespace: 'shop',
		uid: 'pod-uid',
		creationTimestamp: ago(9),
		labels: {app: 'checkout', 'pod-template-hash': '5b8c9f7d66'},
		ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'checkout-5b8c9f7d66', uid: 'rs-uid', controller: true}],
	},
	spec: {
		nodeName: 'node-a2',
		serviceAccountName: 'checkout',
		dnsPolicy: 'ClusterFirst',
		restartPolicy: 'Always',
		priority: 0,
		containers: [
			{name: 'app', image: 'registry.corp/shop/checkout:2.18.0', resources: {requests: {cpu: '250m', memory: '256Mi'}, limits: {memory: '512Mi'}}},
			{name: 'envoy', image: 'registry.corp/mesh/envoy:1.31'},
		],
		initContainers: [{name: 'migrate', image: 'registry.corp/shop/migrate:2.18.0'}],
		volumes: [
			{name: 'db', secret: {secretName: 'checkout-db'}},
			{name: 'tmp', emptyDir: {}},
		],
	},
	status: {
		phase: 'Running',
		podIP: '10.244.2.37',
		podIPs: [{ip: '10.244.2.37'}],
		hostIP: '10.0.1.22',
		qosClass: 'Burstable',
		startTime: ago(9),
		conditions: [
			{type: 'PodScheduled', status: 'True', lastTransitionTime: ago(9)},
			{type: 'Initialized', status: 'True', lastTransitionTime: ago(9)},
			{type: 'ContainersReady', status: 'False', lastTransitionTime: ago(8), reason: 'ContainersNotReady', message: 'containers with unready status: [app]'},
			{type: 'Ready', status: 'False', lastTransitionTime: ago(8), reason: 'ContainersNotReady', message: 'containers with unready status: [app]'},
		],
		containerStatuses: [
			{
				name: 'app',
				ready: false,
				restartCount: 30,
				image: 'registry.corp/shop/checkout:2.18.0',
				state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container=app'}},
				lastState: {terminated: {exitCode: 1, reason: 'Error', startedAt: ago(3), finishedAt: ago(2)}},
			},
			{name: 'envoy', ready: true, restartCount: 0, state: {running: {startedAt: ago(9)}}},
		],
		initContainerStatuses: [{name: 'migrate', ready: true, restartCount: 0, state: {terminated: {exitCode: 0, reason: 'Completed', finishedAt: ago(9)}}}],
	},
});

export const crashingModel: ObjectModel = modelOf(crashing, {
	tone: 'error' satisfies Tone,
	why: 'CrashLoopBackOff, 30 restarts',
	related: [
		related('owner', 'replicasets.apps', 'ReplicaSet', 'checkout-5b8c9f7d66', {tone: 'warning', detail: '0/3 ready'}),
		related('owner', 'deployments.apps', 'Deployment', 'checkout', {tone: 'error', detail: '0/3 ready'}),
		{relation: 'node', kind: 'nodes', ref: {apiVersion: 'v1', kind: 'Node', name: 'node-a2'}, state: 'present', tone: 'ok', detail: 'Ready'},
		related('service account', 'serviceaccounts', 'ServiceAccount', 'checkout'),
		related('mounts', 'secrets', 'Secret', 'checkout-db', {state: 'denied', tone: 'unknown'}),
		related('env from', 'configmaps', 'ConfigMap', 'checkout-env', {state: 'missing', tone: 'error', detail: 'not there'}),
	],
	events: [
		eventItem('BackOff', 'Back-off restarting failed container app in pod checkout-5b8c9f7d66-xw8pl', 'Warning', 1, 30),
		eventItem('Pulled', 'Container image "checkout:2.18.0" already present on machine', 'Normal', 9),
	],
});
