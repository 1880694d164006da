import assert from 'node:assert/strict';
import {test} from 'node:test';
import {printOnce} from '../../source/print/print-once.ts';
import {FakeClient, resourceType, serverColumns, serverTable} from '../tools/fake-client.ts';
import {deploymentTable, nodeTable, podTable, podType, printJob, serviceTable} from './cases.ts';

const answers = {tables: {pods: podTable, services: serviceTable, 'deployments.apps': deploymentTable, nodes: nodeTable}};
const signal = new AbortController().signal;

async function print(invocation: Parameters<typeof printJob>[1], client = new FakeClient(answers)) {
	const {job, out, errors} = printJob(client, invocation);
	const code = await printOnce(job, signal);
	return {code, out: out(), errors};
}

test('rows of the namespace, as kubectl prints them', async () => {
	const client = new FakeClient(answers);
	assert.deepEqual(await print({selection: {}}, client), {
		code: 0,
		out: [
			'NAME                    READY   STATUS             RESTARTS       AGE',
			'cart-7d9f5c6c8b-m4htv   2/2     Running            0              9m',
			'web                     0/1     CrashLoopBackOff   31 (48s ago)   3h',
			'',
		].join('\n'),
		errors: [],
	});
	assert.deepEqual(client.asked, [{plural: 'pods', mode: 'metadata', namespace: 'shop'}]);
});

test('-A puts the namespace first, -o wide adds the columns of lower priority', async () => {
	const {out} = await print({format: 'wide', selection: {allNamespaces: true}});
	assert.equal(
		out,
		[
			'NAMESPACE   NAME                    READY   STATUS             RESTARTS       AGE   IP         NODE',
			'shop        cart-7d9f5c6c8b-m4htv   2/2     Running            0              9m    10.0.0.7   n1',
			'shop        web                     0/1     CrashLoopBackOff   31 (48s ago)   3h    10.0.0.8   n2',
			'team-a      api                     1/1     Running            2 (3d ago)     5d    10.0.0.9   n1',
			'',
		].join('\n'),
	);
});

test('several kinds: one block each with a blank line, names with their kind, no namespace for cluster-scoped ones in front', async () => {
	const {out} = await print({selection: {targets: [{kind: 'no'}, {kind: 'svc'}, {kind: 'deploy'}], allNamespaces: true}});
	assert.equal(
		out,
		[
			'NAME      STATUS   ROLES    AGE     VERSION',
			'node/n1   Ready    <none>   6m43s   v1.34.2',
			'',
			'NAMESPACE   NAME          TYPE        CLUSTER-IP      EXTERNAL-IP   PORT(S)   AGE',
			'shop        service/web   ClusterIP   10.96.201.176   <none>        80/TCP    9m',
			'',
			'NAMESPACE   NAME                  READY   UP-TO-DATE   AVAILABLE   AGE',
			'shop        deployment.apps/web   0/1     1            0           3h',
			'',
		].join('\n'),
	);
});

test('behind a kind with namespaces kubectl keeps the column for those without', async () => {
	const {out} = await print({selection: {targets: [{kind: 'svc'}, {kind: 'no'}], allNamespaces: true}});
	assert.match(out, /\n\nNAMESPACE {3}NAME {6}STATUS .*\n {12}node\/n1 {3}Ready .*\n$/);
});

test('--no-headers leaves headers and blank lines away', async () => {
	const {out} = await print({headers: false, selection: {targets: [{kind: 'svc'}, {kind: 'no'}]}});
	assert.equal(out, 'service/web   ClusterIP   10.96.201.176   <none>   80/TCP   9m\nnode/n1   Ready   <none>   6m43s   v1.34.2\n');
});

test('a category is every kind in it', async () => {
	const {out} = await print({headers: false, selection: {targets: [{kind: 'all'}]}});
	assert.match(out, /^pod\/cart.*\npod\/web.*\nservice\/web.*\ndeployment\.apps\/web.*\n$/);
});

test('names of one kind make one block', async () => {
	const {out} = await print({
		selection: {
			targets: [
				{kind: 'pod', name: 'web'},
				{kind: 'po', name: 'cart-7d9f5c6c8b-m4htv'},
			],
		},
	});
	assert.match(out, /^NAME .*\nweb .*\ncart-.*\n$/);
});

test('nothing there: kubectl says so on stderr and ends well', async () => {
	assert.deepEqual(await print({selection: {targets: [{kind: 'secrets'}]}}), {code: 0, out: '', errors: ['No resources found in shop namespace.']});
	assert.deepEqual(await print({selection: {targets: [{kind: 'secrets'}], allNamespaces: true}}), {code: 0, out: '', errors: ['No resources found']});
	assert.deepEqual(await print({selection: {targets: [{kind: 'secrets'}, {kind: 'nodes'}], labelSelector: 'a=b'}}, new FakeClient()), {
		code: 0,
		out: '',
		errors: ['No resources found'],
	});
});

test('a name that is missing: code 1, and what exists is printed', async () => {
	const missing = await print({
		selection: {
			targets: [
				{kind: 'pod', name: 'nope'},
				{kind: 'pod', name: 'web'},
				{kind: 'no', name: 'n9'},
			],
		},
	});
	assert.deepEqual(missing.errors, ['There is no pod nope in namespace shop.', 'There is no node n9.']);
	assert.equal(missing.code, 1);
	assert.match(missing.out, /^NAME .*\nweb .*\n$/);
});

test('a kind that is missing: code 2 and the nearest', async () => {
	assert.deepEqual(await print({selection: {targets: [{kind: 'pdos'}]}}), {code: 2, out: '', errors: ['The server has no kind pdos. Did you mean pods?']});
	assert.deepEqual(await print({selection: {targets: [{kind: 'qqqqq'}]}}), {code: 2, out: '', errors: ['The server has no kind qqqqq.']});
});

test('a failure of one kind does not cost the others', async () => {
	const denied = {code: 'forbidden', what: 'You may not list services in shop', cause: 'no rule allows it', remedy: 'Ask for list.'} as const;
	const {code, out, errors} = await print(
		{selection: {targets: [{kind: 'svc'}, {kind: 'no'}]}},
		new FakeClient({tables: {services: denied, nodes: nodeTable}}),
	);
	assert.deepEqual({code, errors}, {code: 2, errors: ['You may not list services in shop: no rule allows it. Ask for list.']});
	assert.match(out, /^NAME {3}STATUS .*\nn1 /);
});

test('--filter and --sort use the columns of the screen, cells stay the server’s', async () => {
	const filtered = await print({headers: false, selection: {filter: 'restarts>0', allNamespaces: true}});
	assert.equal(filtered.out, 'shop     web   0/1   CrashLoopBackOff   31 (48s ago)   3h\nteam-a   api   1/1   Running            2 (3d ago)     5d\n');
	const sorted = await print({headers: false, selection: {sort: {by: 'restarts', descending: true}, allNamespaces: true}});
	assert.deepEqual(sorted.out.match(/^\S+ +\S+/gm), ['shop     web', 'team-a   api', 'shop     cart-7d9f5c6c8b-m4htv']);
	assert.deepEqual((await print({selection: {filter: 'restarts>100'}})).errors, ['None of 2 objects matches the filter restarts>100.']);
});

test('a filter or order that cannot be followed: code 2 and one sentence', async () => {
	const order = await print({selection: {sort: {by: 'restart', descending: false}}});
	assert.equal(order.code, 2);
	assert.equal(order.errors[0], 'pods have no column restart. Did you mean restarts? They have name, namespace, state, ready, status, restarts, node, age.');
	const filter = await print({selection: {filter: 'age>500x'}});
	assert.equal(filter.code, 2);
	assert.match(filter.errors[0] ?? '', /^--filter cannot be read at letter 5: 500x is not /);
	assert.equal(filter.out, '');
});

test('selectors go to the server', async () => {
	const client = new FakeClient(answers);
	await print({selection: {labelSelector: 'app=web', fieldSelector: 'status.phase=Running'}}, client);
	assert.deepEqual(client.asked, [{plural: 'pods', mode: 'metadata', namespace: 'shop', labelSelector: 'app=web', fieldSelector: 'status.phase=Running'}]);
});

test('cells with line breaks and escape sequences cannot leave their place', async () => {
	const table = serverTable(podType, serverColumns('Name', 'Status'), [
		{namespace: 'shop', cells: ['a', 'one\ntwo']},
		{namespace: 'shop', cells: ['\u001b[2Jb', undefined]},
	]);
	assert.equal((await print({headers: false, selection: {}}, new FakeClient({tables: {pods: table}}))).out, 'a        one...\n^[[2Jb   \n');
});

test('a server that prints no Table: the age is made of the time of creation', async () => {
	const columns = [...serverColumns('Name'), {name: 'Age', type: 'date', format: '', description: '', priority: 0}];
	const at = '2026-03-01T14:00:31Z';
	const table = serverTable(resourceType({plural: 'pods', kind: 'Pod'}), columns, [{namespace: 'shop', cells: ['a', at], meta: {creationTimestamp: at}}]);
	assert.equal((await print({headers: false, selection: {}}, new FakeClient({tables: {pods: table}}))).out, 'a     2m\n');
});
