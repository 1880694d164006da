import type {KubeObject} from '../core/kubernetes.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, textOf} from '../core/standard-columns.ts';

type Amounts = Readonly<Record<string, string>>;
type LimitRange = KubeObject &
	Readonly<{spec?: Readonly<{limits?: ReadonlyArray<Readonly<{type: string; min?: Amounts; max?: Amounts; default?: Amounts; defaultRequest?: Amounts}>>}>}>;

/** `Container cpu,memory; Pod cpu`: what is limited, of what. */
function limitsOf({spec}: LimitRange): string {
	return (spec?.limits ?? [])
		.map(({type, ...amounts}) => {
			const resources = new Set([amounts.min, amounts.max, amounts.default, amounts.defaultRequest].flatMap(amount => Object.keys(amount ?? {})));
			return `${type} ${[...resources].sort().join(',')}`.trim();
		})
		.join('; ');
}

/** Whole objects, because the server prints a name and nothing else. */
export const limitRanges: ResourceKind<LimitRange> = {
	apiVersion: 'v1',
	kind: 'LimitRange',
	plural: 'limitranges',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	columns: [name, textOf<LimitRange>('Limits', limitsOf, {priority: 2}), age, labels],
	sort: {by: 'name'},
};
