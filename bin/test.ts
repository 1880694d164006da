// `npm test [-- options and files]`: compiles to build/ and runs node's test runner there.
//   npm test                                 everything but e2e/ and bench/
//   npm test -- test/core/age.test.ts        these files
//   --e2e  --fuzz  --update-frames           see `npm run`
//
// Files that fail in a whole run are run once more, one after the other: a busy machine may tear a test that drives real
// processes, and that is said at the end. What fails twice is broken.
import {spawnSync} from 'node:child_process';
import {existsSync, globSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: {e2e: {type: 'boolean'}, fuzz: {type: 'boolean'}, 'update-frames': {type: 'boolean'}, 'test-name-pattern': {type: 'string'}},
});

/** So many files do not fail by chance. */
const mostByChance = 5;
/** Longer than any test gives itself. */
const stuckMs = 900_000;

prune();
const compiled = node([join(root, 'node_modules', 'typescript', 'bin', 'tsc')]);
process.exitCode = compiled === 0 ? runTests() : compiled;

/** Returns the exit code. */
function runTests(): number {
	const pattern = values['test-name-pattern'];
	const options = ['--test', '--enable-source-maps', `--test-timeout=${stuckMs}`, ...(pattern === undefined ? [] : [`--test-name-pattern=${pattern}`])];
	// Of the end-to-end tests some build the program that others run.
	const oneByOne = ['--test-concurrency=1'];
	const pace = values.e2e ? oneByOne : [];
	const env = environment();
	const isWhole = positionals.length === 0 && pattern === undefined && !values.fuzz && !values['update-frames'];
	if (!isWhole) return node([...options, ...pace, ...files()], env);
	const folder = mkdtempSync(join(tmpdir(), 'k8tui-test-'));
	try {
		const list = join(folder, 'failed');
		const toScreen = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
		const toList = [`--test-reporter=${join(root, 'bin', 'failed-files.ts')}`, `--test-reporter-destination=${list}`];
		const status = node([...options, ...pace, ...toScreen, ...toList, ...files()], env);
		const failed = status === 0 ? [] : linesOf(list).map(built);
		if (failed.length === 0 || failed.length > mostByChance) return status;
		process.stdout.write(`\n== failed, run once more by themselves: ${failed.join(' ')}\n`);
		const again = node([...options, ...oneByOne, ...failed], env);
		if (again === 0) process.stdout.write(`\n== passed, but only when run once more (their errors are above): ${failed.join(' ')}\n`);
		return again;
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

function linesOf(path: string): readonly string[] {
	return existsSync(path)
		? readFileSync(path, 'utf8')
				.split('\n')
				.filter(line => line !== '')
		: [];
}

/** Compiled files whose source is gone would go on being tested. */
function prune(): void {
	for (const compiled of globSync('build/{source,test,bin}/**/*.{js,js.map}', {cwd: root})) {
		const source = compiled.replace(/^build[\\/]/, '').replace(/\.js(\.map)?$/, '');
		if (!existsSync(join(root, `${source}.ts`)) && !existsSync(join(root, `${source}.tsx`))) rmSync(join(root, compiled));
	}
}

function files(): string[] {
	if (positionals.length > 0) return positionals.map(built);
	const all = globSync('build/test/**/*.test.js', {cwd: root}).sort();
	const inside = (folder: string) => (name: string) => name.split(/[\\/]/).includes(folder);
	if (values.e2e) return all.filter(inside('e2e'));
	if (values.fuzz) return all.filter(inside('fuzz'));
	return all.filter(name => !inside('e2e')(name) && !inside('bench')(name));
}

/** The compiled file of `test/x.test.ts`. */
function built(name: string): string {
	return name.startsWith('build') ? name : join('build', name.replace(/\.tsx?$/, '.js'));
}

function environment(): NodeJS.ProcessEnv {
	const seed = Math.floor(Math.random() * 2 ** 31);
	if (values.fuzz) process.stdout.write(`FUZZ_SEED=${process.env['FUZZ_SEED'] ?? seed}\n`);
	return {
		...process.env,
		...(values.fuzz ? {FUZZ_FACTOR: process.env['FUZZ_FACTOR'] ?? '50', FUZZ_SEED: process.env['FUZZ_SEED'] ?? String(seed)} : {}),
		...(values['update-frames'] ? {UPDATE_FRAMES: '1'} : {}),
	};
}

/** A child of this very node; returns its exit code. */
function node(args: readonly string[], env: NodeJS.ProcessEnv = process.env): number {
	return spawnSync(process.execPath, args, {cwd: root, env, stdio: 'inherit'}).status ?? 1;
}
