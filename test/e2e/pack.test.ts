import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {test} from 'node:test';
import {repositoryRoot} from '../tools/repository.ts';

const {version} = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
const packing = mkdtempSync(join(tmpdir(), 'k8tui-pack-'));
const npmCache = join(packing, 'npm-cache');

test.after(() => rmSync(packing, {recursive: true, force: true}));

function npm(args: readonly string[], cwd: string): string {
	return execFileSync('npm', [...args, '--no-audit', '--no-fund', '--cache', npmCache], {cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
}

/** The installed command, found on PATH as a user's shell finds it, run by the node of this test. */
function installed(args: readonly string[]) {
	const path = [dirname(process.execPath), join(packing, 'elsewhere', 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
	return spawnSync('k8tui', args, {encoding: 'utf8', timeout: 300_000, env: {PATH: path, HOME: packing, TERM: 'xterm'}});
}

test('what npm pack makes installs elsewhere without a network, and runs', () => {
	npm(['pack', '--silent', '--pack-destination', packing], repositoryRoot);
	const tarball = readdirSync(packing).find(name => name.endsWith('.tgz'));
	assert.equal(tarball, `k8tui-${version}.tgz`);
	npm(['install', '--offline', '--prefix', join(packing, 'elsewhere'), join(packing, tarball)], packing);
	const folder = join(packing, 'elsewhere', 'node_modules');
	assert.deepEqual(
		readdirSync(folder).filter(name => !name.startsWith('.')),
		['k8tui'],
		'it brings no dependencies',
	);
	assert.deepEqual(readdirSync(join(folder, 'k8tui')).sort(), ['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'dist', 'package.json']);
	assert.deepEqual(readdirSync(join(folder, 'k8tui', 'bin')), ['k8tui.js']);
	assert.equal(installed(['--version']).stdout, `k8tui ${version}\n`);
});

test('the installed program lists the pods of the demo', () => {
	const {status, stdout, stderr} = installed(['pods', '-A', '--demo', '-o', 'text']);
	assert.deepEqual([status, stderr], [0, '']);
	assert.match(stdout, /^NAMESPACE +NAME +READY +STATUS +RESTARTS +AGE\n/);
	assert.ok(stdout.split('\n').length > 10, stdout);
});

test('no file of the package names this machine', () => {
	const folder = join(packing, 'elsewhere', 'node_modules', 'k8tui', 'dist');
	const wrong = readdirSync(folder).filter(name => readFileSync(join(folder, name), 'utf8').includes(repositoryRoot));
	assert.deepEqual(wrong, []);
});
