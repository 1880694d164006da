import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {flags} from '../source/core/flags.ts';
import {helpText} from '../source/help-text.ts';
import {repositoryRoot} from './tools/repository.ts';

/** The entry beside this test: as written, or as compiled. */
const entry = join(import.meta.dirname, '..', 'source', import.meta.filename.endsWith('.ts') ? 'cli.ts' : 'cli.js');

function run(...args: readonly string[]) {
	const {status, stdout, stderr} = spawnSync(process.execPath, [entry, ...args], {encoding: 'utf8', env: {PATH: process.env['PATH'], HOME: '/nonexistent'}});
	return {code: status, out: stdout, errors: stderr};
}

test('--version is that of package.json', () => {
	const {version} = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as Readonly<{version: string}>;
	assert.deepEqual(run('--version'), {code: 0, out: `k8tui ${version}\n`, errors: ''});
});

test('--help is the help text', () => {
	assert.deepEqual(run('pods', '-h'), {code: 0, out: helpText, errors: ''});
});

test('the help names every flag, no other, in 80 columns', () => {
	const named = new Set([...helpText.matchAll(/--([a-z][a-z-]*)/g)].map(match => match[1]));
	assert.deepEqual([...named].toSorted(), flags.map(flag => flag.name).toSorted());
	for (const flag of flags) if (flag.letter !== undefined) assert.match(helpText, new RegExp(`-${flag.letter}\\b`), flag.name);
	for (const line of helpText.split('\n')) assert.ok(line.length <= 80, line);
});

test('the help promises nothing that is not there yet', () => {
	assert.doesNotMatch(helpText, /\b(diagnose|tree|rbac|forwards|doctor|completion|svg|cast)\b/);
});

test('what cannot be understood is one sentence on stderr and code 2', () => {
	assert.deepEqual(run('--namepace', 'x'), {code: 2, out: '', errors: 'There is no flag --namepace. Did you mean --namespace?\n'});
	assert.deepEqual(run(), {
		code: 2,
		out: '',
		errors: 'There is no terminal to draw on. Name a kind to print it once, such as k8tui pods, or run k8tui --check.\n',
	});
});

test('a reader that goes away ends it quietly', async () => {
	const child = spawn(process.execPath, [entry, '--help'], {stdio: ['ignore', 'pipe', 'pipe']});
	child.stdout.destroy();
	let errors = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
	});
	const code = await new Promise(resolve => child.on('close', resolve));
	assert.deepEqual({code, errors}, {code: 0, errors: ''});
});
