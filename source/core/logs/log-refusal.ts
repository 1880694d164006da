import type {Problem} from '../problem.ts';

/** What a refused log request means for its reader. */
export type LogRefusal =
	/** The container has not started: its pod tells when it has. */
	| 'waiting'
	/** No run before this one is held. */
	| 'no-previous'
	/** Not allowed. */
	| 'denied'
	/** Pod or container are not there. */
	| 'missing'
	/** The pod has no container of this name, or the server will never answer this. */
	| 'wrong'
	/** The server or the kubelet behind it cannot answer now. */
	| 'unreachable';

/** Reads the answer of `GET .../log` that is no log (kubelet: `validateContainerLogStatus`; registry/core/pod `LogLocation`). */
export function readRefusal({code, status, serverMessage = ''}: Problem): LogRefusal {
	if (code === 'forbidden') return 'denied';
	if (code === 'not-found') return 'missing';
	if (status === 400) {
		if (/previous terminated container/.test(serverMessage)) return 'no-previous';
		if (/is waiting to start|PodInitializing|ContainerCreating|is not available|does not have a host assigned/.test(serverMessage)) return 'waiting';
		return 'wrong';
	}
	return 'unreachable';
}

/** The same with the node named, where the API server could not reach its kubelet (500, 502 or 504 `dial tcp 10.0.0.7:10250: ...`). */
export function withNode(problem: Problem, node: string | undefined): Problem {
	const [, dialled] = /(dial tcp [^\s]+:10250: .+|dial tcp [^\s]+:10250.*)$/.exec(problem.serverMessage ?? '') ?? [];
	if (node === undefined || dialled === undefined) return problem;
	return {
		...problem,
		cause: `the kubelet of node ${node} does not answer (${dialled})`,
		remedy: `Look at node ${node}: its kubelet may be down, or the API server has no way to port 10250.`,
	};
}
