import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../../source/core/kubernetes.ts';
import type {ProbeCell} from '../../../source/core/net/cell.ts';
import {planDns} from '../../../source/core/net/probe/plan-dns.ts';
import type {ExecAnswer, ExecQuestion, ProbeConnection} from '../../../source/core/probe-connection.ts';
import {type Problem, ProblemError} from '../../../source/core/problem.ts';
import {debugLabel} from '../../../source/kube/policy.ts';
import {debugLabel as ourLabel} from '../../../source/core/net/probe/debug-pod.ts';
import {probes as kinds} from '../../../source/probes/index.ts';
import {type RunProbesOptions, runProbes} from '../../../source/store/net/run-probes.ts';
import type {ProbeRecord} from '../../../source/store/net/probe-record.ts';
import {clusterView} from '../../tools/cluster-view.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {seededRandom} from '../../tools/random.ts';
import {smallCluster} from '../../tools/small-cluster.ts';

const never = new AbortController().signal;
const view = clusterView(smallCluster());
const plan = planDns({view, from: 'demo/shell-1'});
const good: ReadonlySet<string> = new Set(['ok']);

function answer(stdout: string, more: Partial<ExecAnswer> = {}): ExecAnswer {
	return {
		stdout: new TextEncoder().encode(stdout),
		stderr: new Uint8Array(),
		exitCode: 0,
		truncated: false,
		timedOut: false,
		protocol: 'v5',
		tookMs: 5,
		...more,
	};
}

const isDiscovery = ({argv}: ExecQuestion) => (argv[2] ?? '').includes('command -v $t');
const nonceOf = ({argv}: ExecQuestion) => argv.at(-1) ?? '';

/** A container with busybox in which every command ends as `said` has it. */
function busybox(said: (words: string) => Readonly<{text: string; exitCode?: number}>): (question: ExecQuestion) => ExecAnswer {
	return question => {
		const nonce = nonceOf(question);
		if (isDiscovery(question)) {
			const tools = ['nslookup', 'nc', 'wget', 'ping', 'timeout', 'head'].map(name => `${nonce} tool ${name} /bin/${name}`);
			const help = ['nslookup', 'nc', 'wget'].map(name => `${nonce} help ${name} BusyBox v1.37.0 [-T SEC]`);
			return answer([...tools, ...help, `${nonce} timeout plain`, `${nonce} end`].join('\n'));
		}
		const lines = (question.argv[2] ?? '').split('\n').flatMap(line => {
			const [, times, id, words = ''] = /^(?:[qr]|s (\d+)) (\d+) (.*)$/.exec(line) ?? [];
			if (id === undefined) return [];
			return Array.from({length: Number(times ?? 1)}, (_, index) => {
				const key = times === undefined ? id : `${id}.${index + 1}`;
				const {text, exitCode = 0} = said(words);
				const output = text.split('\n').map(one => `${nonce} ${key} | ${one}`);
				return [`${nonce} ${key} begin 1.00`, ...output, `${nonce} ${key} rc ${exitCode}`, `${nonce} ${key} end 1.02`];
			}).flat();
		});
		return answer([...lines, `${nonce} done`].join('\n'));
	};
}

/** What a healthy cluster says to each command. */
function healthy(words: string): Readonly<{text: string; exitCode?: number}> {
	if (words.startsWith('f /etc/resolv.conf')) return {text: '/etc/resolv.conf nameserver 10.96.0.10'};
	if (words.startsWith('f ')) return {text: '/sys/class/net/eth0/mtu 1450'};
	if (words.includes('k8tui-nx')) return {text: "Server:\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n** server can't find x: NXDOMAIN", exitCode: 1};
	if (words.includes('nslookup')) return {text: 'Server:\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tx\nAddress: 10.96.0.1'};
	if (words.includes(' 9')) return {text: "nc: can't connect to remote host (10.96.0.251): Connection refused", exitCode: 1};
	if (words.includes('wget')) return {text: `code 0\n${words.includes('metrics') ? 20_000 : 2}`};
	if (words.includes('ping')) return {text: 'PING kubernetes.default (10.96.0.1): 56 data bytes'};
	return {text: ''};
}

type Fake = Partial<ProbeConnection> & Readonly<{run?(question: ExecQuestion, signal: AbortSignal): ExecAnswer | Promise<ExecAnswer>}>;

function options(fake: Fake, more: Partial<RunProbesOptions> = {}): RunProbesOptions {
	const unexpected = () => Promise.reject(new Error('not expected'));
	const {run, ...rest} = fake;
	return {
		plan,
		way: 'exec',
		kinds,
		can: async () => ({allowed: true}),
		readPod: unexpected,
		clock: createFakeClock(),
		random: seededRandom(1).next,
		probes: {
			exec: async (question, signal) => await (run ?? busybox(healthy))(question, signal),
			createPod: unexpected,
			deletePod: unexpected,
			addEphemeralContainer: unexpected,
			blackbox: unexpected,
			...rest,
		},
		...more,
	};
}

const line = ({row, from, to, transport, answer: said, detail}: ProbeCell) => `${row} ${from.role} -> ${to.title}: ${transport} ${said ?? ''} ${detail}`;
const problem = (code: Problem['code'], cause: string): ProblemError => new ProblemError({code, what: 'x', cause});

test('a healthy cluster: every cell of the plan, in its order, told as it comes and logged', async () => {
	const told: ProbeCell[] = [];
	const records: ProbeRecord[] = [];
	let running = 0;
	let most = 0;
	const run = await runProbes(
		options(
			{
				async run(question) {
					running += 1;
					most = Math.max(most, running);
					await Promise.resolve();
					running -= 1;
					return busybox(healthy)(question);
				},
			},
			{onCell: cell => told.push(cell), record: entry => records.push(entry), skewMs: () => 5_000},
		),
		never,
	);
	assert.equal(run.cells.length, plan.questions.length);
	assert.deepEqual(
		run.cells.map(({row, to}) => `${row} ${to.title}`),
		plan.questions.map(({row, to}) => `${row} ${to.title}`),
	);
	assert.deepEqual(new Set(told), new Set(run.cells));
	for (const cell of run.cells.filter(({row}) => row !== 'R16')) assert.equal(cell.transport, 'ok', line(cell));
	for (const cell of run.cells.filter(({row}) => row === 'R16')) assert.equal(cell.transport, 'refused', line(cell));
	const [service] = run.cells.filter(({row}) => row === 'R2');
	assert.deepEqual(
		[service?.tried, service?.failed, service?.answer, service?.values, service?.ms, service?.tool],
		[7, 0, 'NOERROR', ['10.96.0.1'], 20, 'nslookup (busybox)'],
	);
	assert.equal(service?.at, Date.UTC(2026, 0, 1) + 5_000);
	assert.ok(most <= 6);
	assert.ok(records.every(({target, argv, exitCode}) => target.includes('/') && argv[0] === 'sh' && exitCode === 0));
	assert.equal(new Set(records.map(({argv}) => argv.at(-1))).size, records.length, 'each command has a word of its own');
	assert.deepEqual([run.leftBehind, run.sources.length], [[], plan.sources.length]);
});

test('a share that fails, a control that opens', async () => {
	let count = 0;
	const failing = busybox(words => {
		count += 1;
		if (words.includes('nslookup') && words.includes('10.96.0.10') && !words.includes('nx'))
			return count % 2 === 0 ? healthy(words) : {text: ';; connection timed out; no servers could be reached', exitCode: 1};
		return words.endsWith(' 9') ? {text: ''} : healthy(words);
	});
	const {cells} = await runProbes(options({run: failing}), never);
	const service = cells.find(({row}) => row === 'R2');
	assert.ok(service?.transport === 'timeout' && service.failed > 0 && service.failed < service.tried, JSON.stringify(service));
	for (const cell of cells.filter(({row}) => row === 'R10')) assert.equal(cell.transport, 'not-proof', line(cell));
	for (const cell of cells.filter(({row, protocol}) => row === 'R4' && protocol === 'udp')) assert.equal(cell.transport, 'ok', line(cell));
});

test('no permission, asked before anything is sent; the words name what is missing', async () => {
	let sent = 0;
	const denied = options(
		{
			run() {
				sent += 1;
				return answer('');
			},
		},
		{can: async ({verb, resource, subresource}) => ({allowed: !(verb === 'create' && resource === 'pods' && subresource === 'exec')})},
	);
	const {cells, notChecked, sources} = await runProbes(denied, never);
	assert.equal(sent, 0);
	assert.ok(cells.every(({transport, detail}) => transport === 'not-allowed' && detail === 'you may not create pods/exec in demo'));
	assert.deepEqual([notChecked.length, sources.length], [plan.sources.length, 0]);
	const unknown = {can: async () => ({allowed: 'unknown' as const, problem: {code: 'server' as const, what: 'x', cause: 'y'}})};
	assert.ok(
		(await runProbes(options({}, unknown), never)).cells.some(({transport}) => transport === 'ok'),
		'unknown is tried',
	);
});

test('what a server or a container does to an exec is a cell with the reason, never a pass', async () => {
	const reject = (error: Error) => ({run: () => Promise.reject(error)});
	const cases: ReadonlyArray<readonly [string, Fake, transport: string, detail: RegExp]> = [
		['403', reject(problem('forbidden', 'user eve may not create pods/exec in demo')), 'not-allowed', /user eve may not/],
		['404: the pod died', reject(problem('not-found', 'pods "shell-1" not found')), 'not-run', /not found/],
		['policy', reject(problem('policy', 'not sent in READ-ONLY')), 'not-allowed', /READ-ONLY/],
		[
			'the channel is cut',
			{run: () => answer('', {exitCode: undefined as never, failure: 'the connection ended before the command did'})},
			'not-run',
			/ended before/,
		],
		['no answer in time', {run: () => answer('', {timedOut: true})}, 'not-run', /did not answer within 10 s/],
		['1 GB of text', {run: () => answer('x'.repeat(16_384), {truncated: true})}, 'tool-error', /cannot be read/],
		['noise', {run: () => answer('\x1b[2J\x1b]0;owned\x07hello')}, 'tool-error', /: hello$/],
		['forged marks of another run', {run: () => answer('K8TUI dns rc=0 an=1 src=10.96.0.10 ms=3\nk0 end')}, 'tool-error', /cannot be read/],
	];
	for (const [name, fake, transport, detail] of cases) {
		const {cells} = await runProbes(options(fake), never);
		assert.equal(cells.length, plan.questions.length, name);
		for (const cell of cells) {
			assert.equal(cell.transport, transport, `${name}: ${line(cell)}`);
			assert.match(cell.detail, detail, name);
			assert.deepEqual([cell.tried, cell.failed, good.has(cell.transport)], [0, 0, false], name);
		}
	}
});

test('hostile batches: without end, cut, forged, in another language', async () => {
	const hostile: ReadonlyArray<(question: ExecQuestion) => ExecAnswer> = [
		question => answer(`${nonceOf(question)} 2 begin 1\n${'y\n'.repeat(5_000)}`, {truncated: true}),
		() => answer('k0000 2 begin 1\nk0000 2 | Name: x\nk0000 2 | Address: 10.96.0.1\nk0000 2 rc 0\nk0000 2 end 1'),
		question => answer(`${nonceOf(question)} 2 begin 1\n${nonceOf(question)} 2 | Name: x`, {exitCode: undefined as never, failure: 'cut'}),
		busybox(() => ({text: 'Serveur : 10.96.0.10\nAdresse : introuvable', exitCode: 3})),
		busybox(() => ({text: `\x1b[31mName: x${'z'.repeat(3_000)}\nAddress: 10.96.0.1`})),
	];
	for (const [index, batch] of hostile.entries()) {
		const {cells} = await runProbes(options({run: question => (isDiscovery(question) ? busybox(healthy)(question) : batch(question))}), never);
		for (const cell of cells.filter(({row}) => ['R2', 'R4', 'R6', 'R7', 'R13'].includes(row) && !(index === 3 && row === 'R4')))
			assert.ok(cell.transport !== 'ok', `${index}: ${line(cell)}`);
		for (const cell of cells) assert.doesNotMatch(cell.detail, /\x1b/);
	}
});

test('no shell: python3 or node by themselves, else one file and tool-missing', async () => {
	const missing = answer('', {exitCode: undefined as never, failure: 'exec failed: exec: "sh": executable file not found in $PATH: unknown'});
	const asked: string[] = [];
	const bare = await runProbes(
		options({
			run(question) {
				asked.push(question.argv[0] ?? '');
				return question.argv[0] === 'cat' ? answer('nameserver 10.96.0.10\n') : missing;
			},
		}),
		never,
	);
	assert.deepEqual([...new Set(asked)], ['sh', 'python3', 'node', 'cat']);
	assert.deepEqual(bare.cells.find(({row}) => row === 'R1')?.values, ['nameserver 10.96.0.10']);
	for (const cell of bare.cells.filter(({row}) => row !== 'R1')) assert.ok(cell.transport === 'tool-missing' && /no shell/.test(cell.detail), line(cell));
	const python = await runProbes(
		options({
			run(question) {
				if (question.argv[0] !== 'python3') return missing;
				const [, , , nonce = '', ...lines] = question.argv;
				return answer([...lines.map(one => `${nonce} ${one.split(' ')[1]} rc=0 an=1 src=10.244.1.5 v=10.96.0.1 ms=2`), `${nonce} done`].join('\n'));
			},
		}),
		never,
	);
	assert.equal(python.cells.find(({row}) => row === 'R2')?.transport, 'wrong-source');
	assert.equal(python.cells.find(({row}) => row === 'R2')?.answeredBy, '10.244.1.5');
});

test('a python3 that cannot run our program leaves the question to the shell', async () => {
	const {cells} = await runProbes(
		options({
			run(question) {
				if (question.argv[0] === 'python3') return answer('SyntaxError', {exitCode: 1});
				const told = busybox(healthy)(question);
				if (!isDiscovery(question)) return told;
				const nonce = nonceOf(question);
				return answer(`${nonce} tool python3 /bin/python3\n${nonce} help python3 usage: python3\n${new TextDecoder().decode(told.stdout)}`);
			},
		}),
		never,
	);
	assert.equal(cells.find(({row}) => row === 'R2')?.tool, 'nslookup (busybox)');
});

test('45 s for all, then cancelled; what was not asked says so', async () => {
	const clock = createFakeClock();
	const run = runProbes(
		options(
			{
				run: (_question, signal) => {
					const {promise, reject} = Promise.withResolvers<ExecAnswer>();
					signal.addEventListener('abort', () => reject(problem('cancelled', 'given up')), {once: true});
					return promise;
				},
			},
			{clock},
		),
		never,
	);
	await clock.advance(44_000);
	await clock.advance(2_000);
	const {cells, tookMs} = await run;
	assert.ok(
		cells.every(({transport, detail}) => transport === 'not-run' && /45 s/.test(detail)),
		JSON.stringify(cells[0]),
	);
	assert.ok(tookMs <= 46_000);
	assert.equal(clock.pending(), 0);
});

const running = (name: string): KubeObject => {
	const status = {phase: 'Running', podIP: '10.244.1.77', containerStatuses: [{name: 'k8tui-probe', state: {running: {startedAt: 'now'}}}]};
	const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name, namespace: 'tools'}, status};
	return pod;
};
const podPlan = planDns({view, from: 'demo/shell-1', way: 'pod'});

test('pods of our own: made on their nodes, asked, deleted by what the server made of them', async () => {
	const created: KubeObject[] = [];
	const deleted: KubeObject[] = [];
	const run = await runProbes(
		options(
			{
				async createPod(pod) {
					const made = {...pod, metadata: {...pod.metadata, uid: `uid-${created.length}`}};
					created.push(made);
					return made;
				},
				async deletePod(pod) {
					deleted.push(pod);
				},
			},
			{plan: podPlan, way: 'pod', image: 'repo/tools:1', namespace: 'tools', readPod: async (_namespace, name) => running(name)},
		),
		never,
	);
	assert.deepEqual(deleted, created);
	assert.equal(created.length, podPlan.sources.length);
	const [first] = created;
	assert.ok(first?.metadata.labels?.[debugLabel] !== undefined && debugLabel === ourLabel);
	assert.match(JSON.stringify(first), /"nodeName":"n1".*"activeDeadlineSeconds":120.*"automountServiceAccountToken":false.*"image":"repo\/tools:1"/);
	assert.equal(JSON.stringify(created).match(/"hostNetwork":true/g)?.length, 2);
	assert.deepEqual([run.leftBehind, run.sources.every(({pod, podIp}) => pod.startsWith('k8tui-probe-') && podIp !== '')], [[], true]);
	assert.ok(run.cells.some(({from, transport}) => from.namespace === 'tools' && transport === 'ok'));
});

test('refused by admission, an image that cannot be pulled, a pod that cannot be deleted', async () => {
	const refusing = await runProbes(
		options(
			{
				createPod: () =>
					Promise.reject(
						new ProblemError({code: 'forbidden', what: 'x', cause: 'no', serverMessage: 'pods "x" is forbidden: violates PodSecurity "restricted:latest"'}),
					),
			},
			{plan: podPlan, way: 'pod'},
		),
		never,
	);
	assert.ok(refusing.cells.every(({transport, detail}) => transport === 'not-allowed' && detail.includes('PodSecurity')));
	assert.ok(refusing.notChecked.some(({what}) => what === 'probes from a pod on n1'));
	const pulling = {
		status: {phase: 'Pending', containerStatuses: [{name: 'k8tui-probe', state: {waiting: {reason: 'ErrImagePull', message: 'not found: repo/tools:1'}}}]},
	};
	const left = await runProbes(
		options(
			{createPod: async pod => ({...pod, metadata: {...pod.metadata, uid: 'u'}}), deletePod: () => Promise.reject(problem('timeout', 'no answer'))},
			{plan: podPlan, way: 'pod', readPod: async (_namespace, name) => ({...running(name), ...pulling})},
		),
		never,
	);
	assert.ok(left.cells.every(({transport, detail}) => transport === 'not-run' && detail === 'ErrImagePull: not found: repo/tools:1'));
	assert.equal(left.leftBehind.length, podPlan.sources.length);
	assert.match(left.leftBehind[0] ?? '', /^pod default\/k8tui-probe-\w{5} \(no answer; it ends by itself after 120 s\)$/);
});

test('given up while pods start: they are deleted all the same', async () => {
	const giving = new AbortController();
	let deleted = 0;
	const run = await runProbes(
		options(
			{
				createPod: async pod => ({...pod, metadata: {...pod.metadata, uid: 'u'}}),
				async deletePod(_pod, signal) {
					assert.equal(signal.aborted, false);
					deleted += 1;
				},
			},
			{
				plan: podPlan,
				way: 'pod',
				readPod: async (_namespace, name) => {
					giving.abort();
					return {...running(name), status: {phase: 'Pending'}};
				},
			},
		),
		giving.signal,
	);
	assert.deepEqual([deleted, run.leftBehind], [podPlan.sources.length, []]);
	assert.ok(run.cells.every(({transport, detail}) => transport === 'not-run' && detail.includes('given up')));
});

test('an ephemeral container: for the client alone, waited for, and listed as left behind', async () => {
	const added: Array<Readonly<Record<string, unknown>>> = [];
	let looks = 0;
	const clock = createFakeClock();
	const ephemeralPlan = planDns({view, from: 'demo/shell-1', way: 'ephemeral'});
	const run = runProbes(
		options(
			{
				async addEphemeralContainer(target, container) {
					assert.deepEqual(target, {namespace: 'demo', pod: 'shell-1'});
					added.push(container);
					return running('shell-1');
				},
			},
			{
				plan: ephemeralPlan,
				way: 'ephemeral',
				clock,
				readPod: async () => {
					looks += 1;
					const state = looks < 3 ? {waiting: {reason: 'ContainerCreating'}} : {running: {startedAt: 'now'}};
					return {...running('shell-1'), status: {phase: 'Running', podIP: '10.244.1.2', ephemeralContainerStatuses: [{name: added[0]?.['name'], state}]}};
				},
			},
		),
		never,
	);
	await clock.advance(1_500);
	const {cells, leftBehind, sources} = await run;
	assert.equal(added.length, 1);
	assert.deepEqual([added[0]?.['targetContainerName'], added[0]?.['terminationMessagePolicy']], ['app', 'File']);
	assert.deepEqual(
		sources.map(({container}) => container),
		[added[0]?.['name']],
	);
	assert.match(leftBehind.join(), /^ephemeral container k8tui-probe-\w{5} in pod demo\/shell-1 \(it ends after 120 s and stays listed until the pod goes\)$/);
	assert.equal(cells.find(({row}) => row === 'R2')?.transport, 'ok');
});
