import assert from 'node:assert/strict';
import {chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {saveFile} from '../../source/system/save-file.ts';

test('a file is written whole, readable by its owner alone, and never replaced unasked', async () => {
	const home = mkdtempSync(join(tmpdir(), 'k8tui-save-'));
	try {
		const content = [...Array.from({length: 10_000}, (_none, line) => `line ${line}\n`), new Uint8Array([0xff, 0x0a])];
		const path = join(home, 'x.log');
		assert.deepEqual(await saveFile({path: '~/x.log', home, content, replace: false}), {saved: true, path});
		const bytes = readFileSync(path);
		assert.equal(bytes.at(-2), 0xff);
		assert.equal(bytes.toString('latin1').split('\n').length, 10_002);
		if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
		assert.deepEqual(await saveFile({path, home, content: ['other'], replace: false}), {saved: false, path});
		assert.equal(readFileSync(path).length, bytes.length);
		chmodSync(path, 0o644);
		assert.deepEqual(await saveFile({path, home, content: ['other'], replace: true}), {saved: true, path});
		assert.equal(readFileSync(path, 'utf8'), 'other');
		if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
		await assert.rejects(saveFile({path: join(home, 'none', 'x'), home, content: [], replace: false}), /ENOENT/);
		const own = join(home, 'state', 'exports');
		assert.deepEqual(await saveFile({path: join(own, 'x.md'), home, content: ['x'], replace: false, ownFolder: own}), {saved: true, path: join(own, 'x.md')});
		if (process.platform !== 'win32') assert.equal(statSync(own).mode & 0o777, 0o700);
		await assert.rejects(saveFile({path: join(home, 'none', 'x'), home, content: [], replace: false, ownFolder: own}), /ENOENT/, 'no other folder is made');
		writeFileSync(join(home, 'dir'), '');
		await assert.rejects(saveFile({path: join(home, 'dir', 'x'), home, content: [], replace: true}));
	} finally {
		rmSync(home, {recursive: true});
	}
});
