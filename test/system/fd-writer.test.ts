import assert from 'node:assert/strict';
import {closeSync, mkdtempSync, openSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {fdWriter} from '../../source/system/fd-writer.ts';

test('whole chunks are written, waiting or not', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'k8tui-fd-'));
	const fd = openSync(join(folder, 'out'), 'w');
	try {
		const writer = fdWriter(fd);
		await new Promise<void>((resolve, reject) => writer.write(Buffer.from('first '), error => (error ? reject(error) : resolve())));
		writer.writeNow(Buffer.from('second'));
		assert.equal(readFileSync(join(folder, 'out'), 'utf8'), 'first second');
	} finally {
		closeSync(fd);
		rmSync(folder, {recursive: true});
	}
});

test('what the system says comes back', async () => {
	const writer = fdWriter(987_654);
	const error = await new Promise<Error | undefined>(resolve => writer.write(Buffer.from('x'), resolve));
	assert.match(error?.message ?? '', /EBADF/);
	assert.throws(() => writer.writeNow(Buffer.from('x')), /EBADF/);
});
