// `npm test [-- options and files]`: compiles to build/ and runs node's test runner there.
//   npm test                                 everything but e2e/ and bench/
//   npm test -- test/core/age.test.ts        these files
//   --e2e  --fuzz  --update-frames           see `npm run`
import {spawnSync} from 'node:child_process';
import {existsSync, globSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: {e2e: {type: 'boolean'}, fuzz: {type: 'boolean'}, 'update-frames': {type: 'boolean'}, 'test-name-pattern': {type: 'string'}},
});

prune();
run([join(root, 'node_modules', 'typescript', 'bin', 'tsc')]);
const pattern = values['test-name-pattern'];
run(['--test', '--enable-source-maps', ...(pattern === undefined ? [] : [`--test-name-pattern=${pattern}`]), ...files()], environment());

/** Compiled files whose source is gone would go on being tested. */
function prune(): void {
	for (const compiled of globSync('build/{source,test,bin}/**/*.{js,js.map}', {cwd: root})) {
		const source = compiled.replace(/^build[\\/]/, '').replace(/\.js(\.map)?$/, '');
		if (!existsSync(join(root, `${source}.ts`)) && !existsSync(join(root, `${source}.tsx`))) rmSync(join(root, compiled));
	}
}

function files(): string[] {
	if (positionals.length > 0) return positionals.map(name => join('build', name.replace(/\.tsx?$/, '.js')));
	const all = globSync('build/test/**/*.test.js', {cwd: root}).sort();
	const inside = (folder: string) => (name: string) => name.split(/[\\/]/).includes(folder);
	if (values.e2e) return all.filter(inside('e2e'));
	if (values.fuzz) return all.filter(inside('fuzz'));
	return all.filter(name => !inside('e2e')(name) && !inside('bench')(name));
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

/** A child of this very node; ends this process where it fails. */
function run(args: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
	const {status} = spawnSync(process.execPath, args, {cwd: root, env, stdio: 'inherit'});
	if (status !== 0) process.exit(status ?? 1);
}
