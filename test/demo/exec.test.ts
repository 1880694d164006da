import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import type {IncomingMessage} from 'node:http';
import {test} from 'node:test';
import {WebSocket} from 'ws';
import {numberAt, parseJson, recordsAt, textAt, type Json} from '../../source/demo/json.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

type Wish = Readonly<{
	pod?: string;
	namespace?: string;
	container?: string;
	stdin?: Buffer;
	tty?: boolean;
	protocols?: readonly string[];
	headers?: Readonly<Record<string, string>>;
	resize?: string;
}>;
type Ran = Readonly<{protocol: string; stdout: Buffer; stderr: Buffer; status: Json}>;

const both = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

function socketTo(server: DemoServer, argv: readonly string[], wish: Wish): WebSocket {
	const query = new URLSearchParams(argv.map(word => ['command', word]));
	query.set('container', wish.container ?? 'app');
	query.set('stdout', 'true');
	query.set(wish.tty === true ? 'tty' : 'stderr', 'true');
	if (wish.stdin !== undefined) query.set('stdin', 'true');
	const pod = wish.pod ?? 'payments-0';
	const url = `${server.url.replace('http', 'ws')}/api/v1/namespaces/${wish.namespace ?? 'shop'}/pods/${pod}/exec?${query.toString()}`;
	return new WebSocket(url, [...(wish.protocols ?? both)], {perMessageDeflate: false, headers: {...wish.headers}});
}

/** Runs a command as a client does, and ends its stdin where the protocol can. */
async function run(server: DemoServer, argv: readonly string[], wish: Wish = {}): Promise<Ran> {
	const socket = socketTo(server, argv, wish);
	const parts = new Map<number, Buffer[]>();
	socket.on('message', (data: Buffer) => parts.set(data[0] ?? -1, [...(parts.get(data[0] ?? -1) ?? []), data.subarray(1)]));
	await once(socket, 'open');
	if (wish.resize !== undefined) socket.send(Buffer.concat([Buffer.from([4]), Buffer.from(wish.resize)]));
	if (wish.stdin !== undefined) {
		for (let start = 0; start < wish.stdin.length; start += 32_768) socket.send(Buffer.concat([Buffer.from([0]), wish.stdin.subarray(start, start + 32_768)]));
		if (socket.protocol === 'v5.channel.k8s.io') socket.send(Buffer.from([255, 0]));
	}
	await once(socket, 'close');
	const of = (channel: number): Buffer => Buffer.concat(parts.get(channel) ?? []);
	return {protocol: socket.protocol, stdout: of(1), stderr: of(2), status: parseJson(of(3).toString('utf8') || 'null')};
}

/** How an upgrade is refused: status and message. */
async function refusal(server: DemoServer, argv: readonly string[], wish: Wish): Promise<readonly [number, string]> {
	const socket = socketTo(server, argv, wish);
	socket.on('error', () => undefined);
	// ws hands the request and the answer to it.
	const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
	const chunks: Buffer[] = [];
	for await (const chunk of answer) chunks.push(Buffer.from(chunk));
	return [answer.statusCode ?? 0, textAt(parseJson(Buffer.concat(chunks).toString('utf8')), 'message')];
}

function exitCode(status: Json): number {
	if (textAt(status, 'status') === 'Success') return 0;
	return Number(textAt(recordsAt(status, 'details', 'causes')[0], 'message'));
}

async function open(): Promise<DemoServer> {
	return await startDemo({story: 'oom-eviction', realTime: false, clock: createFakeClock()});
}

test('exit codes come on the status channel; stdout and stderr apart', async () => {
	await using server = await open();
	for (const code of [0, 1, 7, 137]) assert.equal(exitCode((await run(server, ['sh', '-c', `exit ${code}`])).status), code);
	const ran = await run(server, ['sh', '-c', 'echo out; echo err >&2; exit 3']);
	assert.deepEqual([ran.stdout.toString(), ran.stderr.toString(), exitCode(ran.status), ran.protocol], ['out\n', 'err\n', 3, 'v5.channel.k8s.io']);
	assert.equal(textAt(ran.status, 'reason'), 'NonZeroExitCode');
});

test('64 KiB and 4 MiB go through cat unchanged, and v4 needs a command that knows its end', async () => {
	await using server = await open();
	for (const size of [65_536, 4 * 1024 * 1024]) {
		const bytes = randomBytes(size);
		const ran = await run(server, ['cat'], {stdin: bytes});
		assert.ok(ran.stdout.equals(bytes), `${size} bytes`);
	}
	const bytes = randomBytes(100_000);
	const old = await run(server, ['head', '-c', '100000'], {stdin: bytes, protocols: ['v4.channel.k8s.io']});
	assert.deepEqual([old.protocol, old.stdout.equals(bytes)], ['v4.channel.k8s.io', true]);
	server.settings.execV5 = false;
	assert.equal((await run(server, ['true'])).protocol, 'v4.channel.k8s.io');
});

test('a terminal has a size, one stream and an echo', async () => {
	await using server = await open();
	const size = await run(server, ['sh'], {tty: true, stdin: Buffer.from('stty size\rexit 4\r'), resize: '{"Width":132,"Height":43}'});
	// What is typed ahead is echoed as it comes, before the answers.
	assert.equal(size.stdout.toString(), '/ # stty size\r\nexit 4\r\n43 132\r\n/ # ');
	assert.deepEqual([exitCode(size.status), size.stderr.length], [4, 0]);
	assert.match((await run(server, ['stty', 'size'])).stderr.toString(), /Inappropriate ioctl/u);
});

test('what cannot be run is refused as the API server, the kubelet and the runtime do it', async () => {
	await using server = await open();
	const checkout = server.cluster.list('pods', 'shop').find(({metadata}) => metadata.labels?.['app'] === 'checkout')?.metadata.name ?? '';
	const evicted = server.cluster.list('pods', 'shop').find(pod => textAt(pod, 'status', 'reason') === 'Evicted')?.metadata.name ?? '';
	assert.deepEqual(await refusal(server, ['true'], {pod: 'nope'}), [404, 'pods "nope" not found']);
	assert.deepEqual(await refusal(server, ['true'], {container: 'zz'}), [400, 'container zz is not valid for pod payments-0']);
	assert.deepEqual(await refusal(server, ['true'], {pod: evicted}), [400, 'cannot exec into a container in a completed pod; current phase is Failed']);
	assert.match((await refusal(server, ['true'], {pod: checkout}))[1], /unable to upgrade connection: container not found \("app"\)$/u);
	const rule = 'User "alice" cannot get resource "pods/exec" in API group "" in the namespace "shop"';
	assert.deepEqual(await refusal(server, ['true'], {headers: {'impersonate-user': 'alice'}}), [403, `pods "payments-0" is forbidden: ${rule}`]);
	assert.equal((await refusal(server, ['true'], {protocols: ['v9.channel.k8s.io']}))[0], 400);
	const dns = server.cluster.list('pods', 'kube-system').find(({metadata}) => metadata.labels?.['k8s-app'] === 'kube-dns')?.metadata.name ?? '';
	const bare = await run(server, ['sh'], {namespace: 'kube-system', pod: dns, container: 'coredns'});
	assert.match(textAt(bare.status, 'message'), /exec: "sh": executable file not found in \$PATH/u);
	assert.equal(numberAt(bare.status, 'code'), 500);
});

test('a client that goes ends the command, and the server can be stopped meanwhile', async () => {
	const server = await open();
	const socket = socketTo(server, ['sleep', '3600'], {});
	await once(socket, 'open');
	await server[Symbol.asyncDispose]();
	await once(socket, 'close');
});
