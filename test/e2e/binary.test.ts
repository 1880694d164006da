import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {copyFileSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {repositoryRoot} from '../tools/repository.ts';
import {runInPty} from '../tools/run-in-pty.ts';

const {version} = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'k8tui-binary-'));
const binary = join(folder, process.platform === 'win32' ? 'k8tui.exe' : 'k8tui');

test.before(() => {
	execFileSync(process.execPath, [join(repositoryRoot, 'bin', 'binary.ts')], {cwd: repositoryRoot, stdio: 'pipe'});
	copyFileSync(join(repositoryRoot, 'out', 'k8tui'), binary);
});
test.after(() => rmSync(folder, {recursive: true, force: true}));

test('the one file runs where there is no Node and no checkout', () => {
	const {stdout, stderr, status} = spawnSync(binary, ['--version'], {encoding: 'utf8', cwd: folder, env: {PATH: '/nowhere', HOME: folder}});
	assert.deepEqual([status, stdout, stderr], [0, `k8tui ${version}\n`, '']);
});

test('the one file draws the full screen and reads a cluster', {timeout: 300_000}, async () => {
	await using session = runInPty([binary, '--demo', 'pods', '-A'], {columns: 100, rows: 30, cwd: folder, env: {HOME: folder, PATH: '/nowhere'}});
	await session.waitFor(/DEMO/);
	await session.waitFor(/Running/);
	session.press(':quit<enter>');
	assert.equal((await session.exited).code, 0);
	assert.equal(session.screen.isAlternate, false);
});
