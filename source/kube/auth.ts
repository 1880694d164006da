import type {Clock} from '../core/clock.ts';
import type {Live} from '../core/live.ts';
import {never} from '../core/never.ts';
import type {Impersonation} from './auth-plan.ts';
import type {ResolvedContext} from './config.ts';
import type {CredentialState} from './credential-state.ts';
import {createExecSource} from './exec-source.ts';
import type {ExecClusterInfo} from './exec-plugin.ts';
import {createProviderSource} from './provider-source.ts';
import {basicAuthorization, createFixedSource, type Secret, type SecretSource} from './secret-source.ts';
import {createTlsFiles, type TlsFiles, type TlsMaterial} from './tls-files.ts';
import {createTokenFileSource} from './token-file.ts';

/** What goes with a request. Compared by identity: a refused one is handed back as it is. */
export type Credential = Readonly<{headers: Readonly<Record<string, string | string[]>>; tls: TlsMaterial}>;

export type Credentials = Readonly<{
	/** Runs the login plugin where that is needed. Rejects with a ProblemError, or with the signal's reason. */
	current(signal: AbortSignal): Promise<Credential>;
	/** After a 401 or a TLS failure with this one: a newer one, or undefined where there is nothing newer to try. */
	renew(refused: Credential, why: 'unauthorized' | 'tls', signal: AbortSignal): Promise<Credential | undefined>;
	state: Live<CredentialState>;
	/** Lets the login plugin ask on the terminal, which the caller has handed over. */
	logIn(signal: AbortSignal): Promise<void>;
	/** The user asked for another try: forgets refusals and failures. */
	forget(): void;
}>;

export type CredentialsOptions = Readonly<{
	resolved: ResolvedContext;
	clock: Clock;
	/** Of the process: exec plugins inherit it. */
	environment: Readonly<Record<string, string | undefined>>;
	/** Standard input is a terminal: a login plugin may ask there. */
	hasTerminal: boolean;
}>;

const ready: CredentialState = {state: 'ready'};
/** Never changes: only plugins have a login to tell about. */
const readyState: Live<CredentialState> = {subscribe: () => () => undefined, snapshot: () => ready};

/** The identity of one context: its secret, its TLS files and whom it acts as, put together; nothing is read or run before the first call. */
export function createCredentials(options: CredentialsOptions): Credentials {
	const {resolved} = options;
	const impersonation = impersonationHeaders(resolved.impersonation);
	// Secrets never go over plain http (client-go clientcmd/client_config.go reads the user only for TLS).
	const isTls = resolved.server.startsWith('https:');
	const files = createTlsFiles(isTls ? resolved.tls : {insecure: false}, options.clock);
	const {source, state, logIn} = isTls ? openSource(options, files) : quiet(createFixedSource({}));
	let last: {secret: Secret; tls: TlsMaterial; credential: Credential} | undefined;
	const combine = (secret: Secret, tls: TlsMaterial): Credential => {
		if (last !== undefined && last.secret === secret && last.tls === tls) return last.credential;
		const own = secret.certificate === undefined || secret.key === undefined ? tls : {...tls, certificate: secret.certificate, key: secret.key};
		const headers = {...(secret.authorization === undefined ? {} : {authorization: secret.authorization}), ...impersonation};
		last = {secret, tls, credential: {headers, tls: own}};
		return last.credential;
	};
	const current = async (signal: AbortSignal) => combine(await source.current(signal), await files.current());
	return {
		current,
		async renew(refused, why, signal) {
			if (last !== undefined && last.credential !== refused) return last.credential;
			const {secret} = last ?? {};
			const newSecret = why === 'unauthorized' && secret !== undefined ? await source.renew(secret, signal) : undefined;
			const filesChanged = await files.reload();
			if (newSecret === undefined && !filesChanged) return undefined;
			return combine(newSecret ?? (await source.current(signal)), await files.current());
		},
		state,
		logIn,
		forget: source.forget,
	};
}

type OpenSource = Readonly<{source: SecretSource; state: Live<CredentialState>; logIn: (signal: AbortSignal) => Promise<void>}>;

function quiet(source: SecretSource): OpenSource {
	return {source, state: readyState, logIn: () => Promise.resolve()};
}

function openSource({resolved, clock, environment, hasTerminal}: CredentialsOptions, files: TlsFiles): OpenSource {
	const {auth, userName, server} = resolved;
	switch (auth.kind) {
		case 'none':
			return quiet(createFixedSource({}));
		case 'token':
			return quiet(createFixedSource({authorization: `Bearer ${auth.token}`}));
		case 'basic':
			return quiet(createFixedSource({authorization: basicAuthorization(auth.username, auth.password)}));
		case 'token-file':
			return quiet(createTokenFileSource({file: auth.file, clock, ...(auth.token === undefined ? {} : {fallback: auth.token})}));
		case 'provider':
			return quiet(createProviderSource({name: auth.name, config: auth.config, userName, server, clock}));
		case 'exec': {
			const cluster = async () => (auth.exec.provideClusterInfo ? clusterInfo(resolved, await files.current()) : undefined);
			const source = createExecSource({exec: auth.exec, userName, cluster, environment, clock, hasTerminal});
			return {source, state: source.state, logIn: source.logIn};
		}
		default:
			return never(auth);
	}
}

/** `spec.cluster` of an ExecCredential (client.authentication.k8s.io/v1 `Cluster`): the authority always as data. */
function clusterInfo({server, tls, proxyUrl, cluster}: ResolvedContext, material: TlsMaterial): ExecClusterInfo {
	return {
		server,
		...(tls.serverName === undefined ? {} : {'tls-server-name': tls.serverName}),
		...(tls.insecure ? {'insecure-skip-tls-verify': true} : {}),
		...(material.authority === undefined ? {} : {'certificate-authority-data': Buffer.from(material.authority, 'latin1').toString('base64')}),
		...(proxyUrl === undefined ? {} : {'proxy-url': proxyUrl}),
		...(cluster.disableCompression ? {'disable-compression': true} : {}),
		...(cluster.execConfig === undefined ? {} : {config: cluster.execConfig}),
	};
}

/** One header a group; extra keys are percent-encoded where a header name cannot hold them (client-go transport/round_trippers.go). */
export function impersonationHeaders(impersonation: Impersonation | undefined): Readonly<Record<string, string | string[]>> {
	if (impersonation === undefined) return {};
	const {user, uid, groups, extra} = impersonation;
	const extras = Object.entries(extra).map(([key, values]) => [`impersonate-extra-${escapeHeaderName(key)}`, [...values]]);
	return {
		'impersonate-user': user,
		...(uid === undefined ? {} : {'impersonate-uid': uid}),
		...(groups.length === 0 ? {} : {'impersonate-group': [...groups]}),
		...Object.fromEntries(extras),
	};
}

function escapeHeaderName(key: string): string {
	return [...Buffer.from(key)]
		.map(byte =>
			/[!#$&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(byte)) && byte < 0x80
				? String.fromCharCode(byte)
				: `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
		)
		.join('');
}
