import type {Catalogue} from '../catalogue.ts';
import type {LogsWish} from '../invocation.ts';
import {proposal} from '../proposal.ts';
import {qualifiedName} from '../resource-type.ts';
import type {LogTarget} from './log-target.ts';

export type FoundTarget = Readonly<{ok: true; target: LogTarget} | {ok: false; refusal: string}>;

/** The component whose log of a node is meant where none is named. */
const nodeService = 'kubelet';

/** Whose logs a command line means, on the server with these kinds. `namespace`: of -n or the context. */
export function logTargetOf(
	wish: Pick<LogsWish, 'target' | 'labelSelector' | 'allNamespaces' | 'container'>,
	catalogue: Catalogue,
	namespace: string,
): FoundTarget {
	const {target, labelSelector, allNamespaces, container} = wish;
	if (labelSelector !== undefined) return {ok: true, target: {type: 'selector', labelSelector, ...(allNamespaces ? {} : {namespace})}};
	const kind = target?.kind ?? 'pods';
	const name = target?.name;
	if (name === undefined) return {ok: false, refusal: `Name which of the ${kind}: ${kind}/NAME.`};
	const [type] = catalogue.resolve(kind);
	if (type === undefined) {
		const names = catalogue.types.flatMap(one => [one.plural, one.singular, ...one.shortNames]);
		return {ok: false, refusal: `The server has no kind ${kind}.${proposal(kind, names)}`};
	}
	const qualified = qualifiedName(type);
	if (qualified === 'pods') return {ok: true, target: {type: 'pod', namespace, name}};
	if (qualified === 'nodes') return {ok: true, target: {type: 'node', node: name, service: container ?? nodeService}};
	if (!type.namespaced) return {ok: false, refusal: `${type.kind} ${name} has no pods of its own, and so no logs.`};
	return {ok: true, target: {type: 'owner', kind: qualified, namespace, name}};
}
