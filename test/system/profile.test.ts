import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {startProfile} from '../../source/system/profile.ts';

test('frames are lines, and a CPU profile lies beside them at the end', async context => {
	const parent = mkdtempSync(join(tmpdir(), 'k8tui-profile-'));
	context.after(() => rmSync(parent, {recursive: true}));
	const folder = join(parent, 'new', 'folder');
	const profile = await startProfile(folder);
	profile.frame({at: 1, renderMs: 2, bytes: 3, columns: 80, rows: 24});
	profile.frame({at: 4, renderMs: 5, bytes: 6, columns: 80, rows: 24});
	await profile.stop();
	const frames = readFileSync(join(folder, 'frames.ndjson'), 'utf8').trim().split('\n');
	assert.deepEqual(
		frames.map(line => (JSON.parse(line) as Readonly<{at: number}>).at),
		[1, 4],
	);
	const {nodes} = JSON.parse(readFileSync(join(folder, 'k8tui.cpuprofile'), 'utf8')) as Readonly<{nodes: readonly unknown[]}>;
	assert.ok(nodes.length > 0);
	assert.equal(statSync(join(folder, 'k8tui.cpuprofile')).mode & 0o077, 0);
});

test('a folder that cannot be made is an error at once', async context => {
	const parent = mkdtempSync(join(tmpdir(), 'k8tui-profile-'));
	context.after(() => rmSync(parent, {recursive: true}));
	writeFileSync(join(parent, 'file'), '');
	await assert.rejects(startProfile(join(parent, 'file', 'folder')), {code: 'ENOTDIR'});
});
