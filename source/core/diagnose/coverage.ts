import type {Check, ClusterView} from '../check.ts';
import {type Finding, findingKey} from '../finding.ts';
import type {Ref} from '../kubernetes.ts';

/** The id of what was not looked at: never a fault, never health. */
export const notCheckedId = 'NOT_CHECKED';

/** Stands for a check that could not judge; `why` is a part of a sentence. */
export function coverageFinding(check: Pick<Check, 'title' | 'family' | 'ids'>, why: string): Finding {
	const subject: Ref = {apiVersion: 'k8tui', kind: 'Check', name: check.ids[0] ?? check.title};
	return {
		id: notCheckedId,
		family: check.family,
		severity: 'info',
		class: 'coverage',
		confidence: 'proven',
		subject,
		title: `Not checked: ${check.title}: ${why}`,
		evidence: check.ids.map(id => ({ref: subject, path: 'check', value: id})),
		remedy: [],
		causes: [],
		key: findingKey(notCheckedId, subject),
	};
}

/** Why kinds could not be read: `services could not be read: User viewer may not list services`. */
export function whyUnread(view: Pick<ClusterView, 'readable'>, kinds: readonly string[]): string {
	const reasons = kinds.flatMap(kind => {
		const readable = view.readable(kind);
		return readable.state === 'denied' || readable.state === 'failed' ? [{kind, ...readable}] : [];
	});
	return reasons.map(({kind, state, problem}) => `${kind} ${state === 'denied' ? 'may not be read' : 'could not be read'} (${problem.cause})`).join('; ');
}
