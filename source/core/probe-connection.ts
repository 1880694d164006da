import type {KubeObject} from './kubernetes.ts';

/** One command in one container. `argv` is sent as it is, never through a shell of ours. */
export type ExecQuestion = Readonly<{
	namespace: string;
	pod: string;
	container: string;
	argv: readonly string[];
	/** Sent to stdin, which is then closed (v5) or left open (v4). */
	stdin?: Uint8Array;
	timeoutMs: number;
	/** Of stdout and stderr together; what comes after it is dropped and the connection closed. */
	limitBytes: number;
}>;

export type ExecAnswer = Readonly<{
	stdout: Uint8Array;
	stderr: Uint8Array;
	/** undefined: the connection ended before the command did. */
	exitCode?: number;
	/** Cut at limitBytes. */
	truncated: boolean;
	timedOut: boolean;
	/** The status text where the command could not be run: `executable file not found in $PATH`. */
	failure?: string;
	protocol: 'v5' | 'v4';
	tookMs: number;
}>;

/** The only things that a probe may do to a cluster; the transport refuses everything else at the level `probe`. All reject with a ProblemError. */
export type ProbeConnection = Readonly<{
	exec(question: ExecQuestion, signal: AbortSignal): Promise<ExecAnswer>;
	/** A Pod whose labels carry `k8tui.io/debug`; resolves with what the server made of it. */
	createPod(pod: KubeObject, signal: AbortSignal): Promise<KubeObject>;
	/** Only a pod that this connection created: by its uid. */
	deletePod(pod: KubeObject, signal: AbortSignal): Promise<void>;
	/** Adds an ephemeral container; it stays until its pod goes. `container` as in the Pod API. */
	addEphemeralContainer(
		target: Readonly<{namespace: string; pod: string}>,
		container: Readonly<Record<string, unknown>>,
		signal: AbortSignal,
	): Promise<KubeObject>;
	/** GET of a blackbox exporter's `/probe` through the service proxy. */
	blackbox(target: Readonly<{namespace: string; service: string; port: string}>, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<string>;
}>;
