import {dirname, isAbsolute, resolve, sep} from 'node:path';
import type {ClusterEntry, ContextEntry, ExecEntry, KubeconfigEntries, UserEntry} from './kubeconfig-entries.ts';
import {type FieldReader, type RawRecord, readFields} from './kubeconfig-yaml.ts';

/**
 * The entries of one file. Relative paths become absolute against the file's own folder (client-go `ResolveLocalPaths`).
 * Throws a config ProblemError that names file and field where a value is of the wrong sort.
 */
export function readEntries(root: RawRecord, file: string): KubeconfigEntries {
	const fields = readFields(root, file);
	const currentContext = fields.text('current-context');
	return {
		clusters: fields.records('clusters').map(entry => readCluster(entry, file)),
		users: fields.records('users').map(entry => readUser(entry, file)),
		contexts: fields.records('contexts').map(entry => readContext(entry, file)),
		...(currentContext === undefined ? {} : {currentContext}),
	};
}

function readContext(entry: FieldReader, file: string): ContextEntry {
	const context = entry.record('context');
	const namespace = context?.text('namespace');
	return {
		name: entry.text('name') ?? '',
		source: file,
		cluster: context?.text('cluster') ?? '',
		user: context?.text('user') ?? '',
		...(namespace === undefined ? {} : {namespace}),
	};
}

function readCluster(entry: FieldReader, file: string): ClusterEntry {
	const cluster = entry.record('cluster');
	const path = pathReader(cluster, file);
	const extension = cluster?.records('extensions').find(one => one.text('name') === 'client.authentication.k8s.io/exec');
	return defined<ClusterEntry>({
		name: entry.text('name') ?? '',
		source: file,
		server: cluster?.text('server'),
		certificateAuthority: path('certificate-authority'),
		certificateAuthorityData: cluster?.text('certificate-authority-data'),
		tlsServerName: cluster?.text('tls-server-name'),
		insecureSkipTlsVerify: cluster?.flag('insecure-skip-tls-verify') ?? false,
		proxyUrl: cluster?.text('proxy-url'),
		disableCompression: cluster?.flag('disable-compression') ?? false,
		execConfig: extension?.json('extension'),
	});
}

function readUser(entry: FieldReader, file: string): UserEntry {
	const user = entry.record('user');
	const path = pathReader(user, file);
	const provider = user?.record('auth-provider');
	const exec = user?.record('exec');
	return defined<UserEntry>({
		name: entry.text('name') ?? '',
		source: file,
		token: user?.text('token'),
		tokenFile: path('tokenFile'),
		username: user?.text('username'),
		password: user?.text('password'),
		clientCertificate: path('client-certificate'),
		clientCertificateData: user?.text('client-certificate-data'),
		clientKey: path('client-key'),
		clientKeyData: user?.text('client-key-data'),
		impersonate: user?.text('as'),
		impersonateUid: user?.text('as-uid'),
		impersonateGroups: user?.texts('as-groups') ?? [],
		impersonateExtra: readExtra(user),
		authProvider: provider === undefined ? undefined : {name: provider.text('name') ?? '', config: provider.textMap('config')},
		exec: exec === undefined ? undefined : readExec(exec, file),
	});
}

function readExtra(user: FieldReader | undefined): Readonly<Record<string, readonly string[]>> {
	const extra = user?.record('as-user-extra');
	const keys = Object.keys(Object(user?.json('as-user-extra')));
	return Object.fromEntries(keys.map(key => [key, extra?.texts(key) ?? []]));
}

function readExec(exec: FieldReader, file: string): ExecEntry {
	const command = exec.text('command');
	const hasSeparator = command !== undefined && (command.includes('/') || command.includes(sep));
	return defined<ExecEntry>({
		apiVersion: exec.text('apiVersion'),
		command: command !== undefined && hasSeparator && !isAbsolute(command) ? resolve(dirname(file), command) : command,
		args: exec.texts('args'),
		environment: exec.records('env').map(one => ({name: one.text('name') ?? '', value: one.text('value') ?? ''})),
		installHint: exec.text('installHint'),
		provideClusterInfo: exec.flag('provideClusterInfo'),
		interactiveMode: exec.text('interactiveMode'),
	});
}

function pathReader(fields: FieldReader | undefined, file: string): (key: string) => string | undefined {
	return key => {
		const path = fields?.text(key);
		return path === undefined ? undefined : resolve(dirname(file), path);
	};
}

/** The record without its undefined members, which `exactOptionalPropertyTypes` keeps apart from absent ones. */
function defined<T extends object>(record: {[Key in keyof T]: T[Key] | undefined}): T {
	// `as`: leaving the undefined members out is exactly what makes it a T; the compiler cannot follow Object.fromEntries.
	return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
