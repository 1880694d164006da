// `npm run dev [-- arguments]`: rebuilds on every change and starts the demo anew. Ends when the program is quit.
import {type ChildProcess, spawn} from 'node:child_process';
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {context} from 'esbuild';
import {bundleOptions, root} from './bundle.ts';

const given = process.argv.slice(2);
const programArguments = given.length > 0 ? given : ['--demo'];
let child: ChildProcess | undefined;

rmSync(join(root, 'dist'), {recursive: true, force: true});
const options = bundleOptions();
const watching = await context({
	...options,
	minify: false,
	sourcemap: 'inline',
	outdir: 'dist',
	splitting: true,
	plugins: [...(options.plugins ?? []), {name: 'restart', setup: ({onEnd}) => onEnd(({errors}) => (errors.length === 0 ? restart() : undefined))}],
});
await watching.watch();

async function restart(): Promise<void> {
	const old = child;
	child = undefined;
	if (old !== undefined && old.exitCode === null) {
		const ended = new Promise(resolve => old.once('exit', resolve));
		old.kill('SIGTERM');
		await ended;
	}
	const next = spawn(process.execPath, ['--enable-source-maps', join(root, 'bin', 'k8tui.js'), ...programArguments], {stdio: 'inherit'});
	child = next;
	next.once('exit', code => {
		if (child === next) void watching.dispose().then(() => process.exit(code ?? 0));
	});
}
