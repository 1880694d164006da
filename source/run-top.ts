import type {TopInvocation} from './core/invocation.ts';

/** Prints what `k8tui top` asks for; resolves with the exit code. */
export async function runTop(_invocation: TopInvocation, _version: string): Promise<number> {
	return 2;
}
