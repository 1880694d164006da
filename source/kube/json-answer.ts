import {ProblemError} from '../core/problem.ts';
import type {KubeAnswer} from './kube-transport.ts';

/** The JSON in an answer. Throws a protocol ProblemError for half or no JSON, with what came instead. */
export function jsonOf(answer: KubeAnswer, what: string): unknown {
	const {body, headers} = answer;
	try {
		return JSON.parse(body.toString('utf8'));
	} catch (error) {
		const start = body
			.toString('utf8', 0, 40)
			.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ')
			.trim();
		const type = String(headers['content-type'] ?? 'no content type').slice(0, 60);
		const cause = /^[{[]/.test(start)
			? `the answer is JSON that is damaged or cut off after ${body.length} bytes`
			: `the answer is not JSON (${type}): ${start === '' ? 'it is empty' : start}`;
		throw new ProblemError(
			{code: 'protocol', what, cause, remedy: 'Something between here and the API server may have changed the answer; try again.'},
			{cause: error},
		);
	}
}
