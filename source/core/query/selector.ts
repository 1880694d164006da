import type {LabelTerm, Query} from './query.ts';

type Requirement = Pick<LabelTerm, 'operator' | 'key' | 'values'>;

const labelKey = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/;

/**
 * The requirements of a label selector as kubectl's `-l` takes it: `app=web,tier!=db,env in (a,b),!legacy`.
 * undefined: it is not one (apimachinery pkg/labels `Parse`).
 */
export function parseSelector(text: string): readonly Requirement[] | undefined {
	const requirements: Requirement[] = [];
	for (const part of splitTopLevel(text)) {
		const requirement = parseRequirement(part.trim());
		if (requirement === undefined || !labelKey.test(requirement.key)) return undefined;
		requirements.push(requirement);
	}
	return requirements;
}

/** At the commas outside brackets. */
function splitTopLevel(text: string): readonly string[] {
	return text.split(/,(?![^(]*\))/);
}

function parseRequirement(text: string): Requirement | undefined {
	const set = /^(\S+)\s+(not)?in\s*\(([^()]*)\)$/.exec(text);
	if (set !== null) {
		const values = (set[3] ?? '').split(',').map(value => value.trim());
		return {key: set[1] ?? '', operator: set[2] === undefined ? 'in' : 'notin', values};
	}
	const equality = /^([^=!]+?)\s*(!=|==|=)\s*(\S*)$/.exec(text);
	if (equality !== null) return {key: equality[1] ?? '', operator: equality[2] === '!=' ? 'notin' : 'in', values: [equality[3] ?? '']};
	if (/^!\s*\S+$/.test(text)) return {key: text.slice(1).trim(), operator: 'absent', values: []};
	return /^\S+$/.test(text) ? {key: text, operator: 'exists', values: []} : undefined;
}

/** A requirement as the API's `labelSelector` parameter writes it; undefined: the server would refuse it. */
function writeRequirement({operator, key, values}: Requirement, negated: boolean): string | undefined {
	if (operator === 'contains' || !labelKey.test(key) || !values.every(value => labelValue.test(value))) return undefined;
	const opposites = {in: 'notin', notin: 'in', exists: 'absent', absent: 'exists'} as const;
	const effective = negated ? opposites[operator] : operator;
	if (effective === 'exists') return key;
	if (effective === 'absent') return `!${key}`;
	if (values.length === 1) return `${key}${effective === 'in' ? '=' : '!='}${values[0]}`;
	return `${key} ${effective} (${values.join(',')})`;
}

/**
 * The part of a filter that the server can apply, as a label selector; undefined: none. The rows it leaves still have to
 * pass the whole filter. Only terms that every row must meet count, so nothing inside OR.
 */
export function serverSelector(query: Query): string | undefined {
	const parts = requirementsOf(query, false);
	return parts.length === 0 ? undefined : parts.join(',');
}

function requirementsOf(query: Query, negated: boolean): readonly string[] {
	if (query.type === 'not') return requirementsOf(query.part, !negated);
	// Not (a and b) is an OR.
	if (query.type === 'and' && (!negated || query.parts.length === 1)) return query.parts.flatMap(part => requirementsOf(part, negated));
	if (query.type === 'or' && (negated || query.parts.length === 1)) return query.parts.flatMap(part => requirementsOf(part, negated));
	if (query.type !== 'label') return [];
	const written = writeRequirement(query, negated);
	return written === undefined ? [] : [written];
}
