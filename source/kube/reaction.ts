import type {Problem} from '../core/problem.ts';

/** What a reader does about a failure. */
export type Reaction =
	/** Nobody answers: wait with all others for the one prober. */
	| 'unreachable'
	| 'denied'
	| 'login-needed'
	/** The kind is not there (any more). */
	| 'gone'
	| 'not-acceptable'
	/** Try again after a while. */
	| 'transient';

export function reactionTo(problem: Problem): Reaction {
	switch (problem.code) {
		case 'dns':
		case 'refused':
		case 'tls':
		case 'proxy':
			return 'unreachable';
		case 'timeout':
			// With a status somebody did answer: a gateway, or a server that gave up on this one request.
			return problem.status === undefined ? 'unreachable' : 'transient';
		case 'forbidden':
			return 'denied';
		case 'unauthorized':
		case 'login':
			return 'login-needed';
		case 'not-found':
			return 'gone';
		case 'not-acceptable':
			return 'not-acceptable';
		default:
			return 'transient';
	}
}
