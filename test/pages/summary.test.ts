import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ObjectModel} from '../../source/core/object-model.ts';
import {conditionTone} from '../../source/pages/summary/conditions.ts';
import {summaryLines} from '../../source/pages/object-summary.ts';
import {plain} from '../../source/core/line.ts';
import {objectPage} from '../../source/pages/object.ts';
import {ago, eventItem, modelOf, related, screenOf, served} from './object-fixture.ts';
import {assertFits, setting} from './page-fixture.ts';

function text(model: ObjectModel): readonly string[] {
	return summaryLines(model, setting(80, 24)).map(({line}) => plain(line).trimEnd());
}

const shop = (name: string) => ({name, namespace: 'shop', creationTimestamp: ago(30)});

const models: Readonly<Record<string, ObjectModel>> = {
	deployment: modelOf(
		served('apps/v1', 'Deployment', {
			metadata: {...shop('web'), annotations: {'deployment.kubernetes.io/revision': '8'}},
			spec: {
				replicas: 3,
				selector: {matchLabels: {app: 'web'}},
				strategy: {type: 'RollingUpdate'},
				template: {spec: {serviceAccountName: 'web', containers: [{name: 'app', image: 'registry.corp/shop/web:4.11.0', ports: [{containerPort: 8080}]}]}},
			},
			status: {
				readyReplicas: 2,
				updatedReplicas: 3,
				availableReplicas: 2,
				conditions: [{type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable'}],
			},
		}),
		{tone: 'warning', why: '2/3 ready'},
	),
	daemonSet: modelOf(
		served('apps/v1', 'DaemonSet', {
			metadata: shop('agent'),
			spec: {selector: {matchLabels: {app: 'agent'}}, template: {spec: {containers: []}}},
			status: {numberReady: 3, desiredNumberScheduled: 4, numberMisscheduled: 1},
		}),
	),
	job: modelOf(
		served('batch/v1', 'Job', {
			metadata: shop('once'),
			spec: {completions: 3, backoffLimit: 6, template: {spec: {containers: [{name: 'app', image: 'job:1'}]}}},
			status: {succeeded: 1, failed: 2, startTime: ago(5)},
		}),
	),
	cronJob: modelOf(
		served('batch/v1', 'CronJob', {
			metadata: shop('nightly'),
			spec: {schedule: '0 3 * * *', timeZone: 'Europe/Berlin', concurrencyPolicy: 'Forbid', suspend: true, jobTemplate: {}},
			status: {lastScheduleTime: ago(660)},
		}),
	),
	service: modelOf(
		served('v1', 'Service', {
			metadata: shop('promo'),
			spec: {type: 'ClusterIP', clusterIPs: ['10.96.71.3'], selector: {app: 'promos'}, ports: [{name: 'http', port: 80, targetPort: 'http', protocol: 'TCP'}]},
		}),
		{tone: 'warning', why: 'selects no pod', related: [related('selects', 'pods', 'Pod', '', {state: 'missing', tone: 'muted'})]},
	),
	ingress: modelOf(
		served('networking.k8s.io/v1', 'Ingress', {
			metadata: shop('public'),
			spec: {
				ingressClassName: 'nginx',
				rules: [{host: 'promo.shop.io', http: {paths: [{path: '/', backend: {service: {name: 'promo', port: {number: 80}}}}]}}],
				tls: [{hosts: ['promo.shop.io'], secretName: 'promo-tls'}],
			},
		}),
		{related: [related('backend', 'services', 'Service', 'promo', {state: 'missing', tone: 'error'})]},
	),
	gateway: modelOf(
		served('gateway.networking.k8s.io/v1', 'Gateway', {
			metadata: shop('edge'),
			spec: {gatewayClassName: 'envoy', listeners: [{name: 'https', port: 443, protocol: 'HTTPS', hostname: '*.shop.io'}]},
			status: {addresses: [{value: '203.0.113.20'}], listeners: [{name: 'https', attachedRoutes: 2}]},
		}),
	),
	route: modelOf(
		served('gateway.networking.k8s.io/v1', 'HTTPRoute', {
			metadata: shop('web'),
			spec: {
				hostnames: ['web.shop.io'],
				parentRefs: [{name: 'edge'}],
				rules: [{matches: [{path: {value: '/api'}}], backendRefs: [{name: 'web', port: 80, weight: 9}]}],
			},
		}),
	),
	endpointSlice: modelOf(
		served('discovery.k8s.io/v1', 'EndpointSlice', {
			metadata: shop('web-x'),
			addressType: 'IPv4',
			ports: [{name: 'http', port: 8080}],
			endpoints: [
				{addresses: ['10.244.1.7'], conditions: {ready: true}, nodeName: 'node-a1', targetRef: {kind: 'Pod', name: 'web-1'}},
				{addresses: ['10.244.1.8'], conditions: {ready: false}},
			],
		}),
	),
	node: modelOf(
		served('v1', 'Node', {
			metadata: {name: 'node-a1', creationTimestamp: ago(30), labels: {'node-role.kubernetes.io/control-plane': ''}},
			spec: {podCIDRs: ['10.244.0.0/24'], unschedulable: true, taints: [{key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule'}]},
			status: {
				addresses: [{type: 'InternalIP', address: '10.0.1.11'}],
				capacity: {cpu: '4', memory: '16Gi', pods: '110'},
				allocatable: {cpu: '3800m', memory: '15Gi', pods: '110'},
				nodeInfo: {kubeletVersion: 'v1.34.2', osImage: 'Debian 12', architecture: 'amd64'},
				conditions: [
					{type: 'MemoryPressure', status: 'True', reason: 'KubeletHasInsufficientMemory'},
					{type: 'Ready', status: 'True'},
				],
			},
		}),
		{tone: 'warning', why: 'MemoryPressure'},
	),
	claim: modelOf(
		served('v1', 'PersistentVolumeClaim', {
			metadata: shop('data'),
			spec: {accessModes: ['ReadWriteOnce'], volumeName: 'pvc-1', storageClassName: 'fast', resources: {requests: {storage: '50Gi'}}},
			status: {phase: 'Bound', capacity: {storage: '50Gi'}},
		}),
	),
	volume: modelOf(
		served('v1', 'PersistentVolume', {
			metadata: {name: 'pvc-1', creationTimestamp: ago(30)},
			spec: {
				capacity: {storage: '50Gi'},
				accessModes: ['ReadWriteOnce'],
				persistentVolumeReclaimPolicy: 'Delete',
				claimRef: {namespace: 'shop', name: 'data'},
				csi: {driver: 'ebs.csi.aws.com'},
			},
			status: {phase: 'Bound'},
		}),
	),
	autoscaler: modelOf(
		served('autoscaling/v2', 'HorizontalPodAutoscaler', {
			metadata: shop('web'),
			spec: {
				scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'},
				minReplicas: 2,
				maxReplicas: 10,
				metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 80}}}],
			},
			status: {currentReplicas: 10, desiredReplicas: 10, currentMetrics: [{type: 'Resource', resource: {name: 'cpu', current: {averageUtilization: 93}}}]},
		}),
	),
	budget: modelOf(
		served('policy/v1', 'PodDisruptionBudget', {
			metadata: shop('web'),
			spec: {minAvailable: 2, selector: {matchLabels: {app: 'web'}}},
			status: {disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 2, expectedPods: 3},
		}),
	),
	quota: modelOf(
		served('v1', 'ResourceQuota', {metadata: shop('all'), spec: {hard: {pods: '10'}}, status: {hard: {pods: '10', 'requests.cpu': '4'}, used: {pods: '9'}}}),
	),
	role: modelOf(
		served('rbac.authorization.k8s.io/v1', 'Role', {
			metadata: shop('reader'),
			rules: [
				{apiGroups: ['', 'apps'], resources: ['pods', 'deployments'], verbs: ['get', 'list']},
				{nonResourceURLs: ['/healthz'], verbs: ['get']},
			],
		}),
	),
	binding: modelOf(
		served('rbac.authorization.k8s.io/v1', 'RoleBinding', {
			metadata: shop('rb'),
			roleRef: {kind: 'Role', name: 'reader'},
			subjects: [
				{kind: 'ServiceAccount', name: 'web'},
				{kind: 'Group', name: 'sre'},
			],
		}),
	),
	configMap: modelOf(served('v1', 'ConfigMap', {metadata: shop('cm'), data: {'app.conf': 'planted-value\ntwo\n'}, binaryData: {blob: 'AAAA'}})),
	secret: modelOf(served('v1', 'Secret', {metadata: shop('db'), type: 'Opaque', data: {password: btoa('planted-value-1'), user: btoa('x')}})),
	custom: modelOf(
		served('cert-manager.io/v1', 'Certificate', {
			metadata: shop('web-tls'),
			spec: {secretName: 'web-tls', dnsNames: ['a', 'b'], issuerRef: {name: 'le', kind: 'Issuer'}, usages: [{x: 1}]},
			status: {notAfter: '2026-03-01T00:00:00Z', conditions: [{type: 'Ready', status: 'False', reason: 'Pending', message: 'waiting for the order'}]},
		}),
	),
};

const expected: Readonly<Record<string, readonly string[]>> = {
	deployment: [
		' WHY  ! 2/3 ready',
		'',
		' Replicas  2/3 ready       Updated   3               Available 2',
		' Selector  app=web         Strategy  RollingUpdate   Revision  8',
		' SA        web             Created   30m',
		'',
		'   CONTAINER  PORTS  CPU R/L  MEM R/L  IMAGE',
		'   app        8080   -        -        registry.corp/shop/web:4.11.0',
		'',
		'   CONDITION  STATUS  SINCE  REASON',
		' + Available  True        -  MinimumReplicasAvailable',
		'',
		' LABELS 0   1 annotation: 2 shows them',
	],
	daemonSet: [' Nodes     3/4 ready       Misplaced 1               Selector  app=agent', ' Created   30m'],
	job: [
		' Done      1/3             Failed    2               Backoff   6',
		' Start     5m              Finished  -               Created   30m',
		'',
		'   CONTAINER  PORTS  CPU R/L  MEM R/L  IMAGE',
		'   app        -      -        -        job:1',
	],
	cronJob: [
		' Schedule  0 3 * * * Europe/Berlin                   Last run  11h',
		' Success   -               Overlap   Forbid          Suspended yes',
		' Created   30m',
	],
	service: [
		' WHY  ! selects no pod',
		'',
		' Type      ClusterIP       IP        10.96.71.3      Selector  app=promos',
		' Selects   0 pods          Created   30m',
		'',
		'   PORT  LISTENS  TARGET  NODE PORT',
		'   http  80/TCP   http    -',
	],
	ingress: [
		' Class     nginx           Address   none yet        Created   30m',
		'',
		'   HOST           PATH  BACKEND',
		' X promo.shop.io  /     promo:80 (not there)',
		'',
		' TLS',
		'   promo.shop.io  secret promo-tls',
	],
	gateway: [
		' Class     envoy           Address   203.0.113.20    Created   30m',
		'',
		'   LISTENER  PORT       HOST       ROUTES',
		'   https     443/HTTPS  *.shop.io       2',
	],
	route: [' Hosts     web.shop.io     Gateway   edge            Created   30m', '', '   PATH  BACKEND  WEIGHT', '   /api  web:80        9'],
	endpointSlice: [
		' Family    IPv4            Ports     http 8080/TCP   Created   30m',
		'',
		'   ADDRESS     STATE      TARGET  NODE',
		' + 10.244.1.7  ready      web-1   node-a1',
		' ! 10.244.1.8  not ready  -       -',
	],
	node: [
		' WHY  ! MemoryPressure',
		'',
		' Address   10.0.1.11       Roles     control-plane   Kubelet   v1.34.2',
		' System    Debian 12 amd64                           Pod CIDR  10.244.0.0/24',
		' Cordoned  yes',
		' Taints    node-role.kubernetes.io/control-plane:NoSchedule',
		' Created   30m',
		'',
		'   RESOURCE  FOR PODS  CAPACITY',
		'   cpu          3800m         4',
		'   memory        15Gi      16Gi',
		'   pods           110       110',
		'',
		'   CONDITION       STATUS  SINCE  REASON',
		' ! MemoryPressure  True        -  KubeletHasInsufficientMemory',
		' + Ready           True        -',
		'',
		' LABELS 1',
		'   node-role.kubernetes.io/control-plane=',
	],
	claim: [' Phase     Bound           Size      50Gi, requested 50Gi', ' Modes     ReadWriteOnce   Volume    pvc-1           Class     fast', ' Created   30m'],
	volume: [
		' Phase     Bound           Size      50Gi            Modes     ReadWriteOnce',
		' Claim     shop/data       Reclaim   Delete',
		' Source    csi ebs.csi.aws.com                       Created   30m',
	],
	autoscaler: [
		' Scales    Deployment/web  Replicas  10 now, 10 wanted',
		' Bounds    2 to 10         Created   30m',
		'',
		'   METRIC  NOW  TARGET',
		'   cpu     93%     80%',
	],
	budget: [' Allows    0 to go         Healthy   1 of 3, 2 needed', ' Min       2               Selector  app=web         Created   30m'],
	quota: [' Created   30m', '', '   RESOURCE      USED  HARD', '   pods             9    10', '   requests.cpu     0     4'],
	role: [' Created   30m', '', '   RESOURCES         GROUPS     VERBS', '   pods,deployments  core,apps  get,list', '   /healthz          -          get'],
	binding: [' Role      Role/reader     Created   30m', '', '   SUBJECT         NAME  NAMESPACE', '   ServiceAccount  web   -', '   Group           sre   -'],
	configMap: [' Keys      2 keys          Created   30m', '', '   KEY       VALUE', '   app.conf  18 chars, 2 lines', '   blob      binary'],
	secret: [
		' Type      Opaque          Keys      2 keys          Created   30m',
		'',
		'   KEY       VALUE',
		'   password  (masked, 15 bytes)',
		'   user      (masked, 1 byte)',
	],
	custom: [
		' Created   30m',
		'',
		'   FIELD                VALUE',
		'   spec.secretName      web-tls',
		'   spec.dnsNames        a, b',
		'   spec.issuerRef.name  le',
		'   spec.usages          1 entry',
		'   status.notAfter      2026-03-01T00:00:00Z',
		'',
		'   CONDITION  STATUS  SINCE  REASON',
		' X Ready      False       -  Pending: waiting for the order',
	],
};

for (const [name, model] of Object.entries(models)) {
	test(`the summary of a ${name} at 80 columns`, () => {
		assert.deepEqual(text(model), expected[name]);
	});
	test(`the summary of a ${name} fits every size`, () => assertFits(at => objectPage(model, screenOf(model, 'summary'), at)));
}

test('no value of a ConfigMap or Secret stands on its summary', () => {
	for (const name of ['configMap', 'secret']) assert.doesNotMatch(text(models[name] ?? modelOf(served('v1', 'X', {}))).join('\n'), /planted|cGxhbnRlZ/);
});

test('a workload that is not well says what is wrong with its pods', () => {
	const deployment = models['deployment'];
	assert.ok(deployment);
	const selects = (name: string, tone: 'ok' | 'warning' | 'error', detail: string) => related('selects', 'pods', 'Pod', name, {tone, detail});
	const pods = [
		selects('web-1', 'ok', 'Running'),
		selects('web-2', 'warning', 'its container is not ready'),
		selects('web-3', 'error', 'CrashLoopBackOff, 6 restarts'),
	];
	const why = (related: ObjectModel['related']) => text({...deployment, related}).slice(0, 2);
	assert.deepEqual(why(pods), [' WHY  ! 2/3 ready', '       pod web-3 CrashLoopBackOff, 6 restarts; 1 more pod is not well']);
	assert.deepEqual(why(pods.slice(0, 2)), [' WHY  ! 2/3 ready', '       pod web-2 its container is not ready']);
	assert.deepEqual(why(pods.slice(0, 1)), [' WHY  ! 2/3 ready', '']);
});

test('an event shows its whole message', () => {
	const message = 'Back-off restarting failed container app in pod checkout-5b8c9f7d66-xw8pl_shop(236b82c6-38a9-4ba5-a42c-339904892573)';
	const item = eventItem('BackOff', message, 'Warning', 2, 30);
	assert.ok(item.object);
	const shown = text(modelOf(item.object));
	assert.deepEqual(shown.slice(0, 6), [
		' Type      Warning         Reason    BackOff',
		' Object    pod/checkout-5b8c9f7d66-xw8pl             Last      2m',
		' First     10m             Count     x30             From      kubelet',
		' Created   -',
		'',
		' MESSAGE',
	]);
	assert.equal(
		shown
			.slice(6)
			.filter(line => line.startsWith('  '))
			.join('')
			.replaceAll(/\s+/g, ''),
		message.replaceAll(/\s+/g, ''),
	);
});

test('pods that were not looked up are not counted as none', () => {
	const service = models['service'];
	assert.ok(service);
	assert.doesNotMatch(text({...service, related: []}).join('\n'), /Selects/);
});

test('conditions read by what is hoped for', () => {
	const cases = [
		['Ready', 'True', 'ok'],
		['Ready', 'False', 'error'],
		['MemoryPressure', 'False', 'ok'],
		['MemoryPressure', 'True', 'warning'],
		['Ready', 'Unknown', 'unknown'],
		['Failed', 'True', 'error'],
		['ReplicaFailure', 'True', 'error'],
		['Progressing', 'False', 'muted'],
		['Established', 'True', 'ok'],
		['NamesAccepted', 'False', 'warning'],
	] as const;
	for (const [type, status, tone] of cases) assert.equal(conditionTone(type, status), tone, `${type} ${status}`);
});

test('objects with fields of the wrong type are shown without throwing', () => {
	for (const model of Object.values(models)) {
		const broken = served(model.ref.apiVersion, model.ref.kind, {
			metadata: {name: 'x'},
			spec: 7,
			status: {conditions: 'no', containerStatuses: null},
			data: null,
			rules: {},
			endpoints: null,
			subjects: 3,
		});
		assert.doesNotThrow(() => text(modelOf(broken)), model.ref.kind);
	}
});
