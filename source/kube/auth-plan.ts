import {brokenEntry, configProblem} from './config-problem.ts';
import {authProviders} from './provider-source.ts';
import type {ExecEntry, UserEntry} from './kubeconfig-entries.ts';
import {isTokenText} from './token-text.ts';

/** Where the credentials of a user come from; a client certificate comes on top (TlsPlan). */
export type AuthPlan = Readonly<
	| {kind: 'none'}
	| {kind: 'token'; token: string}
	/** `token` is used where the file cannot be read. */
	| {kind: 'token-file'; file: string; token?: string}
	| {kind: 'basic'; username: string; password: string}
	| {kind: 'exec'; exec: CheckedExec}
	| {kind: 'provider'; name: string; config: Readonly<Record<string, string>>}
>;

export type CheckedExec = Readonly<{
	apiVersion: 'client.authentication.k8s.io/v1' | 'client.authentication.k8s.io/v1beta1';
	command: string;
	args: readonly string[];
	environment: ExecEntry['environment'];
	installHint?: string;
	provideClusterInfo: boolean;
	interactiveMode: 'Never' | 'IfAvailable' | 'Always';
}>;

export type Impersonation = Readonly<{user: string; uid?: string; groups: readonly string[]; extra: Readonly<Record<string, readonly string[]>>}>;

/**
 * How this user proves itself. A token, a password or a client certificate beside an exec plugin means that the plugin is not run
 * (client-go exec.go `UpdateTransportConfig`). Throws a config ProblemError for entries kubectl refuses too.
 */
export function planAuth(user: UserEntry): AuthPlan {
	const hasToken = user.token !== undefined || user.tokenFile !== undefined;
	const hasPassword = user.username !== undefined || user.password !== undefined;
	if (hasToken && hasPassword) throw brokenEntry('user', user, 'it has a token and a password, and only one of the two can be meant');
	if (user.exec !== undefined && user.authProvider !== undefined)
		throw brokenEntry('user', user, 'it has an exec plugin and an auth-provider, and only one of the two can be meant');
	if (user.tokenFile !== undefined) return {kind: 'token-file', file: user.tokenFile, ...(user.token === undefined ? {} : {token: user.token})};
	if (user.token !== undefined) return {kind: 'token', token: checkedToken(user, user.token.trim())};
	if (hasPassword) return {kind: 'basic', username: user.username ?? '', password: user.password ?? ''};
	const hasCertificate = user.clientCertificate !== undefined || user.clientCertificateData !== undefined;
	if (user.exec !== undefined) {
		const exec = checkExec(user, user.exec);
		return hasCertificate ? {kind: 'none'} : {kind: 'exec', exec};
	}
	if (user.authProvider === undefined) return {kind: 'none'};
	if (!authProviders.has(user.authProvider.name))
		throw brokenEntry('user', user, `its auth-provider ${user.authProvider.name} is none of ${[...authProviders].join(', ')}`);
	return hasCertificate ? {kind: 'none'} : {kind: 'provider', ...user.authProvider};
}

function checkedToken(user: UserEntry, token: string): string {
	if (token !== '' && !isTokenText(token)) throw brokenEntry('user', user, 'its token has several lines or signs that no token has');
	return token;
}

function checkExec(user: UserEntry, exec: ExecEntry): CheckedExec {
	const {apiVersion, command, installHint, interactiveMode} = exec;
	if (command === undefined) throw brokenEntry('user', user, 'its exec plugin has no command');
	if (apiVersion === undefined) throw brokenEntry('user', user, 'its exec plugin has no apiVersion');
	if (apiVersion !== 'client.authentication.k8s.io/v1' && apiVersion !== 'client.authentication.k8s.io/v1beta1') {
		throw brokenEntry('user', user, `its exec plugin speaks ${apiVersion}, and only client.authentication.k8s.io/v1 and v1beta1 exist today`);
	}
	const mode = interactiveMode ?? (apiVersion.endsWith('/v1beta1') ? 'IfAvailable' : undefined);
	if (mode === undefined) throw brokenEntry('user', user, 'its exec plugin has no interactiveMode, which client.authentication.k8s.io/v1 demands');
	if (mode !== 'Never' && mode !== 'IfAvailable' && mode !== 'Always')
		throw brokenEntry('user', user, `the interactiveMode ${mode} of its exec plugin is none of Never, IfAvailable, Always`);
	if (exec.environment.some(({name}) => name === '')) throw brokenEntry('user', user, 'an environment variable of its exec plugin has no name');
	const {args, environment, provideClusterInfo} = exec;
	return {apiVersion, command, args, environment, provideClusterInfo, interactiveMode: mode, ...(installHint === undefined ? {} : {installHint})};
}

/** Whom to act as: `--as` wins over the file. Groups, uid or extra without a user are refused here, not by the server. */
export function planImpersonation(user: UserEntry, choice: Readonly<{as?: string; asGroups?: readonly string[]; asUid?: string}>): Impersonation | undefined {
	const name = choice.as ?? user.impersonate;
	const uid = choice.asUid ?? user.impersonateUid;
	const groups = choice.asGroups ?? user.impersonateGroups;
	const extra = user.impersonateExtra;
	if (name !== undefined && name !== '') return {user: name, groups, extra, ...(uid === undefined ? {} : {uid})};
	if (uid === undefined && groups.length === 0 && Object.keys(extra).length === 0) return undefined;
	throw configProblem('Could not act as somebody else', 'a group, uid or extra value is given and no user', 'Name the user with --as.');
}
