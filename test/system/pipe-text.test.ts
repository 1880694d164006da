import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {keyPressed, pipeText} from '../../source/system/pipe-text.ts';

async function piped(command: string, text: string): Promise<Readonly<{code: number | null; said: string}>> {
	const output = new PassThrough();
	const {code} = await pipeText({command, text, shell: '/bin/sh', output, keyPressed: async () => undefined});
	return {code, said: String(output.read() ?? '')};
}

test('the command gets the text, quotes and pipes are its own', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'k8tui-pipe-'));
	try {
		const {code, said} = await piped(`grep "a b" | cat > "${folder}/out"`, 'a b\nc\na b c\n');
		assert.equal(code, 0);
		assert.match(said, /done: any key/);
		assert.equal(readFileSync(join(folder, 'out'), 'utf8'), 'a b\na b c\n');
	} finally {
		rmSync(folder, {recursive: true});
	}
});

test('one that reads nothing, or fails, is told by its code', async () => {
	assert.equal((await piped('true', 'x'.repeat(1_000_000))).code, 0);
	const {code, said} = await piped('exit 3', '');
	assert.equal(code, 3);
	assert.match(said, /ended with 3/);
});

test('a key ends the waiting', async () => {
	const input = new PassThrough();
	const waiting = keyPressed(input);
	input.write('q');
	await waiting;
	assert.equal(input.isPaused(), true);
});
