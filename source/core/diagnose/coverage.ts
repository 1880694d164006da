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

/** Why kinds could not be read: `services and pods may not be read`; what failed otherwise tells its cause. */
export function whyUnread(view: Pick<ClusterView, 'readable'>, kinds: readonly string[]): string {
	const states = kinds.map(kind => ({kind, readable: view.readable(kind)}));
	const denied = states.filter(({readable}) => readable.state === 'denied').map(({kind}) => plainKind(kind));
	const failed = states.flatMap(({kind, readable}) =>
		readable.state === 'failed' ? [`${plainKind(kind)} could not be read (${readable.problem.cause})`] : [],
	);
	return [...(denied.length === 0 ? [] : [`${listed(denied)} may not be read`]), ...failed].join('; ');
}

/** `endpointslices.discovery.k8s.io` -> `endpointslices`. */
function plainKind(kind: string): string {
	return kind.split('.')[0] ?? kind;
}

/** `services, pods and nodes`. */
export function listed(words: readonly string[]): string {
	return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** Those of the kinds that could not be read in the whole cluster; a kind that the server does not have is read. */
export function unreadKinds(view: Pick<ClusterView, 'readable'>, kinds: readonly string[]): readonly string[] {
	return kinds.filter(kind => ['denied', 'failed'].includes(view.readable(kind).state));
}
