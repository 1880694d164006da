import assert from 'node:assert/strict';
import {createHash, randomBytes} from 'node:crypto';
import type {TestContext} from 'node:test';
import type {ExecAnswer, ExecQuestion} from '../../../source/core/probe-connection.ts';
import {ProblemError} from '../../../source/core/problem.ts';
import {resolveContext} from '../../../source/kube/config.ts';
import {execInPod} from '../../../source/kube/exec.ts';
import {loadKubeconfig} from '../../../source/kube/kubeconfig-files.ts';
import {createTransport} from '../../../source/kube/transport.ts';
import {systemClock} from '../../../source/system/clock.ts';
import {type ConformanceCluster, conformanceTest} from '../../tools/conformance-cluster.ts';
import {eventually, patienceMs} from '../../tools/eventually.ts';

const never = new AbortController().signal;
/** Has a shell and busybox; the lab's nodes hold it. */
const image = process.env['KUBECONFIG_E2E_IMAGE'] ?? 'localhost/k8tui-lab/busybox:1';

type Place = Readonly<{namespace: string; pod: string; container: string}>;
type Run = (argv: readonly string[], more?: Partial<ExecQuestion>, protocol?: 'v4' | 'v5') => Promise<ExecAnswer>;

type ServedPod = Readonly<{
	metadata: Readonly<{name: string; namespace: string}>;
	spec: Readonly<{containers: ReadonlyArray<Readonly<{name: string}>>}>;
	status?: Readonly<{phase?: string; containerStatuses?: ReadonlyArray<Readonly<{state?: Readonly<{running?: unknown}>}>>}>;
}>;

/** A container with a shell: in the demo one that is there, on a real cluster one of our own. Skips, with the reason, where no kubelet runs pods. */
async function shellPlace(cluster: ConformanceCluster, context: TestContext): Promise<Place | undefined> {
	// Shapes of lists, as asked for.
	const {items: nodes} = (await cluster.raw.call('GET', '/api/v1/nodes')).json as {
		items: ReadonlyArray<{status?: {conditions?: ReadonlyArray<{type: string; status: string}>}}>;
	};
	const isReady = nodes.some(({status}) => status?.conditions?.some(({type, status: now}) => type === 'Ready' && now === 'True'));
	if (!isReady) {
		context.skip('no node of this cluster is Ready: nothing runs in which a command could be run');
		return undefined;
	}
	if (context.name.endsWith('[demo]')) {
		const {items} = (await cluster.raw.call('GET', '/api/v1/pods')).json as {items: readonly ServedPod[]};
		const pod = items.find(({metadata, status}) => metadata.namespace !== 'kube-system' && status?.containerStatuses?.[0]?.state?.running !== undefined);
		assert.ok(pod?.spec.containers[0]);
		return {namespace: pod.metadata.namespace, pod: pod.metadata.name, container: pod.spec.containers[0].name};
	}
	const namespace = await cluster.createNamespace();
	const path = `/api/v1/namespaces/${namespace}/pods`;
	const container = {name: 'sh', image, imagePullPolicy: 'IfNotPresent', command: ['sleep', '600']};
	const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'shell'}, spec: {terminationGracePeriodSeconds: 0, containers: [container]}};
	await eventually(
		() =>
			cluster.raw.call('POST', path, pod).then(
				() => true,
				() => false,
			),
		patienceMs,
		() => 'the pod could not be created (its service account is not there yet)',
	);
	await eventually(
		async () => ((await cluster.raw.call('GET', `${path}/shell`)).json as ServedPod).status?.phase === 'Running',
		2 * patienceMs,
		() => `a pod of the image ${image} does not run`,
	);
	return {namespace, pod: 'shell', container: 'sh'};
}

async function withShell(cluster: ConformanceCluster, context: TestContext, test: (run: Run, place: Place) => Promise<void>): Promise<void> {
	const place = await shellPlace(cluster, context);
	if (place === undefined) return;
	const view = await loadKubeconfig({flag: cluster.kubeconfigPath, environment: {}, home: '/nonexistent'});
	const clock = systemClock('let-go');
	const transport = createTransport({
		resolved: resolveContext(view, {}),
		clock,
		environment: {PATH: process.env['PATH']},
		hasTerminal: false,
		version: '0.0.0',
		level: 'probe',
		pinned: false,
		random: Math.random,
	});
	try {
		await test(
			(argv, more = {}, protocol) =>
				execInPod(
					{transport, clock, ...(protocol === undefined ? {} : {protocol})},
					{...place, argv, timeoutMs: patienceMs, limitBytes: 100_000, ...more},
					never,
				),
			place,
		);
	} finally {
		await transport.close();
	}
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

conformanceTest('T49: exit codes 0, 1 and 137, stdout and stderr apart, on v5 and v4', (cluster, context) =>
	withShell(cluster, context, async run => {
		for (const protocol of ['v5', 'v4'] as const) {
			const good = await run(['sh', '-c', 'echo out; echo err >&2'], {}, protocol);
			assert.deepEqual([text(good.stdout), text(good.stderr), good.exitCode, good.protocol], ['out\n', 'err\n', 0, protocol]);
			assert.equal((await run(['sh', '-c', 'exit 1'], {}, protocol)).exitCode, 1);
			assert.equal((await run(['sh', '-c', 'exit 137'], {}, protocol)).exitCode, 137);
		}
		const missing = await run(['no-such-program']);
		assert.ok(missing.failure !== undefined || missing.exitCode === 127, JSON.stringify(missing));
		if (missing.failure !== undefined) assert.match(missing.failure, /executable file not found/);
	}),
);

conformanceTest('T50: what goes in comes out, byte by byte: 64 MiB on v5, a counted piece on v4', (cluster, context) =>
	withShell(cluster, context, async run => {
		const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
		// The demo's containers are simulated: a smaller piece proves the same there.
		const size = context.name.endsWith('[demo]') ? 1024 * 1024 : 64 * 1024 * 1024;
		const stdin = new Uint8Array(randomBytes(size));
		const whole = await run(['cat'], {stdin, limitBytes: size + 1, timeoutMs: 4 * patienceMs}, 'v5');
		assert.deepEqual([whole.exitCode, whole.stdout.length, hash(whole.stdout)], [0, size, hash(stdin)]);
		const piece = stdin.subarray(0, 300_000);
		// v4 cannot end stdin: the command must know when it has enough.
		const counted = await run(['head', '-c', '300000'], {stdin: piece, limitBytes: 400_000}, 'v4');
		assert.deepEqual([counted.exitCode, hash(counted.stdout), counted.protocol], [0, hash(piece), 'v4']);
	}),
);

conformanceTest("T52: refusals in the server's own words", (cluster, context) =>
	withShell(cluster, context, async (run, place) => {
		const problemOf = async (promise: Promise<unknown>) => {
			const error = await promise.then(
				() => undefined,
				(reason: unknown) => reason,
			);
			assert.ok(error instanceof ProblemError, String(error));
			return error.problem;
		};
		const gone = await problemOf(run(['true'], {pod: 'no-such-pod'}));
		assert.deepEqual([gone.code, gone.status, gone.cause], ['not-found', 404, 'pods "no-such-pod" not found']);
		const wrong = await problemOf(run(['true'], {container: 'no-such-container'}));
		assert.deepEqual([wrong.code, wrong.status], ['invalid', 400]);
		assert.equal(wrong.cause, `container no-such-container is not valid for pod ${place.pod}`);
		const view = await loadKubeconfig({flag: cluster.kubeconfigPath, environment: {}, home: '/nonexistent'});
		const clock = systemClock('let-go');
		const options = {clock, environment: {}, hasTerminal: false, version: '0.0.0', level: 'probe', pinned: false, random: Math.random} as const;
		const transport = createTransport({...options, resolved: resolveContext(view, {as: 'k8tui-nobody', asGroups: ['system:authenticated']})});
		const denied = await problemOf(execInPod({transport, clock}, {...place, argv: ['true'], timeoutMs: patienceMs, limitBytes: 100}, never));
		await transport.close();
		assert.deepEqual([denied.code, denied.status], ['forbidden', 403]);
		assert.match(denied.cause, /^user k8tui-nobody may not (?:get|create) pods\/exec in /);
	}),
);

conformanceTest('a command without end is cut off by its time and by its output', (cluster, context) =>
	withShell(cluster, context, async run => {
		const late = await run(['sleep', '300'], {timeoutMs: 1_000});
		assert.deepEqual([late.timedOut, late.exitCode, late.tookMs < patienceMs], [true, undefined, true]);
		const much = await run(['cat'], {stdin: new Uint8Array(1_000_000).fill(121), limitBytes: 16_384});
		assert.deepEqual([much.truncated, much.stdout.length, much.exitCode], [true, 16_384, undefined]);
	}),
);
