import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {pipeText} from '../../source/system/pipe-text.ts';

async function piped(command: string, text: string): Promise<Readonly<{code: number | null; said: string}>> {
	const [input, output] = [new PassThrough(), new PassThrough()];
	let said = '';
	output.on('data', (chunk: Buffer) => {
		said += chunk.toString();
		// Only now is a key waited for.
		setImmediate(() => input.write('q'));
	});
	const {code} = await pipeText({command, text, shell: '/bin/sh', input, output});
	return {code, said};
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
