import assert from 'node:assert/strict';
import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {createSocket} from 'node:dgram';
import {createServer} from 'node:http';
import {once} from 'node:events';
import {type AddressInfo, createServer as createTcpServer} from 'node:net';
import {text} from 'node:stream/consumers';
import {test} from 'node:test';
import {programCommands, readProgram} from '../../../../source/core/net/probe/program-batch.ts';

/** A DNS server that answers by its rcode; `elsewhere` answers from another address. */
async function dnsServer(rcode: number, elsewhere = false): Promise<Readonly<{port: number; close(): void}>> {
	const socket = createSocket('udp4');
	const other = createSocket('udp4').bind(0, '127.0.0.2');
	socket.on('message', (query, from) => {
		const answer = Buffer.concat([query, Buffer.from(rcode === 0 ? [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4, 10, 96, 0, 1] : [])]);
		answer[2] = 0x84;
		answer[3] = rcode;
		answer[7] = rcode === 0 ? 1 : 0;
		(elsewhere ? other : socket).send(answer, from.port, from.address);
	});
	await Promise.all([once(socket.bind(0, '127.0.0.1'), 'listening'), once(other, 'listening')]);
	return {
		port: socket.address().port,
		close() {
			socket.close();
			other.close();
		},
	};
}

async function answersOf(runtime: 'python3' | 'node', lines: ReadonlyArray<readonly [words: string, times?: number]>) {
	const commands = programCommands(
		lines.map(([words, times = 1], index) => ({id: index + 1, words: words.split(' '), times})),
		'k1',
		runtime,
	);
	const texts = await Promise.all(
		commands.map(([, ...rest]) => {
			const child: ChildProcess = spawn(runtime === 'node' ? process.execPath : runtime, rest, {
				stdio: ['ignore', 'pipe', 'inherit'],
				env: {...process.env, HTTP_PROXY: 'x'},
			});
			assert.ok(child.stdout);
			return text(child.stdout);
		}),
	);
	return readProgram(texts.join(''), 'k1');
}

for (const runtime of ['python3', 'node'] as const) {
	const isThere = runtime === 'node' || spawnSync('python3', ['--version']).status === 0;
	test(`our own program in ${runtime} asks and tells what it saw`, {skip: !isThere && 'there is no python3 here'}, async () => {
		const servers = await Promise.all([dnsServer(0), dnsServer(3), dnsServer(0, true)]);
		const [good, missing, wrong] = servers.map(({port}) => port);
		const web = createServer((_request, response) => response.end('x'.repeat(20_000))).listen(0, '127.0.0.1');
		const closed = createTcpServer().listen(0, '127.0.0.1');
		await Promise.all([once(web, 'listening'), once(closed, 'listening')]);
		// Listening servers have an address of this shape.
		const [webPort, closedPort] = [web, closed].map(server => (server.address() as AddressInfo).port);
		closed.close();
		const name = 'kubernetes.default.svc.cluster.local.';
		const {answers, isWhole} = await answersOf(runtime, [
			[`dns udp 127.0.0.1 ${good} ${name}`],
			[`dns udp 127.0.0.1 ${missing} ${name}`],
			[`dns udp 127.0.0.1 ${wrong} ${name}`, 40],
			[`dns udp 127.0.0.1 ${closedPort} ${name}`],
			[`tcp 127.0.0.1 ${webPort}`],
			[`tcp 127.0.0.1 ${closedPort}`],
			[`get 127.0.0.1 ${webPort} /metrics example`],
			['env HTTP_PROXY NO_PROXY'],
			['libc localhost'],
			['file /etc/hostname /nonexistent'],
		]);
		web.close();
		for (const server of servers) server.close();
		assert.ok(isWhole);
		const first = (id: number) => answers.get(id)?.[0];
		assert.deepEqual([first(1)?.get('rc'), first(1)?.get('src'), first(1)?.get('v')], ['0', '127.0.0.1', '10.96.0.1']);
		assert.equal(first(2)?.get('rc'), '3');
		assert.equal(first(3)?.get('src'), '127.0.0.2');
		// The first failure that says who answered ends the asking; only those already under way come through.
		assert.ok((answers.get(3)?.length ?? 0) < 40);
		assert.match(first(4)?.get('err') ?? '', /refused/i);
		assert.equal(first(5)?.get('open'), '1');
		assert.match(first(6)?.get('err') ?? '', /refused/i);
		assert.deepEqual([first(7)?.get('status'), first(7)?.get('bytes')], ['200', '20000']);
		assert.equal(first(8)?.get('text'), 'HTTP_PROXY');
		assert.equal(first(9)?.get('v'), '127.0.0.1');
		assert.match(decodeURIComponent(first(10)?.get('text') ?? ''), /^\/etc\/hostname \S+$/);
	});
}

test('questions are words, and a command line stays short', () => {
	assert.throws(() => programCommands([{id: 1, words: ['dns', 'a b'], times: 1}], 'k1', 'node'), /not a word/);
	const many = Array.from({length: 60}, (_, id) => ({id, words: ['dns', 'udp', '10.96.0.10', '53', 'kubernetes.default.svc.cluster.local.'], times: 20}));
	for (const runtime of ['python3', 'node'] as const)
		for (const argv of programCommands(many, 'k1', runtime)) assert.ok(new URLSearchParams(argv.map(word => ['command', word])).toString().length < 9_500);
});

test('lines that are not of this run do not count', () => {
	const {answers, isWhole} = readProgram('k0 1 rc=0\nK8TUI dns rc=0 an=1 src=10.96.0.10 ms=3\nk1 x rc=0\nk1 2 rc=0 an=1\nk1 done', 'k1');
	assert.deepEqual([...answers.keys()], [2]);
	assert.ok(isWhole);
});
