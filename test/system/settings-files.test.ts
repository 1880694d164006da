import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {parseSettings, readSettingsFiles} from '../../source/system/settings-files.ts';

function folderWith(files: Readonly<Record<string, string>>): Disposable & {path: string} {
	const path = mkdtempSync(join(tmpdir(), 'k8tui-settings-'));
	for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
	return {path, [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true})};
}

test('both files are read; a missing one is nothing', async () => {
	using folder = folderWith({'config.toml': '\uFEFFtheme = "light"\n', 'keys.toml': '[table]\n"x" = "object.yaml"\n"ctrl-k" = false\n'});
	const {config, keys, problems} = await readSettingsFiles(folder.path);
	assert.deepEqual({...config?.values}, {theme: 'light'});
	assert.deepEqual(JSON.parse(JSON.stringify(keys?.values)), {table: {x: 'object.yaml', 'ctrl-k': false}});
	assert.equal(keys?.lineOf(['table', 'ctrl-k']), 3);
	assert.deepEqual(problems, []);
	using empty = folderWith({});
	assert.deepEqual(await readSettingsFiles(empty.path), {problems: []});
});

test('a file that is no TOML is a problem with its line, and the other one still counts', async () => {
	using folder = folderWith({'config.toml': 'theme = "dark"\nrefresh = = 3\n', 'keys.toml': '[table]\n'});
	const {config, keys, problems} = await readSettingsFiles(folder.path);
	assert.equal(config, undefined);
	assert.ok(keys);
	assert.equal(problems.length, 1);
	assert.equal(problems[0]?.code, 'config');
	assert.match(problems[0]?.cause ?? '', /^line 2, column \d+: \S/);
	assert.match(problems[0]?.what ?? '', /config\.toml$/);
});

test('a file that cannot be read is a problem', async () => {
	using folder = folderWith({});
	mkdirSync(join(folder.path, 'config.toml'));
	const {problems} = await readSettingsFiles(folder.path);
	assert.match(problems[0]?.cause ?? '', /EISDIR/);
});

test('a key that would reach a prototype is dropped', () => {
	const parsed = parseSettings('config.toml', '"__proto__" = {polluted = true}\ntheme = "dark"\n');
	assert.ok('values' in parsed);
	assert.deepEqual(Object.keys(parsed.values), ['theme']);
	assert.equal(Reflect.get({}, 'polluted'), undefined);
});
