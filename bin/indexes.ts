// Writes the index.ts of the folders that hold one record a file, so that nobody edits a list by hand.
//   node bin/indexes.ts            writes them
//   node bin/indexes.ts --check    writes nothing; fails where one is stale
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';

type Folder = Readonly<{folder: string; type: string; list: string}>;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folders: readonly Folder[] = [
	{folder: 'resources', type: 'ResourceKind', list: 'resourceKinds'},
	{folder: 'commands', type: 'Command', list: 'commands'},
	{folder: 'themes', type: 'Theme', list: 'themes'},
	{folder: 'checks', type: 'Check', list: 'checks'},
	{folder: 'probes', type: 'Probe', list: 'probes'},
];
const typeFiles: Readonly<Record<string, string>> = {ResourceKind: 'resource-kind', Command: 'command', Theme: 'theme', Check: 'check', Probe: 'probe'};

const check = process.argv.includes('--check');
const stale = folders.filter(({folder}) => existsSync(join(root, 'source', folder))).filter(folder => !isFresh(folder));
if (stale.length > 0 && check) {
	process.stderr.write(`Stale: ${stale.map(folder => relative(root, indexPath(folder))).join(', ')}. Run \`npm run indexes\`.\n`);
	process.exitCode = 1;
} else {
	for (const folder of stale) writeFileSync(indexPath(folder), indexOf(folder));
}

function indexPath({folder}: Folder): string {
	return join(root, 'source', folder, 'index.ts');
}

function isFresh(folder: Folder): boolean {
	return existsSync(indexPath(folder)) && readFileSync(indexPath(folder), 'utf8') === indexOf(folder);
}

/** The text of a folder's index: sorted by file, one line an entry, so that two branches that add a record merge by union. */
function indexOf({folder, type, list}: Folder): string {
	const files = readdirSync(join(root, 'source', folder))
		.filter(file => file.endsWith('.ts') && file !== 'index.ts')
		.sort();
	const records = files.map(file => ({file, record: recordOf(join(root, 'source', folder, file), type)}));
	return [
		'// Written by bin/indexes.ts.',
		`import type {${type}} from '../core/${typeFiles[type]}.ts';`,
		...records.map(({file, record}) => `import {${record}} from './${file}';`),
		'',
		'// biome-ignore format: one line an entry, so that branches merge',
		`export const ${list}: readonly ${type}[] = [`,
		...records.map(({record}) => `\t${record},`),
		'];',
		'',
	].join('\n');
}

/** The name under which a file exports its record. */
function recordOf(path: string, type: string): string {
	const record = new RegExp(`^export const (\\w+): ${type}\\b`, 'm').exec(readFileSync(path, 'utf8'))?.[1];
	if (record === undefined) throw new Error(`${relative(root, path)} exports no ${type}`);
	return record;
}
