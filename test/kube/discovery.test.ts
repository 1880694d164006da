import assert from 'node:assert/strict';
import {mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import type {Discovery} from '../../source/core/cluster-client.ts';
import {createDiscovery} from '../../source/kube/discovery.ts';
import type {KubeRequest} from '../../source/kube/kube-transport.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {createScriptedTransport, failure, jsonAnswer} from '../tools/scripted-transport.ts';

type Resource = Readonly<{
	name: string;
	kind: string;
	namespaced: boolean;
	verbs: string[];
	shortNames?: string[];
	categories?: string[];
	subresources?: string[];
}>;
type Version = {version: string; stale?: boolean; resources: Resource[]};
type Style = 'v2' | 'v2beta1' | 'legacy';

const all = ['get', 'list', 'watch', 'create'];
const world = (): Record<string, Version[]> => ({
	'': [
		{
			version: 'v1',
			resources: [
				{name: 'pods', kind: 'Pod', namespaced: true, verbs: all, shortNames: ['po'], categories: ['all'], subresources: ['log', 'exec']},
				{name: 'nodes', kind: 'Node', namespaced: false, verbs: all},
			],
		},
	],
	autoscaling: [
		{
			version: 'v2',
			resources: [
				{name: 'horizontalpodautoscalers', kind: 'HorizontalPodAutoscaler', namespaced: true, verbs: all, shortNames: ['hpa'], subresources: ['status']},
			],
		},
		{
			version: 'v1',
			resources: [
				{name: 'horizontalpodautoscalers', kind: 'HorizontalPodAutoscaler', namespaced: true, verbs: all, shortNames: ['hpa'], subresources: ['status']},
			],
		},
	],
	'metrics.k8s.io': [{version: 'v1beta1', resources: [{name: 'pods', kind: 'PodMetrics', namespaced: true, verbs: ['get', 'list']}]}],
});

const aggregated = (resource: Resource) => ({
	resource: resource.name,
	responseKind: {group: '', version: '', kind: resource.kind},
	scope: resource.namespaced ? 'Namespaced' : 'Cluster',
	singularResource: resource.kind.toLowerCase(),
	verbs: resource.verbs,
	shortNames: resource.shortNames,
	categories: resource.categories,
	subresources: resource.subresources?.map(subresource => ({subresource, verbs: ['get']})),
});
const legacy = (resource: Resource) => [
	{
		name: resource.name,
		kind: resource.kind,
		singularName: resource.kind.toLowerCase(),
		namespaced: resource.namespaced,
		verbs: resource.verbs,
		shortNames: resource.shortNames,
		categories: resource.categories,
	},
	...(resource.subresources ?? []).map(name => ({name: `${resource.name}/${name}`, kind: 'X', namespaced: true, verbs: ['get']})),
];

/** A server's discovery in one of its three styles. */
function serve(groups: Record<string, Version[]>, style: Style) {
	const notes = {full: 0, unchanged: 0, down: false, watchDenied: true, revision: 1};
	const answer = (request: KubeRequest) => {
		if (notes.down) throw failure('refused');
		const {path} = request;
		const names = Object.keys(groups).filter(name => (path === '/api') === (name === ''));
		if (path === '/api' || path === '/apis') {
			if (style === 'legacy') {
				return jsonAnswer(
					path === '/api'
						? {kind: 'APIVersions', versions: ['v1']}
						: {
								kind: 'APIGroupList',
								groups: names.map(name => ({
									name,
									versions: groups[name]?.map(({version}) => ({version})),
									preferredVersion: {version: groups[name]?.[0]?.version},
								})),
							},
				);
			}
			const etag = `"${notes.revision}"`;
			if (request.headers?.['If-None-Match'] === etag) {
				notes.unchanged++;
				return {status: 304, headers: {etag}, body: Buffer.alloc(0)};
			}
			notes.full++;
			const items = names.map(name => ({
				metadata: name === '' ? {} : {name},
				versions: groups[name]?.map(version => ({
					version: version.version,
					freshness: version.stale === true ? 'Stale' : 'Current',
					resources: version.resources.map(aggregated),
				})),
			}));
			return jsonAnswer(
				{kind: 'APIGroupDiscoveryList', items},
				{headers: {etag, 'content-type': `application/json;g=apidiscovery.k8s.io;v=${style};as=APIGroupDiscoveryList`}},
			);
		}
		const [, root, group = '', name = ''] = path.split('/');
		if (name === 'apiextensions.k8s.io' || path.includes('customresourcedefinitions') || path.includes('apiservices')) {
			if (notes.watchDenied) throw failure('forbidden', {status: 403});
			return jsonAnswer({kind: 'PartialObjectMetadataList', metadata: {resourceVersion: '7'}, items: []});
		}
		const found = root === 'api' ? groups['']?.find(({version}) => version === group) : groups[group]?.find(({version}) => version === name);
		if (found === undefined) throw failure('not-found', {status: 404});
		if (found.stale === true) throw failure('server', {status: 503});
		return jsonAnswer({kind: 'APIResourceList', resources: found.resources.flatMap(legacy)});
	};
	const transport = createScriptedTransport({request: answer});
	return {transport, notes};
}

function open(server: ReturnType<typeof serve>, cacheDirectory?: string) {
	const clock = createFakeClock();
	const controller = new AbortController();
	const seen: Discovery[] = [];
	const reader = createDiscovery({
		transport: server.transport,
		clock,
		random: () => 0.5,
		cacheKey: 'https://a|ca',
		...(cacheDirectory === undefined ? {} : {cacheDirectory}),
	});
	return {clock, controller, seen, reader, discover: () => reader.discover(discovery => void seen.push(discovery), controller.signal)};
}

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'discovery-'));
	try {
		await run(join(folder, 'cache'));
	} finally {
		await rm(folder, {recursive: true});
	}
}

const nameOf = (type: Discovery['types'][number]) => `${type.group}/${type.version}/${type.plural}`;

test('v2, v2beta1 and legacy answers give the same kinds', async () => {
	const [first, ...others] = await Promise.all((['v2', 'v2beta1', 'legacy'] as const).map(style => open(serve(world(), style)).discover()));
	assert.ok(first !== undefined);
	assert.deepEqual(
		first.types.find(type => type.plural === 'pods' && type.group === ''),
		{
			group: '',
			version: 'v1',
			plural: 'pods',
			kind: 'Pod',
			singular: 'pod',
			namespaced: true,
			verbs: all,
			shortNames: ['po'],
			categories: ['all'],
			subresources: ['log', 'exec'],
			preferred: true,
			state: 'current',
		},
	);
	assert.deepEqual(
		first.types.filter(type => type.group === 'autoscaling').map(type => [type.version, type.preferred]),
		[
			['v2', true],
			['v1', false],
		],
	);
	for (const other of others) assert.deepEqual(other.types, first.types);
	assert.equal(first.warming, false);
});

test('a group whose server is down keeps its last known kinds and spoils nothing else', async () => {
	for (const style of ['v2', 'legacy'] as const) {
		const groups = world();
		const server = serve(groups, style);
		const opened = open(server);
		const before = await opened.discover();
		groups['metrics.k8s.io'] = [{version: 'v1beta1', stale: true, resources: []}];
		server.notes.revision++;
		await opened.reader.refresh(opened.controller.signal);
		const after = opened.seen.at(-1);
		assert.deepEqual(after?.types.map(nameOf), before.types.map(nameOf), style);
		assert.deepEqual(after?.types.filter(type => type.state === 'stale').map(nameOf), ['metrics.k8s.io/v1beta1/pods'], style);
		assert.deepEqual([...(after?.problems.keys() ?? [])], ['metrics.k8s.io/v1beta1'], style);
		opened.controller.abort();
	}
});

test('unchanged: 304, the same objects, and nobody is told', async () => {
	const server = serve(world(), 'v2');
	const opened = open(server);
	await opened.discover();
	assert.equal(server.notes.full, 2);
	await opened.reader.refresh(opened.controller.signal);
	assert.deepEqual([server.notes.full, server.notes.unchanged, opened.seen.length], [2, 2, 0]);
	const plain = serve(world(), 'legacy');
	const again = open(plain);
	await again.discover();
	await again.reader.refresh(again.controller.signal);
	assert.equal(again.seen.length, 0, 'equal content without ETags is no change either');
});

test('the cache answers at once, then the server confirms or corrects it', () =>
	inFolder(async folder => {
		const groups = world();
		const server = serve(groups, 'v2');
		const first = open(server, folder);
		await first.discover();
		first.controller.abort();
		const [file = ''] = await readdir(folder);
		assert.match(file, /^[0-9a-f]{16}\.json$/);
		assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600);
		const second = open(server, folder);
		const warm = await second.discover();
		assert.equal(warm.warming, true);
		assert.deepEqual(warm.types.map(nameOf), [
			'/v1/pods',
			'/v1/nodes',
			'autoscaling/v2/horizontalpodautoscalers',
			'autoscaling/v1/horizontalpodautoscalers',
			'metrics.k8s.io/v1beta1/pods',
		]);
		while (second.seen.length === 0) await second.clock.settle();
		assert.deepEqual([second.seen.length, second.seen[0]?.warming, server.notes.full], [1, false, 2]);
		second.controller.abort();
		delete groups['metrics.k8s.io'];
		server.notes.revision++;
		const third = open(server, folder);
		await third.discover();
		while (third.seen.length === 0) await third.clock.settle();
		assert.ok(!third.seen[0]?.types.some(type => type.group === 'metrics.k8s.io'));
		third.controller.abort();
	}));

test('started while the server is away: from the cache, corrected once it is back', () =>
	inFolder(async folder => {
		const server = serve(world(), 'v2');
		const first = open(server, folder);
		await first.discover();
		first.controller.abort();
		server.notes.down = true;
		const second = open(server, folder);
		assert.equal((await second.discover()).warming, true);
		await second.clock.advance(20_000);
		assert.equal(second.seen.length, 0);
		server.notes.down = false;
		await second.clock.advance(31_000);
		assert.equal(second.seen[0]?.warming, false);
		second.controller.abort();
		const third = open(serve(world(), 'v2'));
		server.notes.down = true;
		await assert.rejects(open(server).discover(), {name: 'ProblemError'});
		third.controller.abort();
	}));

test('corrupt, old, foreign and half-right files are ignored', () =>
	inFolder(async folder => {
		const server = serve(world(), 'v2');
		const first = open(server, folder);
		await first.discover();
		first.controller.abort();
		const file = join(folder, (await readdir(folder))[0] ?? '');
		const good = await readFile(file, 'utf8');
		const stored = JSON.parse(good);
		const bad = [
			'',
			'\u0000\u0001',
			good.slice(0, good.length / 2),
			'null',
			'[]',
			JSON.stringify({...stored, schema: 0}),
			JSON.stringify({...stored, time: stored.time - 31 * 24 * 3600 * 1000}),
			JSON.stringify({...stored, time: stored.time + 1000}),
			JSON.stringify({...stored, core: {...stored.core, types: [{kind: 'Pod'}]}}),
			JSON.stringify({...stored, groups: {...stored.groups, problems: [['x']]}}),
		];
		for (const text of bad) {
			await writeFile(file, text);
			const opened = open(server, folder);
			const discovery = await opened.discover();
			assert.deepEqual([discovery.warming, discovery.types.length], [false, 5], text.slice(0, 40));
			opened.controller.abort();
		}
		await writeFile(file, good);
		const opened = open(server, folder);
		assert.equal((await opened.discover()).warming, true);
		opened.controller.abort();
	}));

test('a new CRD is seen within 3 s where CRDs may be watched', async () => {
	const groups = world();
	const server = serve(groups, 'v2');
	server.notes.watchDenied = false;
	const opened = open(server);
	await opened.discover();
	await opened.clock.advance(15_000);
	const idle = server.transport.requests.length;
	await opened.clock.advance(60_000);
	assert.equal(server.transport.requests.length, idle, 'a quiet watch asks nothing');
	const stream = server.transport.streams.find(({request}) => request.path.includes('customresourcedefinitions'));
	stream?.event('ADDED', {kind: 'PartialObjectMetadata', metadata: {name: 'widgets.example.com', resourceVersion: '9'}});
	await opened.clock.advance(500);
	// Aggregated discovery lags behind the CRD.
	groups['example.com'] = [{version: 'v1', resources: [{name: 'widgets', kind: 'Widget', namespaced: true, verbs: all}]}];
	server.notes.revision++;
	await opened.clock.advance(2_500);
	assert.ok(opened.seen.at(-1)?.types.some(type => type.plural === 'widgets'));
	opened.controller.abort();
	await opened.clock.settle();
	assert.equal(opened.clock.pending(), 0);
});

test('where they may not, the server is asked once a minute', async () => {
	const groups = world();
	const server = serve(groups, 'v2');
	const opened = open(server);
	await opened.discover();
	await opened.clock.settle();
	delete groups['autoscaling'];
	server.notes.revision++;
	await opened.clock.advance(61_000);
	assert.ok(!opened.seen.at(-1)?.types.some(type => type.group === 'autoscaling'));
	opened.controller.abort();
	await opened.clock.settle();
	assert.equal(opened.clock.pending(), 0);
});

test('an answer that is not of an API server is told as such', async () => {
	const transport = createScriptedTransport({request: () => ({status: 200, headers: {'content-type': 'text/html'}, body: Buffer.from('<html>')})});
	const reader = createDiscovery({transport, clock: createFakeClock(), random: () => 0, cacheKey: 'x'});
	await assert.rejects(
		reader.discover(() => {}, new AbortController().signal),
		{
			name: 'ProblemError',
			problem: {
				code: 'protocol',
				what: 'Could not read the kinds of the cluster',
				cause: '/api did not answer as a Kubernetes API server does',
				remedy: 'Check that the server address in the kubeconfig is that of an API server.',
				serverMessage: '<html>',
			},
		},
	);
});
