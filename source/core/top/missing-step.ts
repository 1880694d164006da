import type {Condition} from '../conditions.ts';
import type {Problem} from '../problem.ts';

/**
 * What stands between the reader and metrics. absent: nothing serves the group. stale: it is registered and does not answer. tls: a
 * certificate on the way is refused. denied: RBAC. warming: too early to tell. empty: it answers with nothing. unreachable: anything else.
 */
export type MissingStep = Readonly<{
	step: 'absent' | 'stale' | 'tls' | 'denied' | 'warming' | 'empty' | 'unreachable';
	/** One or two words, for a narrow place. */
	word: string;
	/** A sentence with what is missing. */
	text: string;
	/** What to do about it, a sentence. */
	remedy: string;
}>;

/** The group whose API Top reads. */
export const metricsGroup = 'metrics.k8s.io';

/** Why a kind of metrics.k8s.io cannot be read. `registered`: what the APIService says of itself, where it could be read. */
export function metricsApiStep(problem: Problem, what: string, registered?: Condition): MissingStep {
	const said = [registered?.message, problem.serverMessage, problem.cause].filter(text => text !== undefined).join(' ');
	if (problem.code === 'forbidden') return deniedStep(`You may not list ${what} in ${metricsGroup}`, `${what}.${metricsGroup}`, 'list');
	// A `tls` problem is between us and the API server; this is about what lies behind it.
	if (problem.code !== 'tls' && /x509|certificate/i.test(said)) return tlsStep(registered?.message ?? problem.serverMessage ?? problem.cause);
	if (problem.code === 'not-found') return absentStep();
	if (problem.status === 503 || registered?.status === 'False') return staleStep(registered, problem);
	return {
		step: 'unreachable',
		word: 'no answer',
		text: `The metrics API could not be read: ${withoutStop(problem.cause)}.`,
		remedy: ':api shows the request and the whole answer.',
	};
}

/** Nothing serves the group. */
export function absentStep(): MissingStep {
	return {
		step: 'absent',
		word: 'not installed',
		text: `This cluster has no metrics API: no APIService serves ${metricsGroup}.`,
		remedy: 'Installing metrics-server adds it.',
	};
}

function staleStep(registered: Condition | undefined, problem: Problem): MissingStep {
	const why = registered?.message ?? problem.serverMessage;
	return {
		step: 'stale',
		word: 'unavailable (503)',
		text: `The metrics API is registered but does not answer (503)${why === undefined ? '' : `: ${withoutStop(why)}`}.`,
		remedy: `Look at the pods behind APIService v1beta1.${metricsGroup}: usually metrics-server in kube-system is not ready.`,
	};
}

function tlsStep(said: string): MissingStep {
	return {
		step: 'tls',
		word: 'certificate refused',
		text: `The metrics API is refused for its certificate: ${withoutStop(said)}.`,
		remedy: `Set the caBundle of APIService v1beta1.${metricsGroup} to the authority that signed metrics-server's certificate.`,
	};
}

/** A right that is not there. `resource` as a role writes it. */
export function deniedStep(text: string, resource: string, verb: string): MissingStep {
	return {step: 'denied', word: 'not allowed', text: `${text}.`, remedy: `A role with ${verb} on ${resource} allows it.`};
}

/** An answer without a single sample. `forMs`: for how long that has been so. */
export function emptyStep(what: string, forMs: number): MissingStep {
	if (forMs < twoScrapesMs)
		return {
			step: 'warming',
			word: 'warming up',
			text: `The metrics API answers, but has no ${what} yet: it needs two samples.`,
			remedy: 'The first values come within a minute.',
		};
	return {
		step: 'empty',
		word: 'empty',
		text: `The metrics API answers, but has no ${what}.`,
		remedy: 'The log of metrics-server says which kubelets it cannot read, often for their certificates (x509).',
	};
}

/** metrics-server needs two samples a minute apart at the most. */
const twoScrapesMs = 120_000;

/** Why a kubelet's summary cannot be read. */
export function kubeletStep(problem: Problem, node: string): MissingStep {
	if (problem.code === 'forbidden') return deniedStep('You may not read the kubelets (nodes/proxy) either', 'nodes/proxy', 'get');
	const said = problem.serverMessage ?? problem.cause;
	if (/x509|certificate/i.test(said))
		return {
			step: 'tls',
			word: 'kubelet certificate',
			text: `The kubelet of ${node} is refused for its certificate: ${withoutStop(said)}.`,
			remedy: 'Its serving certificate has to be signed by the authority the API server trusts.',
		};
	return {
		step: 'unreachable',
		word: 'kubelet silent',
		text: `The kubelet of ${node} could not be read: ${withoutStop(said)}.`,
		remedy: ':api shows the request and the whole answer.',
	};
}

function withoutStop(text: string): string {
	return text.trim().replace(/\.$/, '');
}
