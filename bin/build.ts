// `npm run build`: source/ and all libraries, as one minified program in chunks, to dist/. Prints what it weighs.
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {build, type Metafile} from 'esbuild';
import {bundleOptions, root} from './bundle.ts';

// Written only when all of it is there: a mistake in the source leaves the last program in place. It has been printed by then.
const built = await build({...bundleOptions(), outdir: 'dist', splitting: true, chunkNames: 'chunk-[hash]', write: false}).catch(() => process.exit(1));
rmSync(join(root, 'dist'), {recursive: true, force: true});
mkdirSync(join(root, 'dist'));
for (const {path, contents} of built.outputFiles ?? []) writeFileSync(path, contents);
// `npm start` builds first and wants to hear nothing of it.
if (built.metafile !== undefined && process.env['npm_config_loglevel'] !== 'silent') process.stdout.write(report(built.metafile));

/** One line a file over 10 kB, then the sum and what the entry loads at once. */
function report({outputs}: Metafile): string {
	const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1).padStart(9)} kB`;
	const files = Object.entries(outputs).sort(([, a], [, b]) => b.bytes - a.bytes);
	const lines = files.filter(([, {bytes}]) => bytes > 10_000).map(([name, {bytes}]) => `${kilobytes(bytes)}  ${name}`);
	const total = files.reduce((sum, [, {bytes}]) => sum + bytes, 0);
	return `${lines.join('\n')}\n${kilobytes(total)}  in ${files.length} files; ${kilobytes(entryBytes(outputs)).trim()} at start\n`;
}

/** What is loaded before anything runs: the entry and its static imports. */
function entryBytes(outputs: Metafile['outputs']): number {
	const seen = new Set<string>();
	const visit = (name: string) => {
		const output = outputs[name];
		if (output === undefined || seen.has(name)) return;
		seen.add(name);
		for (const {path, kind} of output.imports) if (kind === 'import-statement') visit(path);
	};
	visit('dist/cli.js');
	return [...seen].reduce((sum, name) => sum + (outputs[name]?.bytes ?? 0), 0);
}
