import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {PrintInvocation, Selection} from '../../source/core/invocation.ts';
import {makeCatalogue} from '../../source/core/make-catalogue.ts';
import type {CellMetrics} from '../../source/core/top/cell-metrics.ts';
import {type MetricsReading, nothingRead} from '../../source/core/top/metrics-reading.ts';
import {printOnce} from '../../source/print/print-once.ts';
import {resourceKinds} from '../../source/resources/index.ts';
import {FakeClient, resourceType, serverColumns, serverTable} from '../tools/fake-client.ts';

const podsType = resourceType({plural: 'pods', kind: 'Pod', shortNames: ['po']});
const now = Date.UTC(2026, 0, 2, 14, 2, 31);
const sample = (cpu: bigint) => ({cpu, memory: 1024n ** 2n * 10n ** 9n, at: now - 5000, source: 'metrics.k8s.io' as const, containers: new Map()});
const reading: MetricsReading = {
	...nothingRead,
	asked: {nodes: true, pods: true},
	source: {pods: 'metrics.k8s.io'},
	pods: new Map([
		['shop/web', sample(12_000_000n)],
		['shop/pg', sample(900_000_000n)],
	]),
};

async function printed(selection: Partial<Selection>, format: PrintInvocation['format'], known: MetricsReading = reading) {
	const client = new FakeClient({
		tables: {
			pods: serverTable(
				podsType,
				serverColumns('Name', 'Ready', 'Status', 'Restarts', 'Age'),
				['web', 'pg', 'silent'].map(name => ({namespace: 'shop', cells: [name, '1/1', 'Running', '0', '5d']})),
			),
		},
	});
	const asked: unknown[] = [];
	let out = '';
	const warned: string[] = [];
	const invocation: PrintInvocation = {
		mode: 'print',
		connection: {orDemo: false},
		diagnostics: {},
		selection: {targets: [{kind: 'pods'}], allNamespaces: false, ...selection},
		format,
		watch: false,
		reveal: false,
		share: false,
		headers: true,
		command: 'k8tui pods',
	};
	const cells: CellMetrics = {reading: known, pod: () => undefined, node: () => undefined};
	const code = await printOnce(
		{
			client,
			catalogue: makeCatalogue(resourceKinds, {types: [podsType], problems: new Map(), warming: false}),
			invocation,
			write: text => {
				out += text;
			},
			warn: sentence => void warned.push(sentence),
			now: () => now,
			metrics: async question => {
				asked.push(question);
				return cells;
			},
		},
		new AbortController().signal,
	);
	return {code, out, warned, asked, names: [...out.matchAll(/^(web|pg|silent) /gm)].map(([, name]) => name)};
}

test('filters and orders by what is used mean the same as on the screen', async () => {
	assert.deepEqual((await printed({filter: 'cpu>500m'}, 'text')).names, ['pg']);
	assert.deepEqual((await printed({sort: {by: 'cpu', descending: true}}, 'text')).names, ['pg', 'web', 'silent']);
});

test('the plain list asks for no metrics; rows ask once, whole pods are read for shares alone', async () => {
	assert.deepEqual((await printed({}, 'text')).asked, []);
	assert.deepEqual((await printed({}, 'jsonl')).asked, [{kind: 'pods', amounts: false, namespace: 'shop'}]);
	assert.deepEqual((await printed({filter: 'cpu%req>80', allNamespaces: true}, 'jsonl')).asked, [{kind: 'pods', amounts: true}]);
});

test('values stand in the rows, and what is not known is null', async () => {
	const rows = (await printed({}, 'jsonl')).out
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Readonly<Record<string, unknown>>);
	assert.deepEqual(
		rows.map(row => [row['name'], row['cpuMillicores'], row['memoryBytes']]),
		[
			['web', 12, 1024 ** 2],
			['pg', 900, 1024 ** 2],
			['silent', null, null],
		],
	);
});

test('a filter that goes by metrics says why there are none', async () => {
	const missing = {step: 'absent', word: '', text: 'This cluster has no metrics API.', remedy: 'Installing metrics-server adds it.'} as const;
	const nothing = {...nothingRead, missing: {pods: missing}};
	assert.ok((await printed({filter: 'cpu>1m'}, 'text', nothing)).warned.includes('This cluster has no metrics API. Installing metrics-server adds it.'));
	assert.deepEqual((await printed({filter: 'status=Running'}, 'text', nothing)).warned, []);
});
