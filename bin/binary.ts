// `npm run binary`: one executable file, out/k8tui, that needs no Node: node's own single executable with our bundle in it.
import {execFileSync} from 'node:child_process';
import {mkdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';
import {bundleOptions, root} from './bundle.ts';

const folder = join(root, 'out');
const output = join(folder, process.platform === 'win32' ? 'k8tui.exe' : 'k8tui');
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
// An embedded module can import node's own modules only, so here everything is in one file.
await build({...bundleOptions(), outfile: 'out/k8tui.mjs', splitting: false});
const configPath = join(folder, 'sea.json');
writeFileSync(
	configPath,
	JSON.stringify({
		main: join(folder, 'k8tui.mjs'),
		mainFormat: 'module',
		output,
		disableExperimentalSEAWarning: true,
		execArgvExtension: 'none',
	}),
);
execFileSync(process.execPath, ['--build-sea', configPath], {stdio: 'inherit'});
const version = execFileSync(output, ['--version'], {encoding: 'utf8'}).trim();
process.stdout.write(`out/k8tui ${version}, ${(statSync(output).size / 1_000_000).toFixed(0)} MB\n`);
