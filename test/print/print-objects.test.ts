import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import {printOnce} from '../../source/print/print-once.ts';
import {FakeClient} from '../tools/fake-client.ts';
import {podTable, printJob} from './cases.ts';

const signal = new AbortController().signal;
// Raw objects carry fields that KubeObject does not name.
const pod = (name: string, namespace = 'shop') =>
	({
		kind: 'Pod',
		apiVersion: 'v1',
		spec: {nodeName: 'n1', containers: [{name: 'c', image: 'web:1'}]},
		metadata: {uid: `uid-${namespace}-${name}`, name, namespace, managedFields: [{manager: 'kubectl'}]},
	}) as KubeObject;
const secret = {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'db', namespace: 'shop'}, data: {password: 'aHVudGVyMg=='}, type: 'Opaque'} as KubeObject;
const answers = {tables: {pods: podTable}, objects: {pods: [pod('cart-7d9f5c6c8b-m4htv'), pod('web'), pod('api', 'team-a')], secrets: [secret]}};

async function print(invocation: Parameters<typeof printJob>[1], client = new FakeClient(answers)) {
	const {job, out, errors} = printJob(client, invocation);
	const code = await printOnce(job, signal);
	return {code, out: out(), errors};
}

test('-o json of a name is the object, byte for byte as kubectl: sorted keys, four blanks, no managedFields', async () => {
	const {out, code} = await print({format: 'json', selection: {targets: [{kind: 'pod', name: 'web'}]}});
	assert.equal(code, 0);
	assert.equal(
		out,
		`{
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
        "name": "web",
        "namespace": "shop",
        "uid": "uid-shop-web"
    },
    "spec": {
        "containers": [
            {
                "image": "web:1",
                "name": "c"
            }
        ],
        "nodeName": "n1"
    }
}
`,
	);
});

test('-o json of a kind is a List of the namespace’s objects', async () => {
	const {out} = await print({format: 'json', selection: {}});
	const list = JSON.parse(out);
	assert.deepEqual([list.apiVersion, list.kind, list.metadata], ['v1', 'List', {resourceVersion: ''}]);
	assert.deepEqual(
		list.items.map((item: KubeObject) => item.metadata.name),
		['cart-7d9f5c6c8b-m4htv', 'web'],
	);
	assert.equal(out, `${JSON.stringify(list, null, 4)}\n`);
});

test('an empty List has its shape too', async () => {
	assert.equal(
		(await print({format: 'json', selection: {}}, new FakeClient())).out,
		'{\n    "apiVersion": "v1",\n    "items": [],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n',
	);
	assert.equal(
		(await print({format: 'yaml', selection: {}}, new FakeClient())).out,
		'apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: ""\n',
	);
});

test('-o yaml as kubectl lays it out', async () => {
	const {out} = await print({format: 'yaml', selection: {allNamespaces: true, sort: {by: 'age', descending: false}, filter: 'status=Running'}});
	const item = (name: string, namespace: string) => `- apiVersion: v1
  kind: Pod
  metadata:
    name: ${name}
    namespace: ${namespace}
    uid: uid-${namespace}-${name}
  spec:
    containers:
    - image: web:1
      name: c
    nodeName: n1
`;
	const items = item('cart-7d9f5c6c8b-m4htv', 'shop') + item('api', 'team-a');
	assert.equal(out, `apiVersion: v1\nitems:\n${items}kind: List\nmetadata:\n  resourceVersion: ""\n`);
});

test('Secret data is masked unless it is revealed', async () => {
	const targets = [{kind: 'secret', name: 'db'}];
	const hidden = await print({format: 'yaml', selection: {targets}});
	assert.match(hidden.out, /password: \(masked, 7 bytes\)/);
	assert.doesNotMatch(hidden.out, /aHVudGVyMg/);
	assert.match((await print({format: 'yaml', reveal: true, selection: {targets}})).out, /password: aHVudGVyMg==/);
	assert.doesNotMatch((await print({format: 'json', selection: {targets: [{kind: 'secrets'}]}})).out, /aHVudGVyMg/);
});

test('items of a list that lack kind and apiVersion get them', async () => {
	const bare = {metadata: {name: 'a', namespace: 'shop'}} as KubeObject;
	const {out} = await print({format: 'json', selection: {}}, new FakeClient({objects: {pods: [bare]}}));
	assert.deepEqual(JSON.parse(out).items, [{apiVersion: 'v1', kind: 'Pod', metadata: {name: 'a', namespace: 'shop'}}]);
});

test('missing objects: alone nothing is printed, among others the rest is', async () => {
	const alone = await print({format: 'json', selection: {targets: [{kind: 'pod', name: 'nope'}]}});
	assert.deepEqual(alone, {code: 1, out: '', errors: ['There is no pod nope in namespace shop.']});
	const among = await print({
		format: 'json',
		selection: {
			targets: [
				{kind: 'pod', name: 'nope'},
				{kind: 'pod', name: 'web'},
			],
		},
	});
	assert.equal(among.code, 1);
	assert.equal(JSON.parse(among.out).items.length, 1);
});

test('a list that fails prints nothing and ends with 2', async () => {
	const down = {code: 'refused', what: 'Could not list pods', cause: 'connection refused by 10.0.0.10:6443'} as const;
	const result = await print({format: 'yaml', selection: {}}, new FakeClient({objects: {pods: down}}));
	assert.deepEqual(result, {code: 2, out: '', errors: ['Could not list pods: connection refused by 10.0.0.10:6443.']});
});
