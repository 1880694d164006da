import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ClusterClient} from '../../../source/core/cluster-client.ts';
import type {Item, KubeObject} from '../../../source/core/kubernetes.ts';
import {ProblemError} from '../../../source/core/problem.ts';
import {maskedClient} from '../../../source/core/share/masked-client.ts';
import {plainMask} from '../../../source/core/share/mask-text.ts';
import {FakeClient, resourceType, serverColumns, serverTable} from '../../tools/fake-client.ts';

const pods = resourceType({plural: 'pods', kind: 'Pod'});
const secret = 'hunter2';
const pod: KubeObject & Readonly<Record<string, unknown>> = {
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'glpat-q7Zr2Kd9Lm4Xw8Tn1Vb6', namespace: 'shop', labels: {app: 'web'}, annotations: {note: `password=${secret}`}},
	spec: {containers: [{name: 'app', env: [{name: 'DB', value: secret}]}]},
};
const table = serverTable(pods, serverColumns('Name', 'Message'), [{namespace: 'shop', cells: ['web-1', `token=${secret}`], object: pod}]);

function open(): Readonly<{fake: FakeClient; client: ClusterClient}> {
	const fake = new FakeClient({objects: {pods: [pod]}, tables: {pods: table}, context: {user: 'alice'}});
	const refused = new ProblemError({code: 'forbidden', what: 'Could not list pods', cause: `User "alice" may not, token=${secret}`, status: 403});
	// Of the whole client only what is asked for here is there.
	const whole = Object.assign(fake, {
		text: async () => ({status: 200, body: `password: ${secret}`}),
		logs: async function* () {
			yield new TextEncoder().encode(`T password=${secret}\n`);
			throw refused;
		},
		calls: {subscribe: () => () => {}, snapshot: () => []},
	}) as unknown as ClusterClient;
	return {fake, client: maskedClient(whole, plainMask)};
}

const {signal} = new AbortController();

test('objects, lists, tables and texts hold no secret, and keep their names', async () => {
	const {client} = open();
	const got = await client.get(pods, 'shop', pod.metadata.name, {managedFields: false}, signal);
	assert.equal(got.metadata.name, pod.metadata.name);
	const listed = await client.list(pods, {}, signal);
	const {items} = await client.table(pods, {}, signal);
	const [item] = items;
	for (const answer of [got, listed, item?.object, item?.meta, item?.printed('Message'), await client.text('/x', signal)]) {
		assert.ok(answer !== undefined && !JSON.stringify(answer).includes(secret), JSON.stringify(answer));
	}
	assert.equal(item?.printed('Name'), 'web-1');
	assert.equal(client.context.user, 'user hidden');
});

test('what a watch brings is masked', async () => {
	const {fake, client} = open();
	const seen: Item[] = [];
	const sink = {columns() {}, beginList() {}, page: (items: readonly Item[]) => void seen.push(...items), endList() {}, apply() {}, stream() {}, partial() {}};
	void client.feedOf({type: pods, mode: 'object'})(sink, AbortSignal.timeout(1000));
	fake.sinks.get('pods')?.page(table.items);
	assert.equal(seen.length, 1);
	assert.ok(!JSON.stringify([seen[0]?.object, seen[0]?.printed('Message')]).includes(secret));
});

test('lines and failures are masked, and the user has no name', async () => {
	const {client} = open();
	let read = '';
	const reading = async (): Promise<void> => {
		for await (const piece of client.logs({namespace: 'shop', pod: 'x', container: 'app', follow: false, previous: false}, signal))
			read += new TextDecoder().decode(piece);
	};
	await assert.rejects(reading, error => error instanceof ProblemError && /User "user hidden" may not, token=\(masked, 7 chars\)/.test(error.problem.cause));
	assert.equal(read, 'T password=(masked, 7 chars)\n');
});
