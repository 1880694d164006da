/** One `clusters` entry; paths are absolute. */
export type ClusterEntry = Readonly<{
	name: string;
	/** The file it was read from, or `in-cluster`. */
	source: string;
	server?: string;
	certificateAuthority?: string;
	/** Base64, as in the file. */
	certificateAuthorityData?: string;
	tlsServerName?: string;
	insecureSkipTlsVerify: boolean;
	proxyUrl?: string;
	disableCompression: boolean;
	/** The extension `client.authentication.k8s.io/exec`, handed to exec plugins. */
	execConfig?: unknown;
}>;

export type ExecEntry = Readonly<{
	apiVersion?: string;
	/** A command with a separator is absolute; a bare one goes through PATH. */
	command?: string;
	args: readonly string[];
	environment: ReadonlyArray<Readonly<{name: string; value: string}>>;
	installHint?: string;
	provideClusterInfo: boolean;
	/** As in the file: `Never`, `IfAvailable`, `Always`. */
	interactiveMode?: string;
}>;

/** One `users` entry; paths are absolute. */
export type UserEntry = Readonly<{
	name: string;
	source: string;
	token?: string;
	tokenFile?: string;
	username?: string;
	password?: string;
	clientCertificate?: string;
	clientCertificateData?: string;
	clientKey?: string;
	clientKeyData?: string;
	impersonate?: string;
	impersonateUid?: string;
	impersonateGroups: readonly string[];
	impersonateExtra: Readonly<Record<string, readonly string[]>>;
	authProvider?: Readonly<{name: string; config: Readonly<Record<string, string>>}>;
	exec?: ExecEntry;
}>;

export type ContextEntry = Readonly<{name: string; source: string; cluster: string; user: string; namespace?: string}>;

export type KubeconfigEntries = Readonly<{
	clusters: readonly ClusterEntry[];
	users: readonly UserEntry[];
	contexts: readonly ContextEntry[];
	currentContext?: string;
}>;
