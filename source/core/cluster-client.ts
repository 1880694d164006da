import type {FeedOf, ServerColumn} from './feed.ts';
import type {Item, KubeObject} from './kubernetes.ts';
import type {LogQuestion, NodeLogQuestion} from './logs/log-question.ts';
import type {TlsSecretFacts} from './net/tls-secrets.ts';
import type {PolicyLevel} from './policy-level.ts';
import type {ProbeConnection} from './probe-connection.ts';
import type {Problem} from './problem.ts';
import type {ResourceType} from './resource-type.ts';

/** The context in use, as the kubeconfig names it. Holds no credential. */
export type ContextInfo = Readonly<{
	name: string;
	cluster: string;
	user: string;
	/** From -n, the context, the service account, else `default`. */
	namespace: string;
	server: string;
	/** Where it was read: a file path, `in-cluster` or `demo`. */
	source: string;
	/** Days left of the client certificate, where there is one. */
	certificateDays?: number;
	demo: boolean;
}>;

export type Identity = Readonly<{username: string; uid?: string; groups: readonly string[]; extra?: Readonly<Record<string, readonly string[]>>}>;

/** `warming`: from the disk cache, not confirmed by the server yet. Problems of single groups do not spoil the rest. */
export type Discovery = Readonly<{
	types: readonly ResourceType[];
	/** Group/version -> why it cannot be read. */
	problems: ReadonlyMap<string, Problem>;
	warming: boolean;
}>;

export type AccessQuestion = Readonly<{verb: string; group: string; resource: string; subresource?: string; namespace?: string; name?: string}>;
/** `unknown`: the question itself failed. */
export type AccessAnswer = Readonly<{allowed: boolean; reason?: string} | {allowed: 'unknown'; problem: Problem}>;

/** One request as `:api` shows it. A stream has no `endedAt` while it is open. */
export type Call = Readonly<{
	id: number;
	method: string;
	path: string;
	startedAt: number;
	/** Status line received. */
	status?: number;
	firstByteMs?: number;
	endedAt?: number;
	bytes: number;
	stream: boolean;
	lastByteAt?: number;
	/** How often this was tried before. */
	retries: number;
	problem?: Problem;
	auditId?: string;
}>;

export type TableQuestion = Readonly<{namespace?: string; name?: string; labelSelector?: string; fieldSelector?: string; mode?: 'metadata' | 'object'}>;
export type TableAnswer = Readonly<{columns: readonly ServerColumn[]; items: readonly Item[]}>;

/**
 * What the rest of the program knows of a connected cluster; made by kube/, faked by tests.
 * Every promise rejects with a ProblemError and with nothing else.
 */
export type ClusterClient = AsyncDisposable &
	Readonly<{
		context: ContextInfo;
		feedOf: FeedOf;
		/** Wakes every feed that waits for its backoff. */
		retryNow(): void;
		/** From the cache at once where there is one (warming), then the server's; calls `changed` on every later difference. */
		discover(changed: (discovery: Discovery) => void, signal: AbortSignal): Promise<Discovery>;
		/** One whole object without managedFields unless asked for. */
		get(type: ResourceType, namespace: string | undefined, name: string, options: Readonly<{managedFields: boolean}>, signal: AbortSignal): Promise<KubeObject>;
		/** The server's own Table, once: rows in the server's order, as `kubectl get` prints them. With a name: of that object. */
		table(type: ResourceType, options: TableQuestion, signal: AbortSignal): Promise<TableAnswer>;
		/**
		 * A list of whole objects by pages, as kubectl's `-o json` has them. `keep` makes of each object what is to stay in memory,
		 * a page at a time.
		 */
		list(
			type: ResourceType,
			options: Readonly<{namespace?: string; labelSelector?: string; fieldSelector?: string; keep?(object: KubeObject): KubeObject}>,
			signal: AbortSignal,
		): Promise<readonly KubeObject[]>;
		/** The same by pages of at most 250, for many large objects of which little is kept. */
		pages(
			type: ResourceType,
			options: Readonly<{namespace?: string; labelSelector?: string; fieldSelector?: string}>,
			signal: AbortSignal,
		): AsyncIterable<readonly KubeObject[]>;
		/** What the certificate in `tls.crt` of a Secret tells; nothing else of the Secret comes out. */
		tlsSecret(namespace: string, name: string, signal: AbortSignal): Promise<TlsSecretFacts>;
		/** A text answer: `/readyz?verbose`, `/version`. A failing health end-point has status 500 and a body that counts. */
		text(path: string, signal: AbortSignal): Promise<Readonly<{status: number; body: string}>>;
		/**
		 * A container's log, raw: lines `RFC3339Nano SP text`. The first step rejects with what the server refused,
		 * or brings an empty piece: it was accepted. The body may break off with a ProblemError.
		 */
		logs(question: LogQuestion, signal: AbortSignal): AsyncIterable<Uint8Array>;
		/** A component's log on its node by the kubelet's node log query, raw; begins and fails as `logs` does. */
		nodeLog(question: NodeLogQuestion, signal: AbortSignal): AsyncIterable<Uint8Array>;
		/** What the probe engine does; every call of it is refused at the level `read`. */
		probes: ProbeConnection;
		version(signal: AbortSignal): Promise<string>;
		/** undefined where the server has no SelfSubjectReview (before 1.28). */
		whoami(signal: AbortSignal): Promise<Identity | undefined>;
		can(question: AccessQuestion, signal: AbortSignal): Promise<AccessAnswer>;
		/** Who may do it, by RBAC objects where they are readable: `group sre via ClusterRole/admin`. */
		whoCan(question: AccessQuestion, signal: AbortSignal): Promise<readonly string[]>;
		/** Server time minus local time, ms; 0 until known. */
		skewMs(): number;
		level(): PolicyLevel;
		/** false when `--read-only` pins it. */
		setLevel(level: PolicyLevel): boolean;
		/** Ring of the last calls, open streams included; newest first. */
		calls: Readonly<{subscribe(changed: () => void): () => void; snapshot(): readonly Call[]}>;
	}>;
