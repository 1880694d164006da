import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {buffer, text} from 'node:stream/consumers';
import {type TestContext, test} from 'node:test';
import {eventually, patienceMs} from '../tools/eventually.ts';
import {LabWriter} from '../tools/lab-writer.ts';
import {programCommand, temporaryHome} from '../tools/program.ts';
import {RawApi} from '../tools/raw-api.ts';

const kubeconfig = process.env['KUBECONFIG_E2E'] ?? '';
const options = {skip: kubeconfig === '' && 'KUBECONFIG_E2E is not set: no real cluster', timeout: 600_000};
const kubectl = process.env['KUBECTL'] ?? 'kubectl';
const image = 'localhost/k8tui-lab/busybox:1';

/** Its init container, its run before and its current run write what is hard to carry: NUL, invalid UTF-8, escapes, no end of line. */
const writes = String.raw`printf 'caf\303\251\n\n\033[31mred\033[0m\ttab\r\n'; printf 'nul\000\377\376bytes\n'`;
const script = `${writes}; i=0; while [ $i -lt 300 ]; do echo "line $i"; i=$((i+1)); done; printf 'no end'; sleep 1; if [ ! -f /data/again ]; then touch /data/again; exit 3; fi; echo; sleep 3600`;
const pod = {
	...{apiVersion: 'v1', kind: 'Pod', metadata: {name: 'writer', labels: {app: 'odd'}}},
	spec: {
		terminationGracePeriodSeconds: 0,
		volumes: [{name: 'data', emptyDir: {}}],
		initContainers: [{name: 'setup', image, imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', `${writes}; echo set up`]}],
		containers: [
			{name: 'main', image, imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', script], volumeMounts: [{name: 'data', mountPath: '/data'}]},
			{name: 'silent', image, imagePullPolicy: 'IfNotPresent', command: ['sleep', '3600']},
		],
	},
};

type Run = Readonly<{code: number | null; out: Buffer; errors: string}>;

async function run(command: readonly string[], home: string): Promise<Run> {
	const [file = '', ...args] = command;
	const child = spawn(file, args, {stdio: ['ignore', 'pipe', 'pipe'], env: {PATH: process.env['PATH'], HOME: home, KUBECONFIG: kubeconfig, TERM: 'xterm'}});
	const [out, errors, [code]] = await Promise.all([buffer(child.stdout), text(child.stderr), once(child, 'close')]);
	return {code: typeof code === 'number' ? code : null, out, errors};
}

type World = Readonly<{namespace: string; home: string; ours(...args: readonly string[]): Promise<Run>; theirs(...args: readonly string[]): Promise<Run>}>;

/** The pod above after its restart, on a cluster whose nodes run. */
async function withWriter(context: TestContext, check: (world: World) => Promise<void>): Promise<void> {
	const missing = await LabWriter.missing(kubeconfig);
	if (missing !== undefined) {
		context.skip(missing);
		return;
	}
	using home = temporaryHome();
	using api = new RawApi(kubeconfig);
	const namespace = `k8tui-logs-${Math.random().toString(36).slice(2, 8)}`;
	await api.createNamespace(namespace);
	try {
		await api.call('POST', `/api/v1/namespaces/${namespace}/pods`, pod);
		await eventually(
			async () => (await api.text(`/api/v1/namespaces/${namespace}/pods/writer/log?container=main&previous=true`).catch(() => '')).includes('no end'),
			2 * patienceMs,
			() => 'the pod was not restarted',
		);
		await eventually(
			async () => (await api.text(`/api/v1/namespaces/${namespace}/pods/writer/log?container=main`).catch(() => '')).endsWith('no end\n'),
			2 * patienceMs,
			() => 'the second run has not written all',
		);
		await check({
			namespace,
			home: home.path,
			ours: (...args) => run([...programCommand, 'logs', ...args, '-n', namespace], home.path),
			theirs: (...args) => run([kubectl, 'logs', ...args, '-n', namespace], home.path),
		});
	} finally {
		await api.call('DELETE', `/api/v1/namespaces/${namespace}`);
	}
}

test('T43: byte for byte what kubectl logs prints: all, tail, since, previous, init and ephemeral containers', options, async context => {
	await withWriter(context, async ({namespace, home, ours, theirs}) => {
		const debug = ['debug', 'writer', '-n', namespace, `--image=${image}`, '--image-pull-policy=IfNotPresent', '--container=debugger', '--attach=false'];
		const {code, errors} = await run([kubectl, ...debug, '--', 'sh', '-c', 'echo looking around; sleep 3600'], home);
		assert.equal(code, 0, errors);
		await eventually(
			async () => (await theirs('writer', '-c', 'debugger')).out.length > 0,
			2 * patienceMs,
			() => 'the ephemeral container says nothing',
		);
		for (const args of [
			['writer', '-c', 'main'],
			['writer', '-c', 'main', '--tail', '7'],
			['writer', '-c', 'main', '--tail', '0'],
			['writer', '-c', 'main', '--since', '1h'],
			['writer', '-c', 'main', '--previous'],
			['writer', '-c', 'main', '--previous', '--tail', '3'],
			['writer', '-c', 'setup'],
			['writer', '-c', 'silent'],
			['writer', '-c', 'debugger'],
			['writer'],
		]) {
			const [one, other] = [await ours(...args), await theirs(...args)];
			assert.equal(one.code, 0, `${args.join(' ')}: ${one.errors}`);
			// kubectl ends where the container ended, a line of ours has its end.
			const wanted = other.out.length > 0 && other.out.at(-1) !== 10 ? Buffer.concat([other.out, Buffer.from('\n')]) : other.out;
			assert.ok(
				one.out.equals(wanted),
				`${args.join(' ')}:\n${one.out.toString('latin1').slice(-300)}\n--- kubectl:\n${wanted.toString('latin1').slice(-300)}`,
			);
		}
	});
});

test('T43: with their times, line by line what kubectl logs --timestamps prints', options, async context => {
	await withWriter(context, async ({ours, theirs}) => {
		const {out, errors} = await ours('writer', '-c', 'main', '-o', 'json');
		const printed = out
			.toString()
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
		const {out: theirOut} = await theirs('writer', '-c', 'main', '--timestamps');
		assert.deepEqual(
			printed.map(({time, message}) => `${time} ${message}`),
			theirOut.toString().trimEnd().split('\n'),
			errors,
		);
		assert.ok(
			printed.every(
				({namespace, pod: name, container, restart, level}) =>
					namespace.startsWith('k8tui-logs-') && name === 'writer' && container === 'main' && restart === 1 && level === null,
			),
		);
	});
});

test('exit codes and notes: a default container, a missing pod, container and Deployment, filters, events', options, async context => {
	await withWriter(context, async ({ours}) => {
		assert.match((await ours('writer', '--tail', '1')).errors, /^Reading container main of main, silent, setup \(init\);/);
		const all = await ours('-l', 'app=odd', '--all-containers', '--tail', '1');
		assert.match(all.out.toString(), /writer setup set up\n/);
		assert.deepEqual([(await ours('nosuch')).code, (await ours('deploy/nosuch')).code, (await ours('writer', '-c', 'nosuch')).code], [1, 1, 1]);
		const before = await ours('writer', '-c', 'silent', '--previous');
		assert.deepEqual([before.code, before.out.length], [1, 0]);
		assert.match(before.errors, /there is no run before this one\.$/m);
		assert.match((await ours('writer', '-c', 'nosuch')).errors, /Pod writer has no container nosuch; it has main, silent, setup \(init\)\./);
		const none = await ours('-l', 'app=nosuch');
		assert.deepEqual([none.code, none.out.length], [0, 0]);
		const filtered = await ours('writer', '-c', 'main', '--include', 'line 1', '--exclude', '[02468]$');
		assert.ok(filtered.out.toString().startsWith('line 1\nline 11\nline 13\n'), filtered.out.toString().slice(0, 100));
		const events = await ours('writer', '-c', 'main', '--events', '-o', 'json');
		const types = new Set(
			events.out
				.toString()
				.trimEnd()
				.split('\n')
				.map(line => JSON.parse(line).type),
		);
		assert.deepEqual([...types].sort(), ['event', 'line']);
		const node = await ours('node/n1', '--tail', '3');
		assert.equal(node.out.toString().trimEnd().split('\n').length, 3, node.errors);
	});
});
