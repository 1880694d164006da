import {readFile, stat} from 'node:fs/promises';
import {delimiter, join, resolve} from 'node:path';
import type {ClusterEntry, ContextEntry, KubeconfigEntries, UserEntry} from './kubeconfig-entries.ts';
import {kubeconfigProblem, parseKubeconfigText} from './kubeconfig-yaml.ts';
import {readEntries} from './read-entries.ts';
import {inCluster, lookBesideFiles} from './service-account.ts';

/** All that was found, merged. No context and no cluster: the first-start screen (never `localhost:8080`). */
export type KubeconfigView = Readonly<{
	contexts: readonly ContextEntry[];
	clusters: ReadonlyMap<string, ClusterEntry>;
	users: ReadonlyMap<string, UserEntry>;
	/** Name of the current context; empty where no file says one. */
	current: string;
	/** Files read, in order; `in-cluster` where the service account is used. */
	files: readonly string[];
	/** What was looked at, in order, for the first-start screen. */
	looked: ReadonlyArray<Readonly<{place: string; found: string}>>;
	/** A k3s file that exists and that this user cannot read. */
	k3s?: string;
	/** What `kubeconfigStamp` said just before the files were read; only where it came from files. */
	stamp?: string;
}>;

export type KubeconfigPlaces = Readonly<{
	/** `--kubeconfig`. */
	flag?: string;
	environment: Readonly<Record<string, string | undefined>>;
	home: string;
	/** For tests: where the service account and k3s's own file are. */
	serviceAccount?: string;
	k3sFile?: string;
}>;

/** Whether there is any cluster to talk to. */
export function hasCluster(view: KubeconfigView): boolean {
	return view.contexts.length > 0 || view.clusters.size > 0;
}

/**
 * Reads and merges the kubeconfig files as kubectl does (client-go clientcmd/loader.go `Load`): the flag's file alone, else those of
 * `$KUBECONFIG`, else `~/.kube/config`; where these hold nothing, the pod's service account. Rejects with a config ProblemError.
 */
export async function loadKubeconfig(places: KubeconfigPlaces): Promise<KubeconfigView> {
	const stamp = await kubeconfigStamp(places);
	const looked: Array<{place: string; found: string}> = [];
	const files: string[] = [];
	const parts: KubeconfigEntries[] = [];
	for (const {path, place} of candidates(places, looked)) {
		const entries = await readOne(path, places.flag !== undefined);
		const isEmpty = entries !== undefined && entries.contexts.length + entries.clusters.length === 0;
		looked.push({place, found: entries === undefined ? 'does not exist' : isEmpty ? 'names no cluster' : 'read'});
		if (entries === undefined) continue;
		files.push(path);
		parts.push(entries);
	}
	const view: KubeconfigView = {...mergeEntries(parts), files, looked, stamp};
	if (hasCluster(view)) return view;
	if (places.flag !== undefined) return view;
	const beside = await lookBesideFiles(places);
	const all = {...view, looked: [...looked, ...beside.looked], ...(beside.k3s === undefined ? {} : {k3s: beside.k3s})};
	return beside.entries === undefined ? all : {...all, ...mergeEntries([beside.entries]), files: [...files, inCluster]};
}

/** A text that is another once one of the files was written, came or went. */
export async function kubeconfigStamp(places: KubeconfigPlaces): Promise<string> {
	const stamps = candidates(places, []).map(async ({path}) => {
		const found = await stat(path).catch(() => undefined);
		return `${path} ${found === undefined ? 'absent' : `${found.mtimeMs} ${found.size} ${found.ino}`}`;
	});
	return (await Promise.all(stamps)).join('\n');
}

/** One kubeconfig's text as if it were the only file; `source` names it in messages. Rejects with a config ProblemError. */
export async function parseKubeconfigView(text: string, source: string): Promise<KubeconfigView> {
	const entries = readEntries(await parseKubeconfigText(text, source), source);
	return {...mergeEntries([entries]), files: [source], looked: [{place: source, found: 'read'}]};
}

function candidates(
	{flag, environment, home}: KubeconfigPlaces,
	looked: Array<{place: string; found: string}>,
): ReadonlyArray<Readonly<{path: string; place: string}>> {
	if (flag !== undefined) return [{path: resolve(flag), place: '--kubeconfig'}];
	const list = environment['KUBECONFIG'] ?? '';
	if (list !== '') {
		const paths = list.split(delimiter).filter(path => path !== '');
		return [...new Set(paths)].map(path => ({path: resolve(path), place: paths.length === 1 ? '$KUBECONFIG' : `$KUBECONFIG: ${path}`}));
	}
	looked.push({place: '$KUBECONFIG', found: 'not set'});
	return [{path: join(home, '.kube', 'config'), place: '~/.kube/config'}];
}

async function readOne(path: string, mustExist: boolean): Promise<KubeconfigEntries | undefined> {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		const code = errorCode(error);
		if (code === 'ENOENT' && !mustExist) return undefined;
		throw kubeconfigProblem(
			path,
			readFailures[code] ?? `reading it failed with ${code}`,
			'Name another file with --kubeconfig, or leave that flag out and see what is found.',
		);
	}
	return readEntries(await parseKubeconfigText(text, path), path);
}

const readFailures: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EACCES: 'this user may not read the file',
	EISDIR: 'it is a folder, not a file',
	ENOTDIR: 'a part of the path is a file, not a folder',
};

function errorCode(error: unknown): string {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
}

/** First file wins, whole entries; a name given twice never fails. */
function mergeEntries(parts: readonly KubeconfigEntries[]): Pick<KubeconfigView, 'contexts' | 'clusters' | 'users' | 'current'> {
	const firstByName = <Entry extends Readonly<{name: string}>>(entries: readonly Entry[]) => {
		const found = new Map<string, Entry>();
		for (const entry of entries) if (!found.has(entry.name)) found.set(entry.name, entry);
		return found;
	};
	return {
		contexts: [...firstByName(parts.flatMap(part => part.contexts)).values()],
		clusters: firstByName(parts.flatMap(part => part.clusters)),
		users: firstByName(parts.flatMap(part => part.users)),
		current: parts.find(part => part.currentContext !== undefined)?.currentContext ?? '',
	};
}
