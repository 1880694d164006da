import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Pod} from '../../../source/core/pod.ts';
import {type MetricsReading, nothingRead} from '../../../source/core/top/metrics-reading.ts';
import {parseNano} from '../../../source/core/top/nano.ts';
import {type PodNumbers, podNumbers} from '../../../source/core/top/pod-numbers.ts';
import {podRisk} from '../../../source/core/top/risk.ts';
import {type TopInput, topRows} from '../../../source/core/top/top-rows.ts';
import {topScreenOf} from '../../../source/core/top/top-screen.ts';
import type {TopView} from '../../../source/core/top/top-view.ts';
import type {PodUsage} from '../../../source/core/top/usage.ts';
import {itemOf, served} from '../../store/many-feeds.ts';

const now = Date.UTC(2026, 0, 2, 14, 2, 31);
const at = now - 8000;
const nano = (text: string): bigint => parseNano(text) ?? assert.fail(text);
const Mi = 1024 ** 2;

type Made = Readonly<{
	namespace?: string;
	node?: string;
	cpu?: string;
	memory?: string;
	cpuLimit?: string;
	memoryLimit?: string;
	phase?: string;
	owner?: Readonly<{kind: string; name: string}>;
	labels?: Readonly<Record<string, string>>;
	oomAt?: string;
	qosClass?: string;
	state?: object;
}>;

function pod(name: string, made: Made = {}): PodNumbers {
	const {namespace = 'shop', node = 'n1', phase = 'Running', qosClass = 'Burstable'} = made;
	const resources = {
		requests: {...(made.cpu === undefined ? {} : {cpu: made.cpu}), ...(made.memory === undefined ? {} : {memory: made.memory})},
		limits: {...(made.cpuLimit === undefined ? {} : {cpu: made.cpuLimit}), ...(made.memoryLimit === undefined ? {} : {memory: made.memoryLimit})},
	};
	const lastState = made.oomAt === undefined ? {} : {lastState: {terminated: {exitCode: 137, reason: 'OOMKilled', finishedAt: made.oomAt}}};
	return podNumbers({
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name,
			namespace,
			creationTimestamp: '2026-01-01T00:00:00Z',
			labels: made.labels ?? {},
			...(made.owner === undefined ? {} : {ownerReferences: [{apiVersion: 'apps/v1', uid: 'u', controller: true, ...made.owner}]}),
		},
		spec: {nodeName: node, containers: [{name: 'app', resources}]},
		status: {
			phase,
			qosClass,
			containerStatuses: [{name: 'app', restartCount: made.oomAt === undefined ? 0 : 3, state: made.state ?? {running: {}}, ...lastState}],
		},
	} as Pod);
}

function usage(cpu: string, memory: string): PodUsage {
	const amounts = {cpu: nano(cpu), memory: nano(memory)};
	return {...amounts, at, source: 'metrics.k8s.io', containers: new Map([['app', amounts]])};
}

function input(view: Partial<TopView>, numbers: readonly PodNumbers[], pods: Readonly<Record<string, PodUsage>>, more: Partial<TopInput> = {}): TopInput {
	const reading: MetricsReading = {
		...nothingRead,
		asked: {nodes: true, pods: true},
		source: {nodes: 'metrics.k8s.io', pods: 'metrics.k8s.io'},
		pods: new Map(Object.entries(pods)),
	};
	return {view: topScreenOf(view), reading, numbers: new Map(numbers.map(one => [one.key, one])), nodes: [], now, ...more};
}

const node = (name: string, more: object = {}) =>
	itemOf(
		served('v1', 'Node', {
			metadata: {name},
			status: {allocatable: {cpu: '4', memory: '16Gi'}, capacity: {cpu: '8', memory: '32Gi'}, conditions: [{type: 'Ready', status: 'True'}], ...more},
		}),
		{status: 'Ready'},
	) as TopInput['nodes'][number];

test('nodes: used, requested and limits of the pods that run there, shares are of allocatable', () => {
	const numbers = [
		pod('a', {cpu: '1', memory: '4Gi', cpuLimit: '2', memoryLimit: '8Gi'}),
		pod('b', {cpu: '500m', memory: '1Gi'}),
		pod('done', {cpu: '3', phase: 'Succeeded'}),
		pod('waits', {cpu: '3', node: ''}),
	];
	const made = input({level: 'nodes'}, numbers, {}, {nodes: [node('n1'), node('n2')]});
	const reading = {...made.reading, nodes: new Map([['n1', {cpu: nano('1900m'), memory: nano('15Gi'), at, source: 'metrics.k8s.io' as const}]])};
	const [first, second] = topRows({...made, reading});
	assert.deepEqual(first?.cpu, {used: 1900, requested: 1500, limit: 2000, allocatable: 4000, capacity: 8000});
	assert.deepEqual(first?.memory, {
		used: 15 * 1024 * Mi,
		requested: 5 * 1024 * Mi,
		limit: 8 * 1024 * Mi,
		allocatable: 16 * 1024 * Mi,
		capacity: 32 * 1024 * Mi,
	});
	assert.equal(first?.pods, 2);
	assert.equal(first?.tone, 'warning', '94% of allocatable memory is used');
	assert.deepEqual(second?.cpu, {requested: 0, allocatable: 4000, capacity: 8000}, 'no sample is no zero; no pods are no requests');
	assert.equal(second?.state, 'none');
	assert.equal(second?.tone, 'ok');
	const unread = topRows({...made, reading, numbers: undefined});
	assert.equal(unread[0]?.cpu.requested, undefined, 'pods that could not be read are not no pods');
});

test('pods: in order of use, unknown last; those that ended are left out', () => {
	const numbers = [pod('small', {cpu: '100m', memory: '64Mi'}), pod('big', {cpu: '1'}), pod('silent', {cpu: '1'}), pod('done', {phase: 'Succeeded'})];
	const rows = topRows(
		input({level: 'pods'}, numbers, {'shop/small': usage('12m', '60Mi'), 'shop/big': usage('900m', '10Mi'), 'shop/done': usage('1', '1Gi')}),
	);
	assert.deepEqual(
		rows.map(({name}) => name),
		['big', 'small', 'silent'],
	);
	assert.deepEqual(rows[1]?.memory, {used: 60 * Mi, requested: 64 * Mi});
	const ascending = topRows(input({level: 'pods', descending: false}, numbers, {'shop/small': usage('12m', '60Mi'), 'shop/big': usage('900m', '10Mi')}));
	assert.deepEqual(
		ascending.map(({name}) => name),
		['small', 'big', 'silent'],
	);
	assert.deepEqual(
		topRows(input({level: 'pods', sort: 'memory'}, numbers, {'shop/small': usage('12m', '60Mi'), 'shop/big': usage('900m', '10Mi')})).map(({name}) => name),
		['small', 'big', 'silent'],
	);
});

test('pods are narrowed to a namespace, a node, a workload, to those without requests', () => {
	const owner = {kind: 'ReplicaSet', name: 'web-abc'};
	const labels = {'pod-template-hash': 'abc'};
	const numbers = [
		pod('web-1', {owner, labels}),
		pod('pg-0', {namespace: 'data', node: 'n2', owner: {kind: 'StatefulSet', name: 'pg'}}),
		pod('free', {qosClass: 'BestEffort'}),
	];
	const names = (view: Partial<TopView>) => topRows(input({level: 'pods', sort: 'name', descending: false, ...view}, numbers, {})).map(({name}) => name);
	assert.deepEqual(names({}), ['free', 'pg-0', 'web-1']);
	assert.deepEqual(names({namespace: 'data'}), ['pg-0']);
	assert.deepEqual(names({node: 'n1'}), ['free', 'web-1']);
	assert.deepEqual(names({workload: 'Deployment shop/web'}), ['web-1']);
	assert.deepEqual(names({bestEffort: true}), ['free']);
	assert.deepEqual(names({pod: 'data/pg-0'}), ['pg-0']);
});

test('workloads and namespaces are sums; pods without a sample are counted', () => {
	const owner = {kind: 'ReplicaSet', name: 'web-abc'};
	const labels = {'pod-template-hash': 'abc'};
	const numbers = [
		pod('web-1', {owner, labels, cpu: '100m', memoryLimit: '128Mi'}),
		pod('web-2', {owner, labels, cpu: '100m'}),
		pod('job-x', {owner: {kind: 'Job', name: 'job'}}),
	];
	const [web, job] = topRows(input({level: 'workloads'}, numbers, {'shop/web-1': usage('10m', '1Mi')}));
	assert.deepEqual([web?.of, web?.name, web?.pods, web?.unmeasured], ['Deployment', 'web', 2, 1]);
	assert.deepEqual(web?.cpu, {used: 10, requested: 200});
	assert.equal(web?.memory.limit, undefined, 'one of them has no limit');
	assert.deepEqual([job?.of, job?.state, job?.cpu], ['Job', 'none', {}]);
	const [shop] = topRows(input({level: 'namespaces'}, numbers, {'shop/web-1': usage('10m', '1Mi'), 'shop/web-2': usage('5m', '1Mi')}));
	assert.deepEqual([shop?.name, shop?.pods, shop?.cpu.used], ['shop', 3, 15]);
});

test('containers: each against its own requests and limit; one that the spec does not know is shown too', () => {
	const measured = usage('50m', '120Mi');
	const withDebug: PodUsage = {...measured, containers: new Map([...measured.containers, ['debugger', {cpu: nano('1m'), memory: nano('1Mi')}]])};
	const rows = topRows(input({level: 'containers'}, [pod('web', {cpu: '100m', memoryLimit: '128Mi'})], {'shop/web': withDebug}));
	assert.deepEqual(
		rows.map(({of, name, cpu}) => [of, name, cpu]),
		[
			['web', 'app', {used: 50, requested: 100}],
			['web', 'debugger', {used: 1}],
		],
	);
	assert.deepEqual(rows[0]?.risk, {tone: 'warning', text: '93%'});
});

test('rows are made of samples alone where pods may not be read', () => {
	const rows = topRows(input({level: 'pods'}, [], {'shop/web': usage('10m', '1Mi')}, {numbers: undefined}));
	assert.deepEqual(
		rows.map(({namespace, name, cpu}) => [namespace, name, cpu]),
		[['shop', 'web', {used: 10}]],
	);
});

test('risks: the limit of memory first, a recent kill, above the requests on a node short of memory, the limit of CPU', () => {
	const risk = (made: Made, used: PodUsage | undefined, pressed = false) => podRisk(pod('p', made), used, {now, pressed});
	assert.deepEqual(risk({memoryLimit: '100Mi'}, usage('1m', '97Mi')), {tone: 'error', text: '97%'});
	assert.deepEqual(risk({memoryLimit: '100Mi'}, usage('1m', '90Mi')), {tone: 'warning', text: '90%'});
	assert.equal(risk({memoryLimit: '100Mi'}, usage('1m', '89Mi')), undefined);
	assert.deepEqual(risk({memory: '10Mi'}, usage('1m', '11Mi'), true), {tone: 'error', text: '>req'});
	assert.equal(risk({memory: '10Mi'}, usage('1m', '11Mi')), undefined, 'a node with memory to spare evicts nobody');
	assert.deepEqual(risk({oomAt: '2026-01-02T14:00:00Z'}, undefined), {tone: 'warning', text: 'OOM', since: Date.UTC(2026, 0, 2, 14)});
	assert.equal(risk({oomAt: '2026-01-02T12:00:00Z'}, undefined), undefined);
	assert.deepEqual(risk({qosClass: 'BestEffort'}, usage('1m', '1Mi'), true), {tone: 'warning', text: 'no req'}, 'evicted first, however little it uses');
	assert.deepEqual(risk({cpuLimit: '100m'}, usage('99m', '1Mi')), {tone: 'warning', text: 'cpu 99%'});
	assert.deepEqual(risk({oomAt: '2026-01-02T14:00:00Z', memoryLimit: '100Mi'}, usage('1m', '96Mi')), {tone: 'error', text: '96%'});
});

test('what does not start is never drawn as well: pods, containers and what they belong to', () => {
	const numbers = [
		pod('crashing', {state: {waiting: {reason: 'CrashLoopBackOff'}}}),
		pod('coming', {phase: 'Pending', state: {waiting: {reason: 'ContainerCreating'}}}),
		pod('up'),
	];
	const rows = (level: TopView['level']) => topRows(input({level, sort: 'name', descending: false}, numbers, {})).map(({tone, trouble}) => [tone, trouble]);
	assert.deepEqual(rows('pods'), [
		['progressing', undefined],
		['error', 'app CrashLoopBackOff'],
		['ok', undefined],
	]);
	assert.deepEqual(rows('containers')[1], ['error', 'CrashLoopBackOff']);
	assert.deepEqual(rows('namespaces'), [['error', undefined]]);
});

test('under memory pressure the pods above their requests are marked', () => {
	const numbers = [pod('above', {memory: '10Mi'}), pod('below', {memory: '100Mi'})];
	const pods = {'shop/above': usage('1m', '20Mi'), 'shop/below': usage('1m', '20Mi')};
	const nodes = [
		node('n1', {
			conditions: [
				{type: 'Ready', status: 'True'},
				{type: 'MemoryPressure', status: 'True'},
			],
		}),
	];
	const rows = topRows(input({level: 'pods', sort: 'name', descending: false}, numbers, pods, {nodes}));
	assert.deepEqual(
		rows.map(({risk}) => risk?.text),
		['>req', undefined],
	);
});
