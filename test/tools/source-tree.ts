import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, posix, relative, sep} from 'node:path';
import {repositoryRoot} from './repository.ts';

/** One `import` or `export ... from`: what it names, as written and, for a file of ours, as a path from the checkout. */
export type Import = Readonly<{specifier: string; path?: string; isType: boolean; isDynamic: boolean}>;

export type SourceFile = Readonly<{path: string; text: string; lines: number; imports: readonly Import[]}>;

const unwatched = new Set(['node_modules', 'build', 'dist', 'out', '.git']);

/** Paths of all files below a folder of the checkout, with `/`, sorted; nothing that .gitignore leaves out. */
export function filesBelow(folder: string): string[] {
	return readdirSync(join(repositoryRoot, folder), {withFileTypes: true})
		.flatMap(entry => {
			const path = folder === '.' ? entry.name : posix.join(folder, entry.name);
			if (entry.isDirectory()) return unwatched.has(entry.name) ? [] : filesBelow(path);
			return entry.isFile() && !entry.name.endsWith('.tgz') ? [path] : [];
		})
		.sort();
}

/** The TypeScript files below a folder, with their imports. */
export function sourceFiles(folder: string): SourceFile[] {
	return filesBelow(folder)
		.filter(path => /\.tsx?$/.test(path))
		.map(path => {
			const text = readFileSync(join(repositoryRoot, path), 'utf8');
			return {path, text, lines: text.replace(/\n$/, '').split('\n').length, imports: importsOf(path, text)};
		});
}

function importsOf(path: string, text: string): Import[] {
	const fixed = [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[\w*{][^;'"`]*?\sfrom\s+)?'([^']+)'/gm)];
	const dynamic = [...text.matchAll(/\bimport\('([^']+)'\)/g)];
	return [
		...fixed.map(([, type, specifier = '']) => ({specifier, isType: type !== undefined, isDynamic: false})),
		...dynamic.map(([, specifier = '']) => ({specifier, isType: false, isDynamic: true})),
	].map(found => (found.specifier.startsWith('.') ? {...found, path: resolved(path, found.specifier)} : found));
}

function resolved(from: string, specifier: string): string {
	return relative('.', join(dirname(from), specifier))
		.split(sep)
		.join('/');
}

/** One cycle of files, in order, or undefined. */
export function findCycle(files: readonly SourceFile[]): readonly string[] | undefined {
	const next = new Map(files.map(file => [file.path, file.imports.flatMap(({path}) => path ?? [])]));
	const done = new Set<string>();
	const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
		const seen = trail.indexOf(path);
		if (seen >= 0) return [...trail.slice(seen), path];
		if (done.has(path)) return undefined;
		for (const target of next.get(path) ?? []) {
			const cycle = visit(target, [...trail, path]);
			if (cycle !== undefined) return cycle;
		}
		done.add(path);
		return undefined;
	};
	for (const {path} of files) {
		const cycle = visit(path, []);
		if (cycle !== undefined) return cycle;
	}
	return undefined;
}
