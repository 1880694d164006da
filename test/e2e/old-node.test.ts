import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {test} from 'node:test';
import {repositoryRoot} from '../tools/repository.ts';

/** The machine's own Node, where it is too old for the program: npm puts the project's before it. */
const oldNode = (process.env['PATH'] ?? '')
	.split(delimiter)
	.map(folder => join(folder, 'node'))
	.find(path => existsSync(path) && Number(/^v(\d+)/.exec(execFileSync(path, ['--version'], {encoding: 'utf8'}))?.[1]) < 22);

test('started by a Node that is too old, the program says so in one sentence', {
	skip: oldNode === undefined && 'this machine has no Node older than 22',
}, () => {
	const {status, stdout, stderr} = spawnSync(oldNode ?? '', [join(repositoryRoot, 'bin', 'k8tui.js')], {encoding: 'utf8'});
	assert.equal(status, 2);
	assert.equal(stdout, '');
	assert.match(stderr, /^k8tui needs Node 22\.19 or newer, and this is Node \d+\.\d+\.\d+: [^\n]*\n$/);
});
