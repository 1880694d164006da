import assert from 'node:assert/strict';
import type {Scope} from '../../../source/core/feed.ts';
import type {ResourceType} from '../../../source/core/resource-type.ts';
import {tableAccept} from '../../../source/kube/list-request.ts';
import type {Transport} from '../../../source/kube/transport.ts';
import {type CollectingSink, createCollectingSink} from '../../tools/collecting-sink.ts';
import {type ConformanceCluster, conformanceTest, type SentObject} from '../../tools/conformance-cluster.ts';
import {eventually, patienceMs} from '../../tools/eventually.ts';

type Meta = Readonly<{name?: string; resourceVersion?: string; continue?: string; remainingItemCount?: number}>;
type Table = Readonly<{
	metadata: Meta;
	columnDefinitions?: ReadonlyArray<Readonly<{name: string}>> | null;
	rows: ReadonlyArray<Readonly<{cells: readonly unknown[]; object: Readonly<{metadata: Meta}>}>>;
}>;
type WatchEvent = Readonly<{type: string; object: Table & Readonly<{code?: number; reason?: string; message?: string}>}>;

const configMaps: ResourceType = {
	group: '',
	version: 'v1',
	plural: 'configmaps',
	kind: 'ConfigMap',
	singular: 'configmap',
	namespaced: true,
	verbs: ['list', 'watch'],
	shortNames: ['cm'],
	categories: [],
	subresources: [],
	preferred: true,
	state: 'current',
};

function configMap(namespace: string, name: string, data: Readonly<Record<string, string>> = {}): SentObject {
	return {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace}, data};
}

/** Sees only what this test makes: a real cluster adds a ConfigMap of its own to each namespace. */
const labelled = (object: SentObject): SentObject => ({...object, metadata: {...object.metadata, labels: {made: 'here'}} as SentObject['metadata']});
const ownOnly = {labelSelector: 'made=here'};

async function listTable(transport: Transport, path: string, query: Readonly<Record<string, string>>): Promise<Table> {
	const {body} = await transport.request({path, query, accept: tableAccept}, new AbortController().signal);
	// The server was asked for a Table.
	return JSON.parse(body.toString('utf8')) as Table;
}

/** Reads a watch's events until `done` holds for them or the stream ends. */
async function readWatch(
	transport: Transport,
	{opened, ...request}: Readonly<{path: string; query: Readonly<Record<string, string>>; opened?: () => Promise<void>}>,
	done: (events: readonly WatchEvent[]) => boolean | Promise<boolean>,
): Promise<readonly WatchEvent[]> {
	const own = new AbortController();
	const {body} = await transport.stream({...request, accept: tableAccept}, own.signal);
	const events: WatchEvent[] = [];
	let rest = '';
	const waited = opened?.();
	for await (const chunk of body) {
		const lines = (rest + chunk.toString('utf8')).split('\n');
		rest = lines.pop() ?? '';
		// Each line of a watch is one event.
		for (const line of lines) events.push(JSON.parse(line) as WatchEvent);
		if (await done(events)) break;
	}
	own.abort();
	await waited;
	return events;
}

function follow(
	cluster: ConformanceCluster,
	scope: Omit<Scope, 'type' | 'mode'> & Partial<Pick<Scope, 'mode'>>,
): Disposable & Readonly<{sink: CollectingSink; names(): string}> {
	const sink = createCollectingSink();
	const stop = new AbortController();
	void cluster.client.feedOf({type: configMaps, mode: 'metadata', ...scope})(sink, stop.signal);
	return {
		sink,
		names: () =>
			[...sink.items.values()]
				.map(({meta}) => meta.name)
				.toSorted()
				.join(),
		[Symbol.dispose]: () => stop.abort(),
	};
}

conformanceTest('T18: paging with limit=2 over 7 objects brings each once, all pages of one version', async cluster => {
	const namespace = await cluster.createNamespace();
	for (let index = 0; index < 7; index++) await cluster.apply(labelled(configMap(namespace, `map-${index}`)));
	const path = `/api/v1/namespaces/${namespace}/configmaps`;
	const pages: Table[] = [];
	let token: string | undefined = '';
	while (token !== undefined) {
		const page: Table = await listTable(cluster.transport, path, {...ownOnly, limit: '2', ...(token === '' ? {} : {continue: token})});
		pages.push(page);
		token = page.metadata.continue;
		// A write in the middle must not be seen by the pages that follow.
		if (pages.length === 1) await cluster.apply(labelled(configMap(namespace, 'map-9')));
	}
	assert.deepEqual(
		pages.map(({rows}) => rows.map(({object}) => object.metadata.name)),
		[['map-0', 'map-1'], ['map-2', 'map-3'], ['map-4', 'map-5'], ['map-6']],
	);
	assert.equal(new Set(pages.map(({metadata}) => metadata.resourceVersion)).size, 1);
});

conformanceTest('T18: what remains is counted where no selector narrows the list', async cluster => {
	const namespace = await cluster.createNamespace();
	for (let index = 0; index < 7; index++) await cluster.apply(configMap(namespace, `map-${index}`));
	const path = `/api/v1/namespaces/${namespace}/configmaps`;
	// The controller manager may add one of its own between the two.
	const all = await eventually(
		async () => {
			const {rows} = await listTable(cluster.transport, path, {});
			const first = await listTable(cluster.transport, path, {limit: '2'});
			return first.metadata.remainingItemCount === rows.length - 2 && rows.length;
		},
		patienceMs,
		() => 'remainingItemCount is never what is left',
	);
	assert.ok(all >= 7);
	assert.equal((await listTable(cluster.transport, path, {limit: '2', labelSelector: '!missing'})).metadata.remainingItemCount, undefined);
});

conformanceTest('T24: a feed sees what is added, modified and deleted', async cluster => {
	const namespace = await cluster.createNamespace();
	await cluster.apply(labelled(configMap(namespace, 'first')));
	using feed = follow(cluster, {namespace, ...ownOnly});
	const seen = (text: string) =>
		eventually(
			() => feed.names() === text,
			patienceMs,
			() => `${feed.names()} instead of ${text}`,
		);
	await eventually(
		() => feed.sink.state()?.state === 'live',
		patienceMs,
		() => JSON.stringify(feed.sink.states),
	);
	await seen('first');
	await cluster.apply(labelled(configMap(namespace, 'second')));
	await seen('first,second');
	await cluster.apply(labelled(configMap(namespace, 'first', {one: '1', two: '2'})));
	await eventually(
		() => [...feed.sink.items.values()].some(item => item.meta.name === 'first' && item.printed('data') === 2),
		patienceMs,
		() => 'the modified object does not show its two entries',
	);
	await cluster.remove(configMap(namespace, 'second'));
	await seen('first');
	assert.equal(feed.sink.lists.begun, 1, 'all of it came from one watch');
});

conformanceTest('T24: a feed of cells alone names its rows and follows them, with no object in any answer', async cluster => {
	const namespace = await cluster.createNamespace();
	await cluster.apply(labelled(configMap(namespace, 'first')));
	using feed = follow(cluster, {namespace, ...ownOnly, mode: 'cells'});
	const shows = (text: string) =>
		eventually(
			() => feed.names() === text,
			20_000,
			() => `${feed.names()} instead of ${text}`,
		);
	await shows('first');
	await cluster.apply(labelled(configMap(namespace, 'second', {a: '1'})));
	await shows('first,second');
	await cluster.remove(configMap(namespace, 'first'));
	await shows('second');
	const items = [...feed.sink.items.values()];
	assert.deepEqual(
		items.map(item => [item.printed('data'), item.meta.uid, item.object]),
		[[1, undefined, undefined]],
	);
	assert.equal(feed.sink.lists.begun, 1, 'all of it came from one watch');
	const path = `/api/v1/namespaces/${namespace}/configmaps`;
	const {metadata} = await listTable(cluster.transport, path, ownOnly);
	const query = {...ownOnly, watch: '1', includeObject: 'None', resourceVersion: metadata.resourceVersion ?? '', timeoutSeconds: '30'};
	const opened = () => cluster.apply(labelled(configMap(namespace, 'third')));
	const [event] = await readWatch(cluster.transport, {path, query, opened}, seen => seen.length === 1);
	assert.match(event?.object.metadata.resourceVersion ?? '', /^\d+$/, 'the Table itself tells where to go on');
	assert.equal(event?.object.rows[0]?.object, null);
});

conformanceTest('T24: a watch describes its columns in its first event and never again', async cluster => {
	const namespace = await cluster.createNamespace();
	const path = `/api/v1/namespaces/${namespace}/configmaps`;
	const {metadata} = await listTable(cluster.transport, path, ownOnly);
	const query = {...ownOnly, watch: '1', resourceVersion: metadata.resourceVersion ?? '', allowWatchBookmarks: 'true', timeoutSeconds: '60'};
	await cluster.apply(labelled(configMap(namespace, 'one')));
	const events = await readWatch(cluster.transport, {path, query}, async seen => {
		if (seen.length === 1) await cluster.apply(labelled(configMap(namespace, 'one', {a: '1'})));
		if (seen.length === 2) await cluster.remove(configMap(namespace, 'one'));
		return seen.length === 3;
	});
	assert.deepEqual(
		events.map(({type}) => type),
		['ADDED', 'MODIFIED', 'DELETED'],
	);
	assert.deepEqual(
		events.map(({object}) => (object.columnDefinitions ?? []).map(({name}) => name)),
		[['Name', 'Data', 'Age'], [], []],
	);
	assert.deepEqual(
		events.map(({object}) => object.rows[0]?.cells.slice(0, 2)),
		[
			['one', 0],
			['one', 1],
			['one', 1],
		],
	);
});

conformanceTest('T26: a watch from a version that is forgotten is answered 200 with an ERROR event 410', async cluster => {
	// Of a kind that is new: a server that never restarted may still know all that happened to the others.
	const {path} = await cluster.defineKind();
	const query = {watch: '1', resourceVersion: '1', allowWatchBookmarks: 'true', timeoutSeconds: '30'};
	const events = await readWatch(cluster.transport, {path, query}, seen => seen.length === 1);
	const [event] = events;
	assert.equal(event?.type, 'ERROR');
	assert.equal(event.object.code, 410);
	assert.equal(event.object.reason, 'Expired');
	assert.match(event.object.message ?? '', /^too old resource version: 1 \(\d+\)$/);
});

conformanceTest('T26: a page from a version that is forgotten is HTTP 410 with a token for the rest', async (cluster, context) => {
	const namespace = await cluster.createNamespace();
	for (const name of ['a', 'b', 'c']) await cluster.apply(labelled(configMap(namespace, name)));
	const path = `/api/v1/namespaces/${namespace}/configmaps`;
	const first = await listTable(cluster.transport, path, {...ownOnly, limit: '1'});
	const token = JSON.parse(Buffer.from(first.metadata.continue ?? '', 'base64url').toString('utf8'));
	const old = Buffer.from(JSON.stringify({...token, rv: 1})).toString('base64url');
	const request = {path, query: {...ownOnly, limit: '5', continue: old}, accept: tableAccept, allowStatus: [410]};
	const answer = await cluster.transport.request(request, new AbortController().signal);
	if (answer.status === 200) {
		context.skip('this cluster is younger than its first compaction, so nothing is too old yet');
		return;
	}
	// A 410 carries a Status.
	const status = JSON.parse(answer.body.toString('utf8')) as {reason: string; metadata: Meta};
	assert.deepEqual([answer.status, status.reason], [410, 'Expired']);
	const rest = await listTable(cluster.transport, path, {...ownOnly, limit: '5', continue: status.metadata.continue ?? ''});
	assert.deepEqual(
		rest.rows.map(({object}) => object.metadata.name),
		['b', 'c'],
	);
});

conformanceTest('T27: a bookmark comes before a watch ends, and it has no name', async cluster => {
	const namespace = await cluster.createNamespace();
	const path = `/api/v1/namespaces/${namespace}/configmaps`;
	const {metadata} = await listTable(cluster.transport, path, ownOnly);
	let events: readonly WatchEvent[] = [];
	// A bookmark that is no newer than the watch's beginning is not sent (kube-apiserver pkg/storage/cacher/cache_watcher.go processInterval): where the
	// write came too late for one watch, the next lasts longer.
	for (const seconds of [5, 15, 50]) {
		const query = {...ownOnly, watch: '1', resourceVersion: metadata.resourceVersion ?? '', allowWatchBookmarks: 'true', timeoutSeconds: `${seconds}`};
		const opened = async () => {
			await cluster.apply(configMap(namespace, `of-others-${seconds}`));
			await cluster.passTime(seconds * 1000);
		};
		events = await readWatch(cluster.transport, {path, query, opened}, () => false);
		if (events.length > 0) break;
	}
	assert.deepEqual([...new Set(events.map(({type}) => type))], ['BOOKMARK']);
	assert.deepEqual(
		events[0]?.object.rows.map(({cells}) => cells),
		[['', 0, '<unknown>']],
	);
	assert.match(events[0]?.object.rows[0]?.object.metadata.resourceVersion ?? '', /^\d+$/);
});

conformanceTest('T27: a watch of configmaps has a bookmark within 75 s, and it never becomes a row', async cluster => {
	const namespace = await cluster.createNamespace();
	await cluster.apply(labelled(configMap(namespace, 'only')));
	using feed = follow(cluster, {namespace, ...ownOnly});
	await eventually(
		() => feed.sink.state()?.state === 'live',
		patienceMs,
		() => JSON.stringify(feed.sink.states),
	);
	const path = `/api/v1/namespaces/${namespace}/configmaps`;
	const {metadata} = await listTable(cluster.transport, path, ownOnly);
	const query = {...ownOnly, watch: '1', resourceVersion: metadata.resourceVersion ?? '', allowWatchBookmarks: 'true', timeoutSeconds: '300'};
	const startedAt = performance.now();
	const events = await readWatch(cluster.transport, {path, query, opened: () => cluster.passTime(75_000)}, seen => seen.length === 1);
	assert.equal(events[0]?.type, 'BOOKMARK');
	assert.ok(performance.now() - startedAt <= 75_000);
	assert.equal(feed.names(), 'only');
});
