import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {batchCommands, readBatch} from '../../../../source/core/net/probe/shell-batch.ts';

const run = (argv: readonly string[]) => spawnSync(argv[0] ?? 'sh', argv.slice(1), {encoding: 'utf8', env: {PATH: '/usr/bin:/bin', HTTP_PROXY: 'x'}}).stdout;
const line = (id: number, words: readonly string[], times = 1) => ({id, words, times});

for (const shell of ['sh', 'bash'] as const) {
	test(`a batch in ${shell}: outputs, exit codes, repeats, files and variables`, () => {
		const [argv, ...more] = batchCommands(
			[
				line(1, ['f', '/etc/hostname', '/nonexistent']),
				line(2, ['e', 'HTTP_PROXY', 'NO_PROXY']),
				line(3, ['printf', 'a'], 9),
				line(4, ['nosuchtool']),
				line(5, ['sh', '/no-such-script']),
				line(6, ['yes']),
			],
			'k1',
			shell,
		);
		assert.ok(argv);
		assert.equal(more.length, 0);
		const {outputs, isWhole} = readBatch(run(argv), 'k1');
		assert.ok(isWhole);
		assert.match(outputs.get(1)?.[0]?.text ?? '', /^\/etc\/hostname /);
		assert.equal(outputs.get(2)?.[0]?.text, 'HTTP_PROXY');
		assert.deepEqual(
			outputs.get(3)?.map(({text, exitCode}) => [text, exitCode]),
			Array.from({length: 9}, () => ['a', 0]),
		);
		assert.equal(outputs.get(4)?.[0]?.exitCode, 127);
		assert.ok((outputs.get(5)?.[0]?.exitCode ?? 0) > 0);
		// Output without end is cut in the container, and counts as nothing.
		assert.equal(outputs.get(6), undefined);
	});
}

test('what is counted is counted whole: g tells the bytes and the exit code apart', () => {
	const [argv = []] = batchCommands([line(1, ['g', 'head', '-c', '30000', '/dev/zero']), line(2, ['g', 'nosuchtool'])], 'k1', 'sh');
	const {outputs} = readBatch(run(argv), 'k1');
	assert.match(outputs.get(1)?.[0]?.text ?? '', /^code 0\n\s*30000$/);
	assert.match(outputs.get(2)?.[0]?.text ?? '', /code 127\n\s*0$/);
});

test('many lines go in several commands, none longer than a URL may be', () => {
	const words = ['nslookup', '-timeout=2', 'a-name-of-some-length.of-a-namespace.svc.cluster.local.', '10.96.0.10'];
	const commands = batchCommands(
		Array.from({length: 100}, (_, id) => line(id, words)),
		'k1',
		'bash',
	);
	assert.ok(commands.length > 1);
	for (const argv of commands) assert.ok(new URLSearchParams(argv.map(word => ['command', word])).toString().length < 8_000);
	assert.equal(commands.flatMap(argv => (argv[2] ?? '').match(/^q \d+ nslookup/gm) ?? []).length, 100);
});

test('a word that a shell would read is a bug of ours, never sent', () => {
	for (const word of ['$(id)', '`id`', 'a;b', 'a b', "a'b", 'a"b', 'a\nb', 'a|b', '>x', '', 'é', '~']) {
		assert.throws(() => batchCommands([line(1, ['echo', word])], 'k1', 'sh'), /not a word/, word);
	}
});

test('a setting of the kernel is read whole: it gives nothing to a second read', {
	skip: !existsSync('/proc/sys/kernel/pid_max') && 'there is no /proc/sys here',
}, () => {
	const file = '/proc/sys/kernel/pid_max';
	const whole = readFileSync(file, 'utf8').trim();
	for (const shell of ['sh', 'bash'] as const) {
		const [argv = []] = batchCommands([line(1, ['f', file, '/proc/sys/kernel/ostype'])], 'k1', shell);
		assert.equal(readBatch(run(argv), 'k1').outputs.get(1)?.[0]?.text, `${file} ${whole}\n/proc/sys/kernel/ostype Linux`);
	}
});

test('marks that the container made up, cut or left out gain nothing', () => {
	const good = 'k1 1 begin 5.00\nk1 1 | answer\nk1 1 rc 0\nk1 1 end 5.03';
	assert.deepEqual(readBatch(good, 'k1').outputs.get(1), [{text: 'answer', exitCode: 0, ms: 30}]);
	const bad = [
		'k0 1 begin 1\nk0 1 | answer\nk0 1 rc 0\nk0 1 end 1',
		'k1 1 begin 1\nk1 1 | answer\nrc 0\nk1 1 end 1',
		'k1 1 begin 1\nk1 1 | k1 1 rc 0\nk1 1 end 1',
		'k1 1 begin 1\nk1 1 | answer\nk1 2 rc 0\nk1 1 end 1',
		'k1 1 begin 1\nk1 1 | answer\nk1 1 rc zero\nk1 1 end 1',
		'k1 1 begin 1\nk1 1 | answer\nk1 1 rc 0',
		`k1 1 begin 1\nk1 1 | ${'x'.repeat(2_500)}\nk1 1 rc 0\nk1 1 end 1`,
		'k1 x begin 1\nk1 x | answer\nk1 x rc 0\nk1 x end 1',
	];
	for (const text of bad) assert.equal(readBatch(text, 'k1').outputs.size, 0, text);
	assert.equal(readBatch(good, 'k1').isWhole, false);
	assert.equal(readBatch(`${good}\nk1 done`, 'k1').isWhole, true);
});

test('outputs of two commands may mix line by line', () => {
	const text = 'k1 1 begin 1\nk1 2.1 begin 1\nk1 1 | a\nk1 2.1 rc 3\nk1 1 | b\nk1 2.1 | c\nk1 1 rc 0\nk1 2.1 end 2\nk1 1 end 2';
	const {outputs} = readBatch(text, 'k1');
	assert.deepEqual(outputs.get(1), [{text: 'a\nb', exitCode: 0, ms: 1_000}]);
	assert.deepEqual(outputs.get(2), [{text: 'c', exitCode: 3, ms: 1_000}]);
});
