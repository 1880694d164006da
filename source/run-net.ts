import type {NetInvocation} from './core/invocation.ts';

/** Prints what `k8tui net` asks for; resolves with the exit code. */
export async function runNet(_invocation: NetInvocation, _version: string): Promise<number> {
	return 2;
}
