import assert from 'node:assert/strict';
import {test} from 'node:test';
import {batchCommands, readBatch} from '../../source/core/net/probe/shell-batch.ts';
import {discoveryArgv, readDiscovery} from '../../source/core/net/probe/tools.ts';
import {recordsAt} from '../../source/demo/json.ts';
import {startDemo} from '../../source/demo/server.ts';
import {containerMachine} from '../../source/demo/shell/container-machine.ts';
import {Shell} from '../../source/demo/shell/interpreter.ts';
import {inputOf, Kept} from '../../source/demo/shell/streams.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

type Said = Readonly<{out: string; errors: string; status: number}>;
type Run = (argv: readonly string[], input?: string) => Promise<Said>;

async function withShell(use: (run: Run) => Promise<void>): Promise<void> {
	await using server = await startDemo({story: 'healthy', realTime: false, clock: createFakeClock()});
	const pod = server.cluster.get('pods', 'shop', 'payments-0');
	const [container] = recordsAt(pod, 'spec', 'containers');
	assert.ok(pod !== undefined && container !== undefined);
	const machine = containerMachine({cluster: server.cluster, pod, container, signal: new AbortController().signal, terminal: () => undefined});
	await use(async (argv, input = '') => {
		const [out, errors] = [new Kept(), new Kept()];
		const outputs = new Map([
			[1, out.write],
			[2, errors.write],
		]);
		const status = await new Shell(machine, 'sh', []).runWords(argv, {input: inputOf(Buffer.from(input)), outputs});
		return {out: out.bytes.toString('utf8'), errors: errors.bytes.toString('utf8'), status};
	});
}

// What busybox' ash prints for each of them.
const scripts: ReadonlyArray<readonly [script: string, out: string, status?: number]> = [
	['echo a  "b  c" \'$d\' \\$e', 'a b  c $d $e\n'],
	['x=1; y="$x 2"; echo $y "$' + '{z:-none}" $' + '{x}3', '1 2 none 13\n'],
	['false || echo or; true && echo and; false && echo never; ! false && echo not', 'or\nand\nnot\n'],
	['f(){ echo "$1-$#"; shift; echo "$@"; return_value=3; }; f a b c; echo $return_value', 'a-3\nb c\n3\n'],
	['for i in a b "c d"; do echo "<$i>"; done', '<a>\n<b>\n<c d>\n'],
	['n=3; while [ $n -gt 0 ]; do echo $n; n=$((n-1)); done', '3\n2\n1\n'],
	['if [ -r /etc/hostname ]; then echo yes; elif true; then echo no; else echo never; fi', 'yes\n'],
	['printf "%s:%s\\n" a b c d', 'a:b\nc:d\n'],
	['echo one two | { read a b; echo "$b $a"; }', 'two one\n'],
	['printf "a\\nb\\nc" | while IFS= read -r l || [ -n "$l" ]; do echo "[$l]"; done', '[a]\n[b]\n[c]\n'],
	['o=$(echo inner; exit 5); echo "$o $?"', 'inner 5\n'],
	['{ echo out; echo err >&2; } 2>&1 | wc -l', '2\n'],
	['{ { echo hidden; echo "code $?" >&3; } | wc -c; } 3>&1', 'code 0\n7\n'],
	['v=HOME; eval "echo \\$$v"', '/\n'],
	['command -v cat; command -v nosuch; echo $?', '/bin/cat\n127\n'],
	['(x=5; echo $x); echo "[$x]"', '5\n[]\n'],
	['echo $((2+3*4)) $((10/3)) $((7%4))', '14 3 3\n'],
	['for f in /sys/class/net/*/mtu; do echo $f; done', '/sys/class/net/eth0/mtu\n/sys/class/net/lo/mtu\n'],
	['echo a >/dev/null; echo b # a remark\nwait; echo c', 'b\nc\n'],
	['exit 9; echo never', '', 9],
	['nosuch', '', 127],
	['timeout 1 nc -w 3 10.96.0.99 80', '', 143],
];

test('scripts do what they do in busybox', async () => {
	await withShell(async run => {
		for (const [script, out, status = 0] of scripts) {
			const said = await run(['sh', '-c', script]);
			assert.deepEqual([said.out, said.status], [out, status], script);
		}
	});
});

test('what cannot be read, opened or found is said as busybox says it', async () => {
	await withShell(async run => {
		assert.deepEqual(await run(['sh', '-c', 'if true; then']), {out: '', errors: 'sh: syntax error: unexpected end of file (expecting "fi")\n', status: 2});
		assert.equal((await run(['sh', '-c', 'nosuch'])).errors, 'sh: nosuch: not found\n');
		assert.deepEqual(await run(['cat', '/nope']), {out: '', errors: "cat: can't open '/nope': No such file or directory\n", status: 1});
		assert.match((await run(['sh', '-c', 'echo a >/tmp/x'])).errors, /Read-only file system/u);
		assert.equal((await run(['cat'], 'from stdin')).out, 'from stdin');
	});
});

test("the program's own scripts run in it: tools are found, a batch is answered whole", async () => {
	await withShell(async run => {
		const tools = readDiscovery((await run(discoveryArgv('k8t1'))).out, 'k8t1');
		assert.deepEqual(
			[tools?.nslookup, tools?.nc, tools?.wget, tools?.timeout, tools?.runtime, tools?.has.has('dig')],
			['busybox', 'busybox', 'busybox', 'plain', undefined, true],
		);
		const lines = [
			{id: 1, words: ['nslookup', '-timeout=2', '-retry=1', '-type=a', 'kubernetes.default.svc.cluster.local.', '10.96.0.10'], times: 3},
			{id: 2, words: ['timeout', '5', 'nc', '-w', '3', '10.96.0.99', '80'], times: 1},
			{id: 3, words: ['f', '/etc/resolv.conf', '/sys/class/net/*/mtu'], times: 1},
			{id: 4, words: ['dig', '+tries=1', '+time=2', '@10.96.0.10', 'nope.shop.svc.cluster.local.', 'A'], times: 1},
		];
		const texts: string[] = [];
		for (const argv of batchCommands(lines, 'k8t2', 'sh')) texts.push((await run(argv)).out);
		const {outputs, isWhole} = readBatch(texts.join('\n'), 'k8t2');
		assert.ok(isWhole, texts.join('\n'));
		assert.equal(outputs.get(1)?.length, 3);
		assert.match(outputs.get(1)?.[0]?.text ?? '', /Address: 10\.96\.0\.1$/u);
		const [silent] = outputs.get(2) ?? [];
		assert.deepEqual([silent?.text, silent?.exitCode, silent?.ms], ['nc: timed out', 1, 3000]);
		assert.match(outputs.get(3)?.[0]?.text ?? '', /\/etc\/resolv\.conf nameserver 10\.96\.0\.10\n(?:.*\n)*.*\/sys\/class\/net\/eth0\/mtu 1450/u);
		assert.match(outputs.get(4)?.[0]?.text ?? '', /status: NXDOMAIN/u);
		assert.equal(outputs.get(4)?.[0]?.exitCode, 0);
	});
});
