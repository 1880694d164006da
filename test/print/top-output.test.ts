import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {TopRecord} from '../../source/core/top/top-record.ts';
import {type TopOutputOptions, topOutput} from '../../source/print/top-output.ts';

const now = Date.UTC(2026, 0, 2, 14, 2, 31);
const Mi = 1024 ** 2;
const sample = (cpu: number, memory: number) => ({used: {cpu, memory}, source: 'metrics.k8s.io', at: now - 12_345}) as const;
const options = (more: Partial<TopOutputOptions> = {}): TopOutputOptions => ({
	level: 'pods',
	format: 'text',
	headers: true,
	allNamespaces: false,
	now,
	...more,
});
const pods: readonly TopRecord[] = [
	{level: 'pods', namespace: 'shop', name: 'web-0', ...sample(12, 64 * Mi + 1)},
	{level: 'pods', namespace: 'data', name: 'pg-0', ...sample(900, 512 * Mi - 1), requests: {cpu: 500, memory: 1024 * Mi}, limits: {memory: 2048 * Mi}},
];
const nodes: readonly TopRecord[] = [
	{level: 'nodes', name: 'n3', used: {}, allocatable: {cpu: 2000, memory: 8 * 1024 * Mi}},
	{level: 'nodes', name: 'n2', ...sample(1999, 4 * 1024 * Mi), allocatable: {cpu: 2000, memory: 8 * 1024 * Mi}, capacity: {cpu: 4000, memory: 9 * 1024 * Mi}},
	{level: 'nodes', name: 'n1', ...sample(276, 2709 * Mi)},
];

test('text: byte for byte as kubectl lays it out, blanks at the ends included', () => {
	assert.equal(
		topOutput(pods, options()),
		'NAME    CPU(cores)   MEMORY(bytes)   \npg-0    900m         511Mi           \nweb-0   12m          64Mi            \n',
	);
	assert.equal(
		topOutput(pods, options({allNamespaces: true})),
		'NAMESPACE   NAME    CPU(cores)   MEMORY(bytes)   \ndata        pg-0    900m         511Mi           \nshop        web-0   12m          64Mi            \n',
	);
	assert.equal(
		topOutput(nodes, options({level: 'nodes'})),
		[
			'NAME   CPU(cores)   CPU(%)      MEMORY(bytes)   MEMORY(%)   ',
			'n1     276m         <unknown>   2709Mi          <unknown>   ',
			'n2     1999m        99%         4096Mi          50%         ',
			'n3     <unknown>    <unknown>   <unknown>       <unknown>   ',
			'',
		].join('\n'),
	);
	assert.equal(topOutput(pods.slice(0, 1), options({headers: false})), 'web-0   12m   64Mi   \n');
	assert.equal(topOutput([], options()), '');
});

test('containers and groups have the names of what they belong to', () => {
	const container: TopRecord = {level: 'containers', namespace: 'shop', name: 'web-0', container: 'app', ...sample(5, Mi)};
	assert.equal(
		topOutput([container], options({level: 'containers'})),
		'POD     NAME   CPU(cores)   MEMORY(bytes)   \nweb-0   app    5m           1Mi             \n',
	);
	const workload: TopRecord = {level: 'workloads', namespace: 'shop', name: 'web', kind: 'Deployment', pods: 3, ...sample(5, Mi)};
	assert.match(
		topOutput([workload], options({level: 'workloads', allNamespaces: true})),
		/^NAMESPACE +KIND +NAME +PODS +CPU\(cores\) +MEMORY\(bytes\) +\nshop +Deployment +web +3 +5m +1Mi +\n$/,
	);
});

test('sorted by use, the unknown last in either direction', () => {
	const names = (sort: TopOutputOptions['sort'], of = pods) =>
		[...topOutput(of, options({headers: false, allNamespaces: true, ...(sort ? {sort} : {})})).matchAll(/(\S+-\d)/g)].map(([name]) => name);
	assert.deepEqual(names({by: 'cpu', descending: true}), ['pg-0', 'web-0']);
	assert.deepEqual(names({by: 'cpu', descending: false}), ['web-0', 'pg-0']);
	const half: readonly TopRecord[] = [{level: 'pods', namespace: 'a', name: 'new-0', used: {memory: Mi}, at: now}, ...pods];
	assert.deepEqual(names({by: 'cpu', descending: true}, half), ['pg-0', 'web-0', 'new-0']);
	assert.deepEqual(names({by: 'cpu', descending: false}, half), ['web-0', 'pg-0', 'new-0']);
	assert.deepEqual(names({by: 'memory', descending: true}, half), ['pg-0', 'web-0', 'new-0']);
	assert.deepEqual(names({by: 'name', descending: true}), ['web-0', 'pg-0'], 'reversed as a whole');
});

test('json: an array of objects; what is unknown is null or not there, never zero', () => {
	const [pg, web] = JSON.parse(topOutput(pods, options({format: 'json'}))) as readonly Readonly<Record<string, unknown>>[];
	assert.deepEqual(pg, {
		name: 'pg-0',
		namespace: 'data',
		cpuMillicores: 900,
		memoryBytes: 512 * Mi - 1,
		source: 'metrics.k8s.io',
		ageSeconds: 12,
		requests: {cpuMillicores: 500, memoryBytes: 1024 * Mi},
		limits: {cpuMillicores: null, memoryBytes: 2048 * Mi},
	});
	assert.equal(web?.['requests'], undefined);
	const [, n2, n3] = JSON.parse(topOutput(nodes, options({format: 'json', level: 'nodes'}))) as readonly Readonly<Record<string, unknown>>[];
	assert.deepEqual(n2?.['allocatable'], {cpuMillicores: 2000, memoryBytes: 8 * 1024 * Mi});
	assert.deepEqual([n3?.['cpuMillicores'], n3?.['memoryBytes'], n3?.['source'], n3?.['ageSeconds']], [null, null, null, null]);
	assert.equal(topOutput([], options({format: 'json'})), '[]\n');
});

test('a name that carries control bytes does not reach the terminal as them', () => {
	assert.doesNotMatch(topOutput([{level: 'nodes', name: 'n\u001b[31m1', ...sample(1, Mi)}], options({level: 'nodes'})), /\u001b/);
});
