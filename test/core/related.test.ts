import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import type {RelatedRef} from '../../source/core/related/related-ref.ts';
import {names, relatedRefs} from '../../source/core/related.ts';

function served(apiVersion: string, kind: string, fields: Readonly<Record<string, unknown>>): KubeObject {
	return {apiVersion, kind, metadata: {name: 'x', namespace: 'shop'}, ...fields};
}

function target({target}: RelatedRef): string {
	switch (target.by) {
		case 'name':
			return target.optional ? `${target.name}?` : target.name;
		case 'labels':
			return `labels ${target.labelSelector}`;
		case 'fields':
			return `fields ${target.fieldSelector}`;
		case 'owner':
			return `owned by ${target.uid}${target.labelSelector === undefined ? '' : ` among ${target.labelSelector}`}`;
		default:
			return target.by;
	}
}

/** `relation group/Kind namespace target`. */
function refs(object: KubeObject): readonly string[] {
	return relatedRefs(object).map(ref => `${ref.relation}: ${ref.group}/${ref.kind} ${ref.namespace ?? '-'} ${target(ref)}`);
}

const podSpec = {
	serviceAccountName: 'web',
	priorityClassName: 'high',
	imagePullSecrets: [{name: 'pull'}],
	volumes: [
		{name: 'a', configMap: {name: 'conf', optional: true}},
		{name: 'b', secret: {secretName: 'tls'}},
		{name: 'c', persistentVolumeClaim: {claimName: 'data'}},
		{name: 'd', projected: {sources: [{configMap: {name: 'kube-root-ca.crt'}}, {secret: {name: 'projected'}}, {serviceAccountToken: {}}]}},
		{name: 'e', emptyDir: {}},
	],
	initContainers: [{name: 'i', envFrom: [{configMapRef: {name: 'env'}}]}],
	containers: [
		{
			name: 'app',
			envFrom: [{secretRef: {name: 'db', optional: true}}],
			env: [
				{name: 'A', value: 'x'},
				{name: 'B', valueFrom: {secretKeyRef: {name: 'keys', key: 'k'}}},
				{name: 'C', valueFrom: {configMapKeyRef: {name: 'env', key: 'k'}}},
			],
		},
	],
};

const templateRefs = [
	'service account: /ServiceAccount shop web',
	'mounts: /ConfigMap shop conf?',
	'mounts: /Secret shop tls',
	'claims: /PersistentVolumeClaim shop data',
	'mounts: /ConfigMap shop kube-root-ca.crt',
	'mounts: /Secret shop projected',
	'env from: /ConfigMap shop env',
	'env from: /Secret shop db?',
	'env from: /Secret shop keys',
	'pull secret: /Secret shop pull',
	'priority class: scheduling.k8s.io/PriorityClass - high',
];

const pod = served('v1', 'Pod', {
	metadata: {
		name: 'web-1',
		namespace: 'shop',
		labels: {app: 'web'},
		ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-abc', uid: 'rs'}],
	},
	spec: {...podSpec, nodeName: 'n1'},
});

test('a pod: owner, node, everything its spec names once, and who selects it', () => {
	assert.deepEqual(refs(pod), [
		'owner: apps/ReplicaSet shop web-abc',
		'node: /Node - n1',
		...templateRefs,
		'selected by: /Service shop selecting',
		'selected by: policy/PodDisruptionBudget shop selecting',
		'selected by: networking.k8s.io/NetworkPolicy shop selecting',
	]);
});

test('workloads: their pods or parts, and what the template names', () => {
	const fields = {metadata: {name: 'web', namespace: 'shop', uid: 'd'}, spec: {selector: {matchLabels: {app: 'web'}}, template: {spec: podSpec}}};
	assert.deepEqual(refs(served('apps/v1', 'Deployment', fields)), [
		'owned: apps/ReplicaSet shop owned by d among app=web',
		'selects: /Pod shop labels app=web',
		...templateRefs,
		'scaled by: autoscaling/HorizontalPodAutoscaler shop naming',
	]);
	assert.deepEqual(refs(served('apps/v1', 'StatefulSet', {...fields, spec: {selector: {matchLabels: {app: 'pg'}}, serviceName: 'pg'}})), [
		'selects: /Pod shop labels app=pg',
		'scaled by: autoscaling/HorizontalPodAutoscaler shop naming',
		'service: /Service shop pg',
	]);
	assert.deepEqual(
		refs(
			served('batch/v1', 'CronJob', {
				metadata: {name: 'n', namespace: 'shop', uid: 'c'},
				spec: {jobTemplate: {spec: {template: {spec: {serviceAccountName: 'web'}}}}},
			}),
		),
		['owned: batch/Job shop owned by c', 'service account: /ServiceAccount shop web'],
	);
	assert.deepEqual(refs(served('v1', 'ReplicationController', {spec: {selector: {app: 'old'}}})), ['selects: /Pod shop labels app=old']);
});

const cases: ReadonlyArray<readonly [string, KubeObject, readonly string[]]> = [
	[
		'a Service',
		served('v1', 'Service', {metadata: {name: 'web', namespace: 'shop'}, spec: {selector: {app: 'web'}}}),
		[
			'selects: /Pod shop labels app=web',
			'endpoints: discovery.k8s.io/EndpointSlice shop labels kubernetes.io/service-name=web',
			'backend of: networking.k8s.io/Ingress shop naming',
			'backend of: gateway.networking.k8s.io/HTTPRoute shop naming',
		],
	],
	[
		'an EndpointSlice',
		served('discovery.k8s.io/v1', 'EndpointSlice', {
			metadata: {name: 'web-x', namespace: 'shop', labels: {'kubernetes.io/service-name': 'web'}},
			endpoints: [{targetRef: {kind: 'Pod', name: 'web-1', namespace: 'shop'}}, {}],
		}),
		['service: /Service shop web', 'endpoint: /Pod shop web-1'],
	],
	[
		'an Ingress',
		served('networking.k8s.io/v1', 'Ingress', {
			spec: {
				ingressClassName: 'nginx',
				defaultBackend: {service: {name: 'fallback'}},
				rules: [{http: {paths: [{backend: {service: {name: 'web'}}}, {backend: {service: {name: 'web'}}}]}}, {host: 'x'}],
				tls: [{secretName: 'tls'}, {}],
			},
		}),
		['class: networking.k8s.io/IngressClass - nginx', 'backend: /Service shop fallback', 'backend: /Service shop web', 'tls: /Secret shop tls'],
	],
	[
		'a Gateway',
		served('gateway.networking.k8s.io/v1', 'Gateway', {
			spec: {gatewayClassName: 'envoy', listeners: [{tls: {certificateRefs: [{name: 'tls'}, {name: 'far', namespace: 'certs'}]}}]},
		}),
		[
			'class: gateway.networking.k8s.io/GatewayClass - envoy',
			'tls: /Secret shop tls',
			'tls: /Secret certs far',
			'route: gateway.networking.k8s.io/HTTPRoute - naming',
		],
	],
	[
		'an HTTPRoute',
		served('gateway.networking.k8s.io/v1', 'HTTPRoute', {
			spec: {
				parentRefs: [
					{name: 'edge', namespace: 'infra'},
					{name: 'web', kind: 'Service', group: ''},
				],
				rules: [{backendRefs: [{name: 'web'}]}],
			},
		}),
		['parent: gateway.networking.k8s.io/Gateway infra edge', 'parent: /Service shop web', 'backend: /Service shop web'],
	],
	[
		'a claim',
		served('v1', 'PersistentVolumeClaim', {spec: {volumeName: 'pv', storageClassName: 'fast'}}),
		['volume: /PersistentVolume - pv', 'storage class: storage.k8s.io/StorageClass - fast', 'used by: /Pod shop naming'],
	],
	[
		'a volume',
		served('v1', 'PersistentVolume', {metadata: {name: 'pv'}, spec: {claimRef: {namespace: 'shop', name: 'data'}, storageClassName: 'fast'}}),
		['claim: /PersistentVolumeClaim shop data', 'storage class: storage.k8s.io/StorageClass - fast', 'attached by: storage.k8s.io/VolumeAttachment - naming'],
	],
	[
		'a VolumeAttachment',
		served('storage.k8s.io/v1', 'VolumeAttachment', {metadata: {name: 'a'}, spec: {nodeName: 'n1', source: {persistentVolumeName: 'pv'}}}),
		['volume: /PersistentVolume - pv', 'node: /Node - n1'],
	],
	[
		'an autoscaler',
		served('autoscaling/v2', 'HorizontalPodAutoscaler', {spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}}}),
		['scales: apps/Deployment shop web'],
	],
	['a budget', served('policy/v1', 'PodDisruptionBudget', {spec: {selector: {matchLabels: {app: 'web'}}}}), ['protects: /Pod shop labels app=web']],
	['a policy for every pod', served('networking.k8s.io/v1', 'NetworkPolicy', {spec: {podSelector: {}}}), ['selects: /Pod shop labels ']],
	[
		'a RoleBinding',
		served('rbac.authorization.k8s.io/v1', 'RoleBinding', {
			roleRef: {kind: 'ClusterRole', name: 'view'},
			subjects: [
				{kind: 'ServiceAccount', name: 'web'},
				{kind: 'Group', name: 'sre'},
				{kind: 'ServiceAccount', name: 'ci', namespace: 'ci'},
			],
		}),
		['role: rbac.authorization.k8s.io/ClusterRole - view', 'subject: /ServiceAccount shop web', 'subject: /ServiceAccount ci ci'],
	],
	['a Role', served('rbac.authorization.k8s.io/v1', 'Role', {}), ['granted by: rbac.authorization.k8s.io/RoleBinding shop naming']],
	[
		'webhooks',
		served('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
			metadata: {name: 'w'},
			webhooks: [{clientConfig: {service: {namespace: 'infra', name: 'hook'}}}, {clientConfig: {url: 'https://x'}}],
		}),
		['webhook: /Service infra hook'],
	],
	[
		'an APIService',
		served('apiregistration.k8s.io/v1', 'APIService', {
			metadata: {name: 'v1beta1.metrics.k8s.io'},
			spec: {service: {namespace: 'kube-system', name: 'metrics-server'}},
		}),
		['served by: /Service kube-system metrics-server'],
	],
	['a node', served('v1', 'Node', {metadata: {name: 'n1'}}), ['runs: /Pod - fields spec.nodeName=n1']],
	[
		'an event',
		served('v1', 'Event', {involvedObject: {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'}}),
		['about: apps/Deployment shop web'],
	],
	['a custom kind', served('example.com/v1', 'Pod', {spec: {nodeName: 'n1'}}), []],
];

for (const [title, object, expected] of cases) test(`what ${title} has to do with`, () => assert.deepEqual(refs(object), expected));

test('who names whom: by kind, group, name and namespace', () => {
	const secret = served('v1', 'Secret', {metadata: {name: 'db', namespace: 'shop'}});
	assert.equal(names(pod, secret), true);
	assert.equal(names(pod, served('v1', 'Secret', {metadata: {name: 'db', namespace: 'other'}})), false);
	assert.equal(names(pod, served('v1', 'ConfigMap', {metadata: {name: 'db', namespace: 'shop'}})), false);
	assert.equal(names(pod, served('example.com/v1', 'Secret', {metadata: {name: 'db', namespace: 'shop'}})), false);
	assert.equal(names(pod, served('v1', 'Node', {metadata: {name: 'n1'}})), true);
});

test('fields of another type give no reference and do not throw', () => {
	for (const [, object] of cases) {
		const broken = {...served(object.apiVersion, object.kind, {}), spec: 7, roleRef: [], subjects: {}, endpoints: 'x', webhooks: null, involvedObject: 1};
		assert.doesNotThrow(() => relatedRefs(broken), object.kind);
	}
	assert.doesNotThrow(() => relatedRefs(served('v1', 'Pod', {spec: {volumes: [null, 3], containers: 'x', imagePullSecrets: [{}]}})));
});
