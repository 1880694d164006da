import {access, constants, readFile} from 'node:fs/promises';
import {isIPv6} from 'node:net';
import {join} from 'node:path';
import type {KubeconfigEntries} from './kubeconfig-entries.ts';

/** Name and source of what a pod's service account gives. */
export const inCluster = 'in-cluster';

export type BesideFiles = Readonly<{
	environment: Readonly<Record<string, string | undefined>>;
	serviceAccount?: string;
	k3sFile?: string;
}>;

/** `entries`: the service account of the pod that we run in. `k3s`: a file of k3s that this user cannot read. */
export type FoundBeside = Readonly<{looked: ReadonlyArray<Readonly<{place: string; found: string}>>; entries?: KubeconfigEntries; k3s?: string}>;

/** Where no file names a cluster: k3s's own file is mentioned, never read unasked; the service account of a pod is used. */
export async function lookBesideFiles({
	environment,
	serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount',
	k3sFile = '/etc/rancher/k3s/k3s.yaml',
}: BesideFiles): Promise<FoundBeside> {
	const k3s = await lookAtK3s(k3sFile);
	const host = environment['KUBERNETES_SERVICE_HOST'] ?? '';
	const port = environment['KUBERNETES_SERVICE_PORT'] ?? '';
	const hasToken = await isThere(join(serviceAccount, 'token'), constants.R_OK);
	const isUsed = hasToken && host !== '' && port !== '';
	const found = isUsed ? 'used' : hasToken ? 'KUBERNETES_SERVICE_HOST is not set' : 'no token mounted';
	const looked = [
		{place: k3sFile, found: k3s.found},
		{place: 'in-cluster service account', found},
	];
	if (isUsed) return {looked, entries: await accountEntries(serviceAccount, `https://${isIPv6(host) ? `[${host}]` : host}:${port}`)};
	return {looked, ...(k3s.isHidden ? {k3s: k3sFile} : {})};
}

async function lookAtK3s(file: string): Promise<Readonly<{found: string; isHidden: boolean}>> {
	if (!(await isThere(file, constants.F_OK))) return {found: 'does not exist', isHidden: false};
	if (await isThere(file, constants.R_OK)) return {found: 'exists, not used unless named with --kubeconfig', isHidden: false};
	return {found: `exists, not readable by uid ${process.getuid?.() ?? '?'}`, isHidden: true};
}

async function accountEntries(folder: string, server: string): Promise<KubeconfigEntries> {
	const namespace = (await readFile(join(folder, 'namespace'), 'utf8').catch(() => '')).trim();
	const common = {name: inCluster, source: inCluster};
	return {
		clusters: [{...common, server, certificateAuthority: join(folder, 'ca.crt'), insecureSkipTlsVerify: false, disableCompression: false}],
		users: [{...common, tokenFile: join(folder, 'token'), impersonateGroups: [], impersonateExtra: {}}],
		contexts: [{...common, cluster: inCluster, user: inCluster, ...(namespace === '' ? {} : {namespace})}],
		currentContext: inCluster,
	};
}

async function isThere(path: string, mode: number): Promise<boolean> {
	return await access(path, mode).then(
		() => true,
		() => false,
	);
}
