import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {after, before, test} from 'node:test';
import {promisify} from 'node:util';
import {at, parseJson, recordsAt, textAt} from '../../source/demo/json.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {eventually, patienceMs} from '../tools/eventually.ts';

// T70: kubectl itself judges the server. Without one on the PATH each test says so.
const kubectlPath = (process.env['PATH'] ?? '')
	.split(delimiter)
	.map(folder => join(folder, 'kubectl'))
	.find(existsSync);
const skip = kubectlPath === undefined ? 'kubectl is not on the PATH' : false;
const run = promisify(execFile);

let server: DemoServer;
let folder: string;

before(async () => {
	server = await startDemo({story: 'oom-eviction', realTime: false});
	folder = await mkdtemp(join(tmpdir(), 'k8tui-demo-'));
	await writeFile(join(folder, 'config'), server.kubeconfig({namespace: 'shop'}));
});

after(async () => {
	await server[Symbol.asyncDispose]();
	await rm(folder, {recursive: true});
});

async function kubectl(...words: readonly string[]): Promise<string> {
	const environment = {...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder};
	const {stdout} = await run(kubectlPath ?? 'kubectl', words, {env: environment, maxBuffer: 64 * 1024 * 1024});
	return stdout;
}

function lines(text: string): readonly string[] {
	return text.trimEnd().split('\n');
}

test('api-resources lists every kind that can be asked for', {skip}, async () => {
	const names = lines(await kubectl('api-resources', '--cached=false', '-o', 'name'));
	const expected = server.cluster.kinds.all().map(({plural, group}) => (group === '' ? plural : `${plural}.${group}`));
	assert.deepEqual([...new Set(expected)].toSorted(), names.toSorted());
});

test('get -A -o wide prints every kind, one line an object', {skip, timeout: 600_000}, async () => {
	const stored = server.cluster.kinds.all().filter(({isComputed}) => isComputed !== true);
	const listable = stored.filter(({verbs}) => verbs === undefined || verbs.includes('list'));
	for (const kind of listable) {
		const name = `${kind.plural}.${kind.version}.${kind.group}`;
		const printed = lines(await kubectl('get', name, '-A', '-o', 'wide', '--no-headers=false'));
		const {size} = server.cluster.store(kind);
		assert.equal(printed.length, size === 0 ? 1 : size + 1, `${name}: ${printed[0]}`);
	}
});

test('get prints the words of the screens: restarts, evictions, images that cannot be had', {skip}, async () => {
	const printed = await kubectl('get', 'pods');
	assert.match(printed, /^NAME +READY +STATUS +RESTARTS +AGE\n/);
	assert.match(printed, /checkout-\S+ +1\/2 +CrashLoopBackOff +\d+ \(\d+s ago\)/);
	assert.match(printed, /checkout-\S+ +\d\/2 +ImagePullBackOff +0 /);
	assert.match(printed, /web-\S+ +0\/2 +Evicted +0 /);
	assert.match(await kubectl('get', 'nodes'), /node-b2 +Ready +worker +\d+d +v1\.34\.2/);
});

test('get by selectors, by pages and as JSON', {skip}, async () => {
	assert.equal(lines(await kubectl('get', 'pods', '-l', 'app in (web,cart)', '--field-selector', 'status.phase=Running', '--no-headers')).length, 5);
	assert.equal(lines(await kubectl('get', 'pods', '-A', '--chunk-size=7', '--no-headers')).length, server.cluster.list('pods').length);
	const list = parseJson(await kubectl('get', 'deployments', '-o', 'json'));
	assert.deepEqual(
		recordsAt(list, 'items').map(item => textAt(item, 'metadata', 'name')),
		server.cluster.list('deployments.apps', 'shop').map(({metadata}) => metadata.name),
	);
	assert.match(await kubectl('get', 'service', 'web', '-o', 'yaml'), /clusterIP: 10\.96\./);
});

test('describe knows pods, nodes and services with their events', {skip}, async () => {
	const [pod] = server.cluster.list('pods', 'shop').filter(({metadata}) => metadata.name.startsWith('checkout'));
	const described = await kubectl('describe', 'pod', pod?.metadata.name ?? '');
	assert.match(described, /Controlled By: +ReplicaSet\/checkout-/);
	assert.match(described, /Events:\n +Type +Reason +Age/);
	assert.match(await kubectl('describe', 'node', 'node-b2'), /MemoryPressure +True/);
	assert.match(await kubectl('describe', 'service', 'web'), /Endpoints: +10\.\d+\.\d+\.\d+:8080/);
});

test('whoami, forbidden and health', {skip}, async () => {
	assert.match(await kubectl('auth', 'whoami', '-o', 'json'), /"username": "demo"/);
	assert.equal(await kubectl('auth', 'can-i', 'delete', 'pods', '--as', 'dev'), 'yes\n');
	assert.match(await kubectl('auth', 'can-i', '--list', '--as', 'dev'), /deployments\.apps\/scale +\[\] +\[\] +\[[a-z ]*patch[a-z ]*\]/);
	await assert.rejects(kubectl('auth', 'can-i', 'get', 'secrets', '--as', 'alice'), {stdout: 'no\n'});
	await assert.rejects(kubectl('get', 'nodes', '--as', 'dev'), /User "dev" cannot list resource "nodes" in API group "" at the cluster scope/);
	assert.match(await kubectl('get', '--raw', '/readyz?verbose'), /readyz check passed/);
});

test('a watch prints what is created', {skip, timeout: 300_000}, async () => {
	const ending = new AbortController();
	const environment = {...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder};
	const watching = execFile(kubectlPath ?? 'kubectl', ['get', 'configmaps', '--watch-only'], {env: environment, signal: ending.signal}, () => undefined);
	const seen = Promise.withResolvers<string>();
	let printed = '';
	watching.stdout?.on('data', (chunk: string) => {
		printed += chunk;
		if (printed.includes('born-later')) seen.resolve(printed);
	});
	watching.on('exit', () => seen.reject(new Error(`kubectl ended with ${JSON.stringify(printed)}`)));
	await eventually(
		() => server.requests.all().some(({query, path}) => query.get('watch') !== null && path.endsWith('/configmaps')),
		patienceMs,
		() => 'no watch came',
	);
	server.cluster.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'born-later', namespace: 'shop'}});
	assert.match(await seen.promise, /^NAME +DATA +AGE\nborn-later +0 +0s\n/);
	ending.abort();
});

test('patch, label and delete do what they say', {skip}, async () => {
	await kubectl('patch', 'deployment', 'web', '-p', '{"spec":{"template":{"spec":{"containers":[{"name":"app","image":"web:next"}]}}}}');
	const containers = recordsAt(server.cluster.get('deployments.apps', 'shop', 'web'), 'spec', 'template', 'spec', 'containers');
	assert.deepEqual([containers.length, textAt(containers[0], 'image')], [2, 'web:next']);
	await kubectl('label', 'service', 'web', 'checked=yes');
	assert.equal(server.cluster.get('services', 'shop', 'web')?.metadata.labels?.['checked'], 'yes');
	await kubectl('delete', 'configmap', 'web-config');
	assert.equal(server.cluster.get('configmaps', 'shop', 'web-config'), undefined);
});

test('logs: the previous run, a whole Deployment, and the words of a refusal', {skip}, async () => {
	const crashing = server.cluster.list('pods', 'shop').find(pod => pod.metadata.annotations?.['demo.k8tui.io/fate'] === 'crash 1 2s')?.metadata.name ?? '';
	assert.match(await kubectl('logs', crashing, '-c', 'app', '--previous'), /FATAL config: DB_URL is not set\n$/);
	assert.equal(lines(await kubectl('logs', 'payments-0', '--tail=3', '--timestamps')).length, 3);
	assert.match(await kubectl('logs', 'deploy/cart', '--tail=1', '-c', 'app'), /^\{"time":/);
	await assert.rejects(kubectl('logs', 'payments-0', '-c', 'zz'), /container zz is not valid for pod payments-0/);
	const waiting = server.cluster.list('pods', 'shop').find(pod => pod.metadata.annotations?.['demo.k8tui.io/fate'] === 'pull')?.metadata.name ?? '';
	await assert.rejects(kubectl('logs', waiting, '-c', 'app'), /is waiting to start: trying and failing to pull image/);
});

test('exec: output, exit code, stdin to its end, and a program that is not there', {skip}, async () => {
	assert.equal(await kubectl('exec', 'payments-0', '--', 'sh', '-c', 'echo hello; cat /etc/hostname'), 'hello\npayments-0\n');
	await assert.rejects(kubectl('exec', 'payments-0', '--', 'sh', '-c', 'exit 7'), {code: 7});
	await assert.rejects(kubectl('exec', 'payments-0', '--', 'nosuch'), /executable file not found in \$PATH/);
	await assert.rejects(kubectl('exec', 'nope', '--', 'true'), /pods "nope" not found/);
	const environment = {...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder};
	const echoed = run(kubectlPath ?? 'kubectl', ['exec', '-i', 'payments-0', '--', 'cat'], {env: environment});
	echoed.child.stdin?.end('to the end\n');
	assert.equal((await echoed).stdout, 'to the end\n');
});

test('top: nodes and containers with what the metrics API says', {skip}, async () => {
	assert.match(await kubectl('top', 'nodes'), /^NAME +CPU\(cores\) +CPU\(%\) +MEMORY\(bytes\) +MEMORY\(%\) *\nnode-a1 +\d+m +\d+% +\d+Mi +\d+%/);
	assert.match(await kubectl('top', 'pods', '--containers'), /cart-\S+ +app +\d+m +\d+Mi/);
});

test('scale uses its sub-resource', {skip}, async () => {
	await kubectl('scale', 'deployment', 'cart', '--replicas=5');
	assert.equal(at(server.cluster.get('deployments.apps', 'shop', 'cart'), 'spec', 'replicas'), 5);
});
