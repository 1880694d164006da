// What build.ts and binary.ts share: how the program is bundled.
import {readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {BuildOptions, Plugin} from 'esbuild';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** CommonJS packages in the bundle call `require` for node's own modules; an ES module has none. */
const requireBanner = `import {createRequire as k8tuiCreateRequire} from 'node:module';const require=k8tuiCreateRequire(import.meta.url);`;

/** Packages that are asked for in a `try` and not wanted: ink's developer tools, native speed-ups of ws. */
const leftOut: Plugin = {
	name: 'left-out',
	setup(build) {
		build.onResolve({filter: /^(react-devtools-core|bufferutil|utf-8-validate)$/}, ({path}) => ({path, namespace: 'left-out'}));
		build.onLoad({filter: /.*/, namespace: 'left-out'}, () => ({contents: 'export default undefined;', loader: 'js'}));
	},
};

/** Yoga reads the WebAssembly inside its own file by `fetch`, and Node's fetch takes longer to load than Yoga itself; without it the file is decoded. */
const withoutFetch: Plugin = {
	name: 'without-fetch',
	setup(build) {
		build.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, async ({path}) => ({
			contents: `const fetch = undefined;\n${await readFile(path, 'utf8')}`,
			loader: 'js',
		}));
	},
};

export function bundleOptions(): BuildOptions {
	return {
		absWorkingDir: root,
		entryPoints: ['source/cli.ts'],
		bundle: true,
		minify: true,
		keepNames: true,
		format: 'esm',
		platform: 'node',
		target: 'node22',
		jsx: 'automatic',
		legalComments: 'none',
		metafile: true,
		logLevel: 'warning',
		define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
		banner: {js: requireBanner},
		plugins: [leftOut, withoutFetch],
	};
}
