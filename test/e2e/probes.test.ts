import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test, type TestContext} from 'node:test';
import type {ClusterView} from '../../source/core/check.ts';
import type {ClusterClient} from '../../source/core/cluster-client.ts';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import type {ProbeCell} from '../../source/core/net/cell.ts';
import type {NetPod} from '../../source/core/net/net-objects.ts';
import {planDns} from '../../source/core/net/probe/plan-dns.ts';
import {planNodes} from '../../source/core/net/probe/plan-nodes.ts';
import type {ProbePlan, ProbeWay} from '../../source/core/net/probe/probe-plan.ts';
import {qualifiedName, type ResourceType} from '../../source/core/resource-type.ts';
import {createClusterClient} from '../../source/kube/client.ts';
import {resolveContext} from '../../source/kube/config.ts';
import {loadKubeconfig} from '../../source/kube/kubeconfig-files.ts';
import {probes as kinds} from '../../source/probes/index.ts';
import {type ProbeRun, runProbes} from '../../source/store/net/run-probes.ts';
import type {ProbeRecord} from '../../source/store/net/probe-record.ts';
import {systemClock} from '../../source/system/clock.ts';

const kubeconfig = process.env['KUBECONFIG_E2E'];
const image = process.env['KUBECONFIG_E2E_IMAGE'] ?? 'localhost/k8tui-lab/busybox:1';
const skip = kubeconfig === undefined && 'KUBECONFIG_E2E is not set: no real cluster';
const never = new AbortController().signal;
const cacheDirectory = mkdtempSync(join(tmpdir(), 'k8tui-probes-'));
after(() => rmSync(cacheDirectory, {recursive: true, force: true}));
const viewKinds = ['pods', 'services', 'nodes', 'configmaps', 'endpointslices.discovery.k8s.io', 'deployments.apps', 'daemonsets.apps'];

type Lab = AsyncDisposable & Readonly<{client: ClusterClient; view: ClusterView; pods: ResourceType}>;

/** The cluster of the tests with everything a plan reads. Skips, with the reason, where no CoreDNS or no pod to ask from runs. */
async function openLab(context: TestContext): Promise<Lab | undefined> {
	const view = await loadKubeconfig({flag: kubeconfig ?? '', environment: {}, home: '/nonexistent'});
	const client = await createClusterClient({
		resolved: resolveContext(view, {}),
		clock: systemClock('let-go'),
		variables: {},
		hasTerminal: false,
		level: 'probe',
		pinned: false,
		version: '0.0.0',
		demo: false,
		cacheDirectory,
		random: Math.random,
	});
	const {types} = await client.discover(() => undefined, never);
	const objects = new Map<string, readonly KubeObject[]>();
	for (const type of types.filter(one => viewKinds.includes(qualifiedName(one)))) objects.set(qualifiedName(type), await client.list(type, {}, never));
	const pods = types.find(({plural, group}) => plural === 'pods' && group === '');
	const running = (objects.get('pods') ?? []).filter(pod => (pod as NetPod).status?.phase === 'Running');
	if (
		pods === undefined ||
		!running.some(({metadata}) => metadata.labels?.['k8s-app'] === 'kube-dns') ||
		!running.some(({metadata}) => metadata.labels?.['app'] === 'shell')
	) {
		context.skip('no CoreDNS or no pod with a shell (app=shell) runs here: there is no kubelet');
		await client[Symbol.asyncDispose]();
		return undefined;
	}
	return {
		client,
		pods,
		view: {
			now: Date.now(),
			oneShot: true,
			clusterDomain: 'cluster.local',
			// Lists are asked for by kind: their objects are of it.
			all: <O extends KubeObject>(kind: string) => (objects.get(kind) ?? []) as readonly KubeObject[] as readonly O[],
			readable: () => ({state: 'ready'}),
			observed: () => [],
		},
		[Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
	};
}

type Ran = ProbeRun & Readonly<{records: readonly ProbeRecord[]}>;

async function run({client, pods}: Lab, plan: ProbePlan, way: ProbeWay, namespace?: string): Promise<Ran> {
	const records: ProbeRecord[] = [];
	const ran = await runProbes(
		{
			plan,
			way,
			image,
			...(namespace === undefined ? {} : {namespace}),
			probes: client.probes,
			kinds,
			can: client.can,
			readPod: (where, name, signal) => client.get(pods, where, name, {managedFields: false}, signal),
			clock: systemClock('let-go'),
			skewMs: client.skewMs,
			random: Math.random,
			record: entry => records.push(entry),
		},
		never,
	);
	return {...ran, records};
}

const line = ({row, from, to, protocol, transport, answer, detail}: ProbeCell) =>
	`${row} ${from.role} ${from.node} -> ${to.title} ${protocol} ${transport} ${answer ?? ''} ${detail}`;

test('the DNS matrix of a healthy cluster by exec: every way and every answer as it should be, well within its time', {
	skip,
	timeout: 300_000,
}, async context => {
	const lab = await openLab(context);
	if (lab === undefined) return;
	await using _closed = lab;
	const plan = planDns({view: lab.view, from: shellPod(lab.view)});
	const {cells, records, leftBehind, notChecked, tookMs} = await run(lab, plan, 'exec');
	context.diagnostic(`${cells.length} cells from ${plan.sources.length} pods in ${records.length} commands: ${tookMs} ms`);
	assert.equal(cells.length, plan.questions.length);
	const of = (...rows: readonly string[]) => cells.filter(({row}) => rows.includes(row));
	for (const cell of of('R1', 'R2', 'R3', 'R4', 'R8', 'R9', 'R10', 'R13')) assert.equal(cell.transport, 'ok', line(cell));
	for (const cell of of('R2', 'R4', 'R9').filter(({protocol}) => protocol === 'udp')) assert.equal(cell.answer, 'NOERROR', line(cell));
	for (const cell of of('R8')) assert.equal(cell.answer, 'NXDOMAIN', line(cell));
	for (const cell of of('R16')) assert.ok(['refused', 'timeout', 'no-route'].includes(cell.transport), line(cell));
	for (const cell of of('R2').filter(({from}) => from.role === 'A')) assert.ok(cell.tried >= 3 && cell.failed === 0, line(cell));
	assert.deepEqual([...new Set(of('R13').map(({values}) => values?.[0]))].toSorted(), ['large', 'small']);
	assert.ok(tookMs < 45_000);
	assert.deepEqual(leftBehind, []);
	assert.ok(
		notChecked.every(({what}) => !what.startsWith('probes from')),
		JSON.stringify(notChecked),
	);
	assert.ok(
		records.every(({argv, exitCode}) => argv.length > 0 && exitCode === 0),
		JSON.stringify(records),
	);
});

test('nodes and pods by pods of our own: settings of the nodes, and nothing left behind', {skip, timeout: 300_000}, async context => {
	const lab = await openLab(context);
	if (lab === undefined) return;
	await using _closed = lab;
	const plan = planNodes({view: lab.view, from: shellPod(lab.view), way: 'pod'});
	const {cells, sources, leftBehind, tookMs} = await run(lab, plan, 'pod');
	context.diagnostic(`${cells.length} cells from ${sources.length} pods of our own: ${tookMs} ms`);
	const facts = cells.filter(({row, to}) => row === 'R14' && to.kind === 'node');
	assert.ok(facts.length > 0);
	for (const cell of facts) assert.ok(cell.values?.includes('ip_forward=1'), line(cell));
	for (const cell of cells.filter(({row}) => row === 'R4' || row === 'R11')) assert.equal(cell.transport, 'ok', line(cell));
	assert.deepEqual(leftBehind, []);
	const left = await lab.client.list(lab.pods, {labelSelector: 'k8tui.io/debug'}, never);
	assert.ok(left.every(({metadata}) => metadata.deletionTimestamp !== undefined || !sources.some(({pod}) => pod === metadata.name)));
});

test('a signal ends a run of the real commands at once, and the rest is not-run', {skip, timeout: 300_000}, async context => {
	const lab = await openLab(context);
	if (lab === undefined) return;
	await using _closed = lab;
	const giving = new AbortController();
	const plan = planDns({view: lab.view, from: shellPod(lab.view)});
	const startedAt = Date.now();
	const ran = await runProbes(
		{
			plan,
			way: 'exec',
			probes: lab.client.probes,
			kinds,
			can: lab.client.can,
			readPod: () => Promise.reject(new Error('not asked')),
			clock: systemClock('let-go'),
			random: Math.random,
			record: () => giving.abort(),
		},
		giving.signal,
	);
	assert.equal(ran.cells.length, plan.questions.length);
	assert.ok(ran.cells.some(({transport, detail}) => transport === 'not-run' && detail.includes('given up')));
	assert.ok(Date.now() - startedAt < 10_000);
});

function shellPod(view: ClusterView): string {
	const pod = view
		.all<NetPod>('pods')
		.find(({metadata, status}) => metadata.labels?.['app'] === 'shell' && status?.phase === 'Running' && metadata.deletionTimestamp === undefined);
	return `${pod?.metadata.namespace}/${pod?.metadata.name}`;
}
