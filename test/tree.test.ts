import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {isBuiltin} from 'node:module';
import {join} from 'node:path';
import {test} from 'node:test';
import {type Floor, floorOf, floors, impure} from './tools/floors.ts';
import {repositoryRoot} from './tools/repository.ts';
import {filesBelow, findCycle, type Import, type SourceFile, sourceFiles} from './tools/source-tree.ts';

const source = sourceFiles('source');
const tests = sourceFiles('test');

test('every import is an arrow of the floors', () => {
	const wrong = source.flatMap(file => file.imports.flatMap(found => wrongArrow(file, found) ?? []));
	assert.deepEqual(wrong, []);
});

test('an arrow that is not in the table is found', () => {
	const file: SourceFile = {path: 'source/ui/app.tsx', text: '', lines: 1, imports: []};
	const arrow = (specifier: string, path?: string): Import => ({specifier, isType: false, isDynamic: false, ...(path === undefined ? {} : {path})});
	assert.ok(wrongArrow(file, arrow('../kube/transport.ts', 'source/kube/transport.ts')));
	assert.ok(wrongArrow(file, arrow('node:fs')));
	assert.ok(wrongArrow(file, arrow('undici')));
	assert.equal(wrongArrow(file, arrow('ink')), undefined);
	assert.equal(wrongArrow(file, arrow('../core/age.ts', 'source/core/age.ts')), undefined);
});

test('no imports go round in a circle', () => {
	assert.equal(findCycle(source)?.join(' -> '), undefined);
	const file = (path: string, target: string): SourceFile => ({
		path,
		text: '',
		lines: 1,
		imports: [{specifier: target, path: target, isType: false, isDynamic: false}],
	});
	assert.deepEqual(findCycle([file('a', 'b'), file('b', 'c'), file('c', 'b')]), ['b', 'c', 'b']);
});

/** The text of a program that runs in a container, never here. */
const carriedProgram = 'source/core/net/probe/node-program.ts';

test('core/ is pure', () => {
	const wrong = source
		.filter(({path}) => path.startsWith('source/core/') && path !== carriedProgram)
		.flatMap(({path, text}) => impure.filter(([pattern]) => pattern.test(withoutComments(text))).map(([, what]) => `${path}: ${what}`));
	assert.deepEqual(wrong, []);
});

test('files keep to their length', t => {
	const long = source.filter(({lines}) => lines > 150).map(({path, lines}) => `${path}: ${lines}`);
	if (long.length > 0) t.diagnostic(`over 150 lines: ${long.join(', ')}`);
	assert.deepEqual(
		[...source.filter(({lines}) => lines > 400), ...tests.filter(({lines}) => lines > 600)].map(({path, lines}) => `${path}: ${lines}`),
		[],
	);
});

test('every record and page has its test', () => {
	const isPage = (text: string) => /^export function \w+\([^)]*\): Page\b/m.test(text);
	const records = source.filter(
		({path, text}) => /^source\/(?:commands|resources|themes)\/(?!index\.ts)/.test(path) || (path.startsWith('source/pages/') && isPage(text)),
	);
	const missing = records
		.map(({path}) => path.replace(/^source\//, 'test/').replace(/\.tsx?$/, '.test'))
		.filter(path => !['.ts', '.tsx'].some(ending => existsSync(join(repositoryRoot, path + ending))));
	assert.deepEqual(missing, []);
});

test('the generated indexes are fresh', () => {
	execFileSync(process.execPath, [join(repositoryRoot, 'bin', 'indexes.ts'), '--check'], {stdio: 'pipe'});
});

test('nothing is left for later, and no exports are without a name', () => {
	const words = new RegExp(
		`\\b(?:${['TO', 'FIX', 'XX'].map((start, index) => start + ['DO', 'ME', 'X'][index]).join('|')})\\b|@ts-(?:ignore|expect-error|nocheck)`,
	);
	assert.deepEqual(
		[...source, ...tests].filter(({text}) => words.test(text)).map(({path}) => path),
		[],
	);
	assert.deepEqual(
		source.filter(({text}) => /^export default\b/m.test(text)).map(({path}) => path),
		[],
	);
});

test('no file names a package registry or a path of one machine', () => {
	const hosts = [
		['registry', 'npmjs'],
		['proxy', 'golang'],
		['deb', 'debian'],
		['pypi', 'org'],
		['crates', 'io'],
	].map(parts => parts.join('\\.'));
	const told = new RegExp(`${hosts.join('|')}|(?<![\\w./-])/(?:wo${'rk'}|ro${'ot'})/`);
	const wrong = filesBelow('.').filter(
		path => /\.(?:[cm]?[jt]sx?|json|md|sh|toml|ya?ml|txt)$|^\.ci\//.test(path) && told.test(readFileSync(join(repositoryRoot, path), 'utf8')),
	);
	assert.deepEqual(wrong, []);
});

/** Why an import is not allowed, or undefined. */
function wrongArrow({path}: SourceFile, found: Import): string | undefined {
	const name = floorOf(path);
	const floor: Floor | undefined = floors[name];
	if (floor === undefined) return `${path}: there is no floor ${name}`;
	const wrong = `${path} may not import ${found.specifier}`;
	if (found.path !== undefined) {
		const target = floorOf(found.path);
		// package.json tells the version; it is outside of source/ and belongs to nobody.
		if (floor.floors.includes(target) || found.path === 'package.json' || (target === name && path.endsWith('/index.ts'))) return undefined;
		return found.isType && floor.typesOf?.includes(target) ? undefined : wrong;
	}
	if (isBuiltin(found.specifier)) return floor.node === 'any' || floor.node.includes(found.specifier) ? undefined : wrong;
	const [scope = '', rest = ''] = found.specifier.split('/');
	return floor.packages.includes(scope.startsWith('@') ? `${scope}/${rest}` : scope) ? undefined : wrong;
}

function withoutComments(text: string): string {
	return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
