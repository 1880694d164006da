import {ProblemError, problemOf} from '../core/problem.ts';
import type {Credential, Credentials} from './auth.ts';
import {cancelledProblem, type Job} from './job.ts';
import type {KubeAnswer} from './kube-transport.ts';
import {retryDelayMs} from './retry.ts';
import {type SenderParts, sendOnce} from './sender.ts';
import {pause} from './wake.ts';

export type RequestParts = SenderParts & Readonly<{credentials: Credentials; random: () => number}>;

/**
 * Sends a job and repeats it where that is right: once with newer credentials after a 401 or a TLS failure, once after a lost connection
 * (reads), and for reads up to five times while the server is overloaded (kube-api.md 1.4, 1.8). Rejects with a ProblemError.
 */
export async function requestAnswer(parts: RequestParts, job: Job, signal: AbortSignal): Promise<KubeAnswer> {
	const {credentials, clock, random} = parts;
	const renewal = createRenewal(credentials, signal);
	let mayReset = job.isRead;
	for (let tries = 1; ; tries++) {
		const credential = await credentials.current(signal);
		const attempt = await sendOnce(parts, job, credential, tries - 1, signal);
		if (attempt.type === 'answered') return attempt.answer;
		if (attempt.type === 'failed') {
			if (!signal.aborted && attempt.problem.code === 'tls' && (await renewal.after(credential, 'tls'))) continue;
			const isRepeated = attempt.repeatable && mayReset && !signal.aborted;
			mayReset = false;
			if (isRepeated) continue;
			throw new ProblemError(attempt.problem, {cause: attempt.error});
		}
		if (attempt.problem.code === 'unauthorized' && (await renewal.after(credential, 'unauthorized'))) continue;
		const delayMs = job.isRead ? retryDelayMs(attempt.answer.status, attempt.answer.headers, tries, random) : undefined;
		if (delayMs === undefined) throw new ProblemError(attempt.problem);
		await pause({clock}, delayMs, signal);
		if (signal.aborted) throw new ProblemError(cancelledProblem(job.what));
	}
}

/** Whether to try again with something newer: true once for each cause. A second 401 is told to the credentials too: they stop there. */
export function createRenewal(credentials: Credentials, signal: AbortSignal) {
	const spent = new Set<string>();
	return {
		async after(used: Credential, why: 'unauthorized' | 'tls'): Promise<boolean> {
			const isFirst = !spent.has(why);
			spent.add(why);
			return (await credentials.renew(used, why, signal)) !== undefined && isFirst;
		},
	};
}

/** Lets nothing but ProblemErrors out; an abort is `cancelled`, whatever it broke. */
export async function guarded<T>(what: string, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		if (signal.aborted) throw new ProblemError(cancelledProblem(what), {cause: error});
		throw error instanceof ProblemError ? error : new ProblemError(problemOf(error, what), {cause: error});
	}
}
