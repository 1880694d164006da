import {createHash, randomUUID} from 'node:crypto';
import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {ResourceType} from '../core/resource-type.ts';
import type {DiscoveryRoot, DiscoveryRoots} from './discovery-model.ts';

/** Raised whenever the stored shape changes: files of another version are ignored. */
const schema = 1;
const keptForMs = 30 * 24 * 3600 * 1000;

export type DiscoveryCache = Readonly<{
	/** What was stored; undefined when there is nothing, or nothing usable. Never rejects. */
	read(): Promise<DiscoveryRoots | undefined>;
	/** Never rejects: without a cache the next start is slower, nothing else. */
	write(roots: DiscoveryRoots): Promise<void>;
}>;

/**
 * One file for each cluster: kinds and ETags, never objects, namespaces or credentials.
 *
 * @param directory made when missing, for the user alone
 * @param key what tells clusters apart (server address and authority); its hash is the file's name
 */
export function createDiscoveryCache(directory: string, key: string, now: () => number): DiscoveryCache {
	const file = join(directory, `${createHash('sha256').update(key).digest('hex').slice(0, 16)}.json`);
	return {
		async read() {
			try {
				const stored: unknown = JSON.parse(await readFile(file, 'utf8'));
				return rootsOf(stored, now());
			} catch {
				return undefined;
			}
		},
		async write(roots) {
			const temporary = `${file}.${randomUUID()}.tmp`;
			try {
				await mkdir(directory, {recursive: true, mode: 0o700});
				await writeFile(temporary, JSON.stringify({schema, time: now(), ...roots}), {mode: 0o600});
				await rename(temporary, file);
			} catch {
				await rm(temporary, {force: true}).catch(() => undefined);
			}
		},
	};
}

function rootsOf(stored: unknown, now: number): DiscoveryRoots | undefined {
	if (!isRecord(stored) || stored['schema'] !== schema || typeof stored['time'] !== 'number') return undefined;
	const age = now - stored['time'];
	if (age < 0 || age > keptForMs) return undefined;
	const {core, groups} = stored;
	return isRoot(core) && isRoot(groups) ? {core, groups} : undefined;
}

function isRoot(value: unknown): value is DiscoveryRoot {
	if (!isRecord(value)) return false;
	const {etag, types, problems} = value;
	return (
		(etag === undefined || typeof etag === 'string') && Array.isArray(types) && types.every(isType) && Array.isArray(problems) && problems.every(isProblemEntry)
	);
}

function isType(value: unknown): value is ResourceType {
	if (!isRecord(value)) return false;
	const texts = ['group', 'version', 'plural', 'kind', 'singular'];
	const lists = ['verbs', 'shortNames', 'categories', 'subresources'];
	return (
		texts.every(name => typeof value[name] === 'string') &&
		lists.every(name => isTextList(value[name])) &&
		typeof value['namespaced'] === 'boolean' &&
		typeof value['preferred'] === 'boolean' &&
		(value['state'] === 'current' || value['state'] === 'stale')
	);
}

function isProblemEntry(value: unknown): boolean {
	if (!Array.isArray(value) || value.length !== 2 || typeof value[0] !== 'string') return false;
	const problem: unknown = value[1];
	return isRecord(problem) && ['code', 'what', 'cause'].every(name => typeof problem[name] === 'string');
}

function isTextList(value: unknown): boolean {
	return Array.isArray(value) && value.every(text => typeof text === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
