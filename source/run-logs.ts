import type {LogsInvocation} from './core/invocation.ts';

/** Prints what `k8tui logs` asks for; resolves with the exit code. */
export async function runLogs(_invocation: LogsInvocation, _version: string): Promise<number> {
	return 2;
}
