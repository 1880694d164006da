import assert from 'node:assert/strict';
import {test} from 'node:test';
import {textAt} from '../../source/demo/json.ts';
import {logsAnnotation} from '../../source/demo/logs/profiles.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import type {StoredObject} from '../../source/demo/stored-object.ts';
import {eventually, patienceMs} from '../tools/eventually.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {ask, OpenWatch} from './demo-client.ts';

function podOf(server: DemoServer, app: string, index = 0): StoredObject {
	const pod = server.cluster.list('pods', 'shop').filter(({metadata}) => metadata.labels?.['app'] === app && metadata.annotations !== undefined)[index];
	const any = pod ?? server.cluster.list('pods', 'shop').find(({metadata}) => metadata.labels?.['app'] === app);
	assert.ok(any !== undefined, app);
	return any;
}

function logPath(pod: string, query: string, namespace = 'shop'): string {
	return `/api/v1/namespaces/${namespace}/pods/${pod}/log?${query}`;
}

async function linesOf(server: DemoServer, pod: string, query: string): Promise<readonly string[]> {
	const {status, text} = await ask(server, logPath(pod, query));
	assert.equal(status, 200, text);
	return text === '' ? [] : text.replace(/\n$/u, '').split('\n');
}

/** Gives a Deployment of the shop pods with another log. */
async function withLog(server: DemoServer, clock: Readonly<{advance(ms: number): Promise<void>}>, log: string, fate?: string): Promise<StoredObject> {
	const annotations = {[logsAnnotation]: log, ...(fate === undefined ? {} : {'demo.k8tui.io/fate': fate})};
	server.cluster.patch('deployments.apps', 'shop', 'flags', {spec: {template: {metadata: {annotations}}}});
	await clock.advance(15_000);
	const pod = server.cluster.list('pods', 'shop').find(({metadata}) => metadata.annotations?.[logsAnnotation] === log);
	assert.ok(pod !== undefined);
	return pod;
}

test('a log says the same each time it is read, and its tail is the end of the whole', async () => {
	await using server = await startDemo({story: 'healthy', realTime: false, clock: createFakeClock()});
	const pod = podOf(server, 'web').metadata.name;
	const whole = await linesOf(server, pod, 'container=app&timestamps=true');
	assert.ok(whole.length > 1000, `${whole.length} lines`);
	assert.deepEqual(await linesOf(server, pod, 'container=app&timestamps=true'), whole);
	assert.deepEqual(await linesOf(server, pod, 'container=app&timestamps=true&tailLines=20'), whole.slice(-20));
	assert.deepEqual(await linesOf(server, pod, 'container=app&tailLines=0'), []);
	const times = whole.map(line => line.slice(0, 30));
	assert.deepEqual(times, times.toSorted());
	assert.match(whole[0] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z \S/u);
	const since = whole.at(-50)?.slice(0, 30) ?? '';
	const later = await linesOf(server, pod, `container=app&timestamps=true&sinceTime=${since}`);
	assert.deepEqual(
		later,
		whole.filter(line => line.slice(0, 19) >= since.slice(0, 19)),
		'sinceTime counts in whole seconds',
	);
	const {text} = await ask(server, logPath(pod, 'container=app&limitBytes=100'));
	assert.equal(Buffer.byteLength(text), 100);
	assert.ok(whole[0]?.slice(31).startsWith(text.split('\n')[0] ?? '-'), 'it begins with the oldest line');
});

test('refusals are those of the API server and of the kubelet, word for word', async () => {
	await using server = await startDemo({story: 'oom-eviction', realTime: false, clock: createFakeClock()});
	const web = podOf(server, 'cart').metadata.name;
	const pulling = server.cluster.list('pods', 'shop').find(pod => pod.metadata.annotations?.['demo.k8tui.io/fate'] === 'pull')?.metadata.name ?? '';
	const invalid = `PodLogOptions "${web}" is invalid: `;
	const cases: ReadonlyArray<readonly [string, string, number, string]> = [
		['nope', '', 404, 'pods "nope" not found'],
		[web, '', 400, `a container name must be specified for pod ${web}, choose one of: [app envoy]`],
		[web, 'container=zz', 400, `container zz is not valid for pod ${web}`],
		[web, 'container=app&previous=true', 400, `previous terminated container "app" in pod "${web}" not found`],
		[pulling, 'container=app', 400, `container "app" in pod "${pulling}" is waiting to start: trying and failing to pull image`],
		[pulling, '', 400, `a container name must be specified for pod ${pulling}, choose one of: [app envoy] or one of the init containers: [migrate]`],
		[web, 'container=app&tailLines=x', 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
		[web, 'container=app&tailLines=-1', 422, `${invalid}tailLines: Invalid value: -1: must be greater than or equal to 0`],
		[web, 'container=app&limitBytes=0', 422, `${invalid}limitBytes: Invalid value: 0: must be greater than 0`],
		[web, 'container=app&sinceSeconds=0', 422, `${invalid}sinceSeconds: Invalid value: 0: must be greater than 0`],
		[web, 'container=app&sinceTime=yesterday', 400, 'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"'],
		[
			web,
			'container=app&sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z',
			422,
			`${invalid}[]: Forbidden: at most one of \`sinceTime\` or \`sinceSeconds\` may be specified`,
		],
	];
	for (const [pod, query, status, message] of cases) {
		const answer = await ask(server, logPath(pod, query));
		assert.deepEqual([answer.status, textAt(answer.body, 'message')], [status, message]);
	}
	const denied = await ask(server, logPath(web, 'container=app'), {user: 'nobody'});
	const rule = 'User "nobody" cannot get resource "pods/log" in API group "" in the namespace "shop"';
	assert.deepEqual([denied.status, textAt(denied.body, 'message')], [403, `pods "${web}" is forbidden: ${rule}`]);
});

test('a container that fails tells why in its last words, in the run before as in this one', async () => {
	await using server = await startDemo({story: 'oom-eviction', realTime: false, clock: createFakeClock()});
	const crashing = server.cluster
		.list('pods', 'shop')
		.find(pod => pod.metadata.labels?.['app'] === 'checkout' && pod.metadata.annotations?.['demo.k8tui.io/fate'] !== 'pull');
	const name = crashing?.metadata.name ?? '';
	const last = await linesOf(server, name, 'container=app&previous=true');
	assert.equal(last.at(-1), 'FATAL config: DB_URL is not set');
	assert.deepEqual(await linesOf(server, name, 'container=app'), last, 'while it waits, the log is that of the run that ended');
});

test('a followed log has each line once and in order, through its end', async () => {
	const clock = createFakeClock();
	await using server = await startDemo({story: 'healthy', clock});
	const pod = await withLog(server, clock, 'numbered 50', 'crash 3 40s');
	const stream = await OpenWatch.open(server, logPath(pod.metadata.name, 'container=app&follow=true&timestamps=true'));
	const more = (async () => {
		for (let step = 0; step < 50 && stream.state === 'open'; step += 1) await clock.advance(1000);
	})();
	await stream.end();
	await more;
	assert.equal(stream.state, 'ended');
	assert.equal(stream.raw.at(-1)?.split(' ').slice(1).join(' '), 'exit status 3');
	const said = stream.raw.map(line => line.split(' ').slice(1).join(' ')).filter(line => line.startsWith('line '));
	const wanted = said.map((_, index) => `line ${(index + 1) % 10 === 0 ? index : index + 1}`);
	assert.ok(said.length > 1500, `${said.length} lines`);
	assert.deepEqual(said, wanted);
	await clock.advance(2000);
	const previous = await linesOf(server, pod.metadata.name, 'container=app&previous=true&timestamps=true');
	assert.deepEqual(previous, stream.raw, 'the ended run reads as it was followed');
	const current = await linesOf(server, pod.metadata.name, 'container=app');
	assert.equal(current[0], 'line 1', 'the next run starts anew');
});

test('a followed log ends with its pod, and with its limit of bytes', async () => {
	const clock = createFakeClock();
	await using server = await startDemo({story: 'healthy', clock});
	const pod = await withLog(server, clock, 'numbered 20');
	await using stream = await OpenWatch.open(server, logPath(pod.metadata.name, 'container=app&follow=true&tailLines=1'));
	await using limited = await OpenWatch.open(server, logPath(pod.metadata.name, 'container=app&follow=true&tailLines=1&limitBytes=60'));
	await clock.advance(3000);
	await limited.end();
	assert.ok(limited.raw.length < 8, `${limited.raw.length} lines in 60 bytes`);
	server.cluster.delete('pods', 'shop', pod.metadata.name, 0);
	await clock.advance(1000);
	await stream.end();
	assert.equal(stream.state, 'ended');
});

test("a test's own lines take the place of a log: bytes, long lines, an end without a line break", async () => {
	const clock = createFakeClock();
	await using server = await startDemo({story: 'healthy', realTime: false, clock});
	const pod = podOf(server, 'cart').metadata.name;
	const at = clock.now();
	const container = {namespace: 'shop', pod, container: 'app'};
	server.logs.write(container, [
		{at: at - 2000, nanos: 1, text: 'first'},
		{at: at - 1000, nanos: 2, text: Buffer.from([0xff, 0x00, 0x41])},
		{at: at + 500, nanos: 3, text: 'later', isUnended: true},
	]);
	const before = await fetch(`${server.url}${logPath(pod, 'container=app')}`);
	assert.deepEqual([...Buffer.from(await before.arrayBuffer())], [...Buffer.from('first\n'), 0xff, 0x00, 0x41, 0x0a]);
	await clock.advance(1000);
	assert.equal((await ask(server, logPath(pod, 'container=app&tailLines=1&timestamps=true'))).text, '2026-01-01T00:00:00.500000003Z later');
});

test('faults reach a log as they reach a watch: cut in the middle of a line', async () => {
	const clock = createFakeClock();
	await using server = await startDemo({story: 'healthy', clock});
	const pod = await withLog(server, clock, 'numbered 20');
	using _cut = server.faults.add({fault: {kind: 'reset', afterBytes: 103}, path: /\/log\?/u, nth: 1});
	await using stream = await OpenWatch.open(server, logPath(pod.metadata.name, 'container=app&follow=true'));
	await eventually(
		() => stream.state !== 'open',
		patienceMs,
		() => 'the connection is not cut',
	);
	assert.equal(stream.state, 'broken');
});
