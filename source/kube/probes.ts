import {ProblemError} from '../core/problem.ts';
import type {ProbeConnection} from '../core/probe-connection.ts';

/** What the probe engine may send. */
export function createProbes(): ProbeConnection {
	const refuse = (what: string) => (): Promise<never> => Promise.reject(new ProblemError({code: 'policy', what, cause: 'the mode is READ-ONLY'}));
	return {
		exec: refuse('Could not run a command in a container'),
		createPod: refuse('Could not create a pod'),
		deletePod: refuse('Could not delete a pod'),
		addEphemeralContainer: refuse('Could not add an ephemeral container'),
		blackbox: refuse('Could not ask the blackbox exporter'),
	};
}
