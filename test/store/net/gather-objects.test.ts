import assert from 'node:assert/strict';
import {test} from 'node:test';
import {makeCatalogue} from '../../../source/core/make-catalogue.ts';
import type {KubeObject} from '../../../source/core/kubernetes.ts';
import {leanObject} from '../../../source/core/net/lean-object.ts';
import {type Problem, ProblemError} from '../../../source/core/problem.ts';
import type {ResourceType} from '../../../source/core/resource-type.ts';
import {gatherObjects} from '../../../source/store/net/gather-objects.ts';
import {objectView} from '../../../source/store/net/object-view.ts';
import {kindsOfTab} from '../../../source/store/net/view-kinds.ts';
import {configMapOf} from '../../tools/net-objects.ts';
import {podObject, serviceObject} from '../../tools/cluster-view.ts';
import {resourceType} from '../../tools/fake-client.ts';

const never = new AbortController().signal;
const types = [
	resourceType({plural: 'services', kind: 'Service'}),
	resourceType({plural: 'pods', kind: 'Pod'}),
	resourceType({plural: 'nodes', kind: 'Node', namespaced: false}),
	resourceType({plural: 'configmaps', kind: 'ConfigMap'}),
	resourceType({plural: 'secrets', kind: 'Secret'}),
];
const catalogue = makeCatalogue([], {types, problems: new Map(), warming: false});
const forbidden: Problem = {code: 'forbidden', what: 'Could not list', cause: 'User dev may not list it at cluster scope'};

type Asked = Readonly<{plural: string; namespace?: string | undefined}>;

/** `answer` gives the objects of a kind and place, or the problem with them. */
function client(answer: (asked: Asked) => readonly KubeObject[] | Problem) {
	const asked: Asked[] = [];
	return {
		asked,
		list: async (type: ResourceType, options: Readonly<{namespace?: string; keep?(object: KubeObject): KubeObject}>) => {
			const question = {plural: type.plural, namespace: options.namespace};
			asked.push(question);
			const found = answer(question);
			if ('code' in found) throw new ProblemError(found);
			return options.keep ? found.map(options.keep) : found;
		},
		table: async () => ({columns: [], items: []}),
	};
}

const ask = (kinds: readonly string[]) => kinds.map(kind => ({kind}));

test('every kind in one list; one that the server does not have is absent, one nobody asked for is loading', async () => {
	const fake = client(({plural}) => (plural === 'services' ? [serviceObject('shop/web', {})] : []));
	const read = await gatherObjects({client: fake, catalogue, kinds: ask(['services', 'nodes', 'gateways.gateway.networking.k8s.io']), namespaces: []}, never);
	const view = objectView(read, {now: 1, oneShot: true, observations: []});
	assert.deepEqual(fake.asked, [
		{plural: 'services', namespace: undefined},
		{plural: 'nodes', namespace: undefined},
	]);
	assert.deepEqual(
		['services', 'nodes', 'gateways.gateway.networking.k8s.io', 'pods'].map(kind => view.readable(kind).state),
		['ready', 'ready', 'absent', 'loading'],
	);
	assert.equal(view.all('services').length, 1);
});

test('403 on the whole cluster: the namespaces that matter are tried one by one, and the kind stays denied', async () => {
	const fake = client(({plural, namespace}) => {
		if (plural === 'nodes') return forbidden;
		return namespace === 'team-a' ? [podObject('team-a/web-1')] : forbidden;
	});
	const read = await gatherObjects({client: fake, catalogue, kinds: ask(['pods', 'nodes']), namespaces: ['team-a', 'kube-system']}, never);
	const view = objectView(read, {now: 1, oneShot: true, observations: []});
	assert.equal(view.readable('pods').state, 'denied', 'a check over all pods must not take this for all');
	assert.equal(view.readIn?.('pods', 'team-a').state, 'ready');
	assert.equal(view.readIn?.('pods', 'kube-system').state, 'denied');
	assert.equal(view.all('pods').length, 1);
	assert.equal(view.readable('nodes').state, 'denied');
	assert.equal(fake.asked.filter(({plural}) => plural === 'nodes').length, 1, 'nodes have no namespace to try');
});

test('a list that fails costs its kind alone', async () => {
	const fake = client(({plural}) => (plural === 'pods' ? {code: 'timeout', what: 'Could not list pods', cause: 'no answer'} : []));
	const read = await gatherObjects({client: fake, catalogue, kinds: ask(['pods', 'services']), namespaces: []}, never);
	assert.deepEqual([read.get('pods')?.readable.state, read.get('services')?.readable.state], ['failed', 'ready']);
});

test("ConfigMaps are read where the system keeps its own, and nowhere else; their domain is the cluster's", async () => {
	const fake = client(({namespace}) =>
		namespace === 'kube-system' ? [configMapOf('kube-system/kubelet-config', {kubelet: 'clusterDomain: lab.internal\n'})] : [],
	);
	const kinds = kindsOfTab('dns').filter(({kind}) => kind === 'configmaps');
	const read = await gatherObjects({client: fake, catalogue, kinds, namespaces: []}, never);
	assert.deepEqual(
		fake.asked.map(({namespace}) => namespace),
		['kube-system', 'kube-flannel'],
	);
	assert.equal(objectView(read, {now: 1, oneShot: true, observations: []}).clusterDomain, 'lab.internal');
});

test('what stays in memory of a pod is what checks read', () => {
	const heavy = podObject('shop/web-1', {
		ip: '10.244.1.9',
		metadata: {managedFields: [{manager: 'x'}], annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{}', kept: 'yes'}},
		spec: {
			volumes: [{name: 'v'}],
			containers: [{name: 'main', image: 'x', ports: [{containerPort: 80}], volumeMounts: [{name: 'v'}], env: [{name: 'A', value: 'b'}], readinessProbe: {}}],
		},
	});
	const text = JSON.stringify(leanObject(heavy));
	for (const gone of ['managedFields', 'last-applied', 'volumes', 'volumeMounts']) assert.ok(!text.includes(gone), gone);
	for (const kept of ['readinessProbe', '10.244.1.9', 'containerPort', '"kept":"yes"', '"env"', 'conditions']) assert.ok(text.includes(kept), kept);
});

test('of Secrets only their metadata is asked for', () => {
	assert.deepEqual(
		kindsOfTab('routes').filter(({kind}) => kind === 'secrets'),
		[{kind: 'secrets', metadataOnly: true}],
	);
	for (const tab of ['dns', 'path', 'policy', 'probes'] as const) assert.ok(!kindsOfTab(tab).some(({kind}) => kind === 'secrets'), tab);
});
