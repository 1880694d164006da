import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {writeCopyFile} from '../../source/system/copy-file.ts';

test('the text is in a file that only its owner reads, and no file is written twice', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'k8tui-copy-'));
	try {
		const now = Date.UTC(2026, 0, 2, 3, 4, 5);
		const first = await writeCopyFile(folder, 'one', now);
		const second = await writeCopyFile(folder, 'two', now);
		assert.equal(first, join(folder, 'copied', '2026-01-02T030405Z.txt'));
		assert.equal(second, join(folder, 'copied', '2026-01-02T030405Z-2.txt'));
		assert.equal(readFileSync(first, 'utf8') + readFileSync(second, 'utf8'), 'onetwo');
		if (process.platform !== 'win32') assert.equal(statSync(first).mode & 0o777, 0o600);
	} finally {
		rmSync(folder, {recursive: true});
	}
});
