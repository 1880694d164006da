/** One command that was run in a container, for the local log. */
export type ProbeRecord = Readonly<{
	at: number;
	/** `demo/shell-1 sh`: pod and container. */
	target: string;
	argv: readonly string[];
	exitCode?: number;
	tookMs: number;
	/** Why there is no exit code. */
	failure?: string;
}>;
