import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ProblemError} from '../../source/core/problem.ts';
import {createIntern} from '../../source/core/intern.ts';
import {acceptTable, type ListOptions, listPages} from '../../source/kube/list-pages.ts';
import {plainAccept, tableAccept} from '../../source/kube/list-request.ts';
import {createTableDecoder} from '../../source/kube/table.ts';
import {ModelCluster} from '../tools/model-cluster.ts';
import {podType} from '../tools/pod-type.ts';
import {createScriptedTransport, failure, jsonAnswer} from '../tools/scripted-transport.ts';

const scope = {type: podType, namespace: 'shop', labelSelector: 'app=web', mode: 'metadata'} as const;

function options(transport: ListOptions['transport'], more: Partial<ListOptions> = {}): ListOptions {
	return {
		transport,
		decoder: createTableDecoder({type: podType, mode: 'metadata', intern: createIntern()}),
		scope,
		accept: acceptTable(),
		whole: false,
		recover: async () => {},
		...more,
	};
}

function clusterOf(count: number, largestPage: number): ModelCluster {
	const cluster = new ModelCluster();
	for (let index = 0; index < count; index++) cluster.put(`p${index}`, 'x', 'shop');
	cluster.largestPage = largestPage;
	return cluster;
}

function forget(cluster: ModelCluster): void {
	cluster.put('z', 'new', 'shop');
	cluster.compact();
}

async function read(list: ListOptions, each: (page: number) => void = () => {}) {
	const pages: string[][] = [];
	const versions = new Set<string>();
	for await (const page of listPages(list, new AbortController().signal)) {
		pages.push(Array.from({length: page.size}, (_, index) => page.item(index)?.meta.name ?? ''));
		versions.add(page.resourceVersion);
		each(pages.length);
	}
	return {pages, versions, names: pages.flat()};
}

test('seven rows in pages of two: each once, all of one version', async () => {
	const cluster = clusterOf(7, 2);
	const {pages, versions, names} = await read(options(cluster.transport), page => cluster.put(`late${page}`, 'x', 'shop'));
	assert.deepEqual(
		pages.map(page => page.length),
		[2, 2, 2, 1],
	);
	assert.deepEqual(names, ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6']);
	assert.equal(versions.size, 1);
});

test('what is asked for: a Table by pages, selectors, and never resourceVersion=0', async () => {
	const cluster = clusterOf(3, 2);
	await read(options(cluster.transport));
	const [first, second] = cluster.transport.requests;
	assert.equal(first?.path, '/api/v1/namespaces/shop/pods');
	assert.equal(first?.accept, tableAccept);
	assert.deepEqual(first?.query, {includeObject: 'Metadata', labelSelector: 'app=web', fieldSelector: undefined, limit: '250', continue: undefined});
	assert.deepEqual([first?.pool, second?.pool, second?.query?.['limit']], ['short', 'bulk', '500']);
	assert.ok(cluster.transport.requests.every(request => request.query?.['resourceVersion'] === undefined));
});

test('the next page is asked for before the last one is read', async () => {
	const cluster = clusterOf(6, 2);
	const pages = listPages(options(cluster.transport), new AbortController().signal);
	await pages.next();
	assert.equal(cluster.transport.requests.length, 2);
	await pages.return();
});

test('a list that expires late goes on with the token for the rest', async () => {
	const cluster = clusterOf(8, 2);
	// The token of page 3 is already in use when page 2 is handed over, so the one for page 4 expires.
	const {names, versions} = await read(options(cluster.transport), page => page === 2 && forget(cluster));
	assert.deepEqual(names, ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'z']);
	assert.equal(versions.size, 2);
});

test('a list that expires early, or without a token, or twice, is given up as expired', async () => {
	const isExpired = (error: unknown) => error instanceof ProblemError && error.problem.code === 'expired';
	const early = clusterOf(20, 2);
	await assert.rejects(
		read(options(early.transport), page => page === 1 && forget(early)),
		isExpired,
	);
	for (const body of [
		{kind: 'Status', code: 410},
		{kind: 'Status', code: 410, metadata: {continue: 'again'}},
	]) {
		let asked = 0;
		const transport = createScriptedTransport({
			request: () =>
				asked++ === 0
					? jsonAnswer({kind: 'Table', metadata: {resourceVersion: '5', continue: 'a', remainingItemCount: 0}, rows: [{}]})
					: jsonAnswer(body, {status: 410}),
		});
		await assert.rejects(read(options(transport)), isExpired);
	}
});

test('without pages no limit is sent', async () => {
	const cluster = clusterOf(3, 100);
	await read(options(cluster.transport, {whole: true}));
	assert.equal(cluster.transport.requests[0]?.query?.['limit'], undefined);
});

test('406 is answered by asking for plain lists, then and later', async () => {
	const accept = acceptTable();
	const transport = createScriptedTransport({
		request(request) {
			if (request.accept.includes('Table')) throw failure('not-acceptable', {status: 406});
			return jsonAnswer({kind: 'PodList', metadata: {resourceVersion: '4'}, items: [{metadata: {name: 'a'}}]});
		},
	});
	assert.deepEqual((await read(options(transport, {accept}))).names, ['a']);
	assert.equal(accept.value, plainAccept);
	await read(options(transport, {accept}));
	assert.equal(transport.requests.length, 3);
});

test('a later page that fails is tried again; the first one and a refusal are not', async () => {
	const cluster = clusterOf(6, 2);
	const recovered: string[] = [];
	const recover = async (error: ProblemError) => void recovered.push(error.problem.code);
	let asked = 0;
	cluster.fault = () => (++asked === 3 || asked === 4 ? () => Promise.reject(failure('refused')) : undefined);
	assert.equal((await read(options(cluster.transport, {recover}))).names.length, 6);
	assert.deepEqual(recovered, ['refused', 'refused']);
	for (const [nth, code] of [
		[1, 'refused'],
		[2, 'forbidden'],
		[2, 'unauthorized'],
	] as const) {
		asked = 0;
		cluster.fault = () => (++asked === nth ? () => Promise.reject(failure(code)) : undefined);
		await assert.rejects(read(options(cluster.transport, {recover})), (error: unknown) => error instanceof ProblemError && error.problem.code === code);
	}
	asked = 0;
	cluster.fault = () => (++asked === 2 ? () => Promise.reject(failure('invalid', {status: 400})) : undefined);
	await assert.rejects(read(options(cluster.transport, {recover})), (error: unknown) => error instanceof ProblemError && error.problem.status === 400);
});
